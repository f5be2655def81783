"""NoImprovement: stop when the best score has not improved for a while."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sksearch.callbacks._valid_numbers import check_count, check_number

if TYPE_CHECKING:
    from sksearch.engine import CandidateRecord

#: Patience for few and for many rows, as in AutoGluon: with few rows the best score is
#: soon a matter of luck.
FEW_ROWS, LEAST = 100, 4
MANY_ROWS, MOST = 100_000, 100


@dataclass
class NoImprovement:
    """Stop a search when candidates have not improved the best score for a while.

    Parameters
    ----------
    k : int
        Number of candidates without improvement after which to stop. With halving,
        scores of a higher rung cannot be compared with earlier ones, so the count
        restarts there.
    delta : float, default=0.0
        The least increase of the score that is an improvement.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.neighbors import KNeighborsClassifier
    >>> from sksearch import TPESearchCV
    >>> from sksearch.callbacks import NoImprovement
    >>> space = {"n_neighbors": range(1, 60)}
    >>> search = TPESearchCV(
    ...     KNeighborsClassifier(), space, callbacks=NoImprovement(10), random_state=0
    ... ).fit(*load_iris(return_X_y=True))
    >>> len(search.cv_results_["params"]) < 50
    True
    >>> NoImprovement.for_rows(1000)
    NoImprovement(k=12, delta=0.0)
    """

    k: int
    delta: float = 0.0
    _best: tuple[int, float] = field(
        default=(-1, -math.inf), init=False, repr=False, compare=False
    )
    _n_since: int = field(default=0, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        check_count("k", self.k)
        check_number("delta", self.delta, least=0.0)

    @classmethod
    def for_rows(cls, n_rows: int, delta: float = 0.0) -> NoImprovement:
        """Return a rule whose patience grows with the rows.

        With few rows a long search overfits the folds: later winners are better there,
        but not on new data. The patience is 4 candidates for 100 rows, 100 for 100,000.

        Parameters
        ----------
        n_rows : int
            Number of rows of the data.
        delta : float, default=0.0
            As above.
        """
        check_count("n_rows", n_rows)
        share = math.log(n_rows / FEW_ROWS) / math.log(MANY_ROWS / FEW_ROWS)
        patience = LEAST * (MOST / LEAST) ** min(max(share, 0.0), 1.0)
        return cls(round(patience), delta)

    def __call__(self, record: CandidateRecord) -> bool:
        """Record a candidate; tell whether to stop."""
        if record.n_finished == 1:  # another fit
            self._best, self._n_since = (-1, -math.inf), 0
        rung, score = self._best
        higher = record.rung > rung and not math.isnan(record.score)
        better = record.rung == rung and record.score > score + self.delta
        if higher or better:
            self._best, self._n_since = (record.rung, record.score), 0
        else:
            self._n_since += 1
        return self._n_since >= self.k
