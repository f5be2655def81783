"""Trial and FoldScore: a configuration with its score, and the result of one fold."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sksearch.space import FloatArray


class TrialState(Enum):
    """The state of a trial."""

    PENDING = "pending"
    COMPLETE = "complete"
    FAILED = "failed"


@dataclass(frozen=True, eq=False)
class Trial:
    """A configuration that a sampler proposed, and its score once it is known.

    Parameters
    ----------
    number : int
        Position in the order of proposals, from 0.
    configuration : dict of str to object
        Values of the active hyperparameters.
    row : ndarray of shape (d,)
        The configuration in the unit cube, NaN where inactive.
    state : TrialState, default=TrialState.PENDING
        Pending until the sampler is told; failed if the score was not finite.
    score : float, default=nan
        Greater is better.
    seconds : float, default=nan
        Duration of the evaluation; NaN if unknown.
    resource : float, default=nan
        The resource it got, the largest one if it was tried on several rungs; while it
        is pending, the resource planned for it. NaN if unknown.
    suggestions : dict of str to object or None, default=None
        The values that a define-by-run function was given in this trial, by the names
        in its calls; None for other spaces.
    error : Exception or None, default=None
        The exception that such a function raised. `configuration` then holds the values
        that it was given before.

    Examples
    --------
    >>> from sksearch import Float, RandomSampler
    >>> sampler = RandomSampler({"alpha": Float(0, 1)}, random_state=0)
    >>> trial = sampler.ask()
    >>> sampler.tell(trial, 0.9)
    >>> sampler.history.incumbent.score
    0.9
    """

    number: int
    configuration: Mapping[str, Any]
    row: FloatArray = field(repr=False)
    state: TrialState = TrialState.PENDING
    score: float = math.nan
    seconds: float = math.nan
    resource: float = math.nan
    suggestions: Mapping[str, Any] | None = field(default=None, repr=False)
    error: Exception | None = field(default=None, repr=False)

    @property
    def given(self) -> dict[str, Any]:
        """The values given by the space; as an initial point they repeat the trial."""
        known = self.configuration if self.suggestions is None else self.suggestions
        return dict(known)


@dataclass(frozen=True)
class FoldScore:
    """The result of fitting a candidate on one fold.

    Parameters
    ----------
    candidate, fold : int
        The numbers of the candidate and of the split.
    test, train : dict of str to float or None
        Scores by metric, nan for those in `failed`; None without any, as after a failed
        fit.
    fit_time, score_time : float
        Seconds.
    error : str or None, default=None
        Traceback of an error in ``fit``, or of a score that is not a number.
    score_error : str or None, default=None
        Traceback of an error in the scorer after a successful fit.
    exception : str or None, default=None
        Class name of either error.
    predictions : Prediction or None, default=None
        Predictions for the test part, if they are kept.
    n_rounds : float or None, default=None
        Number of rounds after which early stopping ended the fit; None without it.
    start : float or None, default=None
        Start of the fit, in seconds since 1970; None if unknown.
    worker : str or None, default=None
        Thread, process and machine of the fit.
    failed : tuple of str, default=()
        The metrics that failed, if others have a score.

    Examples
    --------
    >>> from sksearch.trials import FoldScore
    >>> fold = FoldScore(0, 2, {"score": 0.9}, None, fit_time=1.5, score_time=0.1)
    >>> fold.test["score"], fold.has_failed
    (0.9, False)
    """

    candidate: int
    fold: int
    test: Mapping[str, float] | None
    train: Mapping[str, float] | None
    fit_time: float
    score_time: float
    error: str | None = None
    score_error: str | None = None
    exception: str | None = None
    predictions: Any = field(default=None, repr=False)
    n_rounds: float | None = None
    start: float | None = None
    worker: str | None = None
    failed: Sequence[str] = ()

    @property
    def has_failed(self) -> bool:
        """Whether it has no score, or one that is not finite."""
        if self.error or self.score_error or not self.test:
            return True
        return not all(map(math.isfinite, self.test.values()))
