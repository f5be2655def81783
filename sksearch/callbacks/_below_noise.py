"""BelowNoise: stop when the expected gain is less than the noise of the folds."""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sksearch.callbacks._valid_numbers import check_count
from sksearch.honesty import expected_gain

if TYPE_CHECKING:
    from sksearch.engine import CandidateRecord


@dataclass
class BelowNoise:
    """Stop a search when the expected further gain is less than the noise of the folds.

    The gain is that of as many candidates again. Scores above the upper quartile are
    taken as exponentially distributed, so twice as many candidates raise the best score
    by ``log(2)`` times their mean distance from the quartile. The noise is the standard
    error of the differences, fold by fold, between the best candidate and others of
    that quarter.

    Parameters
    ----------
    least : int, default=20
        The least number of candidates before a stop.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.neighbors import KNeighborsClassifier
    >>> from sksearch import TPESearchCV
    >>> from sksearch.callbacks import BelowNoise
    >>> space = {"n_neighbors": range(1, 60)}
    >>> search = TPESearchCV(
    ...     KNeighborsClassifier(), space, callbacks=BelowNoise(), random_state=0
    ... ).fit(*load_iris(return_X_y=True))
    >>> len(search.cv_results_["params"]) < 50
    True
    """

    least: int = 20
    _rung: int = field(default=-1, init=False, repr=False, compare=False)
    #: The scores of the folds, candidate after candidate.
    _scores: array[float] = field(
        default_factory=lambda: array("d"), init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        check_count("least", self.least)

    def __call__(self, record: CandidateRecord) -> bool:
        """Record a candidate; tell whether to stop."""
        if record.n_finished == 1:  # another fit
            self._rung, self._scores = -1, array("d")
        if record.rung > self._rung:  # scores of other rungs cannot be compared
            self._rung, self._scores = record.rung, array("d")
        scores = driving_scores(record)
        if record.rung != self._rung or scores is None:
            return False
        self._scores.extend(scores)
        known = np.frombuffer(self._scores).reshape(-1, len(scores))
        return len(known) >= self.least and is_below_noise(known)


def driving_scores(record: CandidateRecord) -> list[float] | None:
    """Return the fold scores whose mean is the score; None if some are missing."""
    for scores in record.scores.values():
        if math.isfinite(record.score) and math.isclose(
            float(np.mean(scores)), record.score, rel_tol=1e-9, abs_tol=1e-12
        ):
            return list(scores)
    return None


def is_below_noise(scores: NDArray[np.float64]) -> bool:
    """Tell whether the expected gain is below the noise."""
    found = expected_gain(scores)
    return found is not None and found.gain < found.noise
