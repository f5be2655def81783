"""TargetScore: stop when the best score reaches a target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sksearch.callbacks._valid_numbers import check_number

if TYPE_CHECKING:
    from sksearch.engine import CandidateRecord


@dataclass
class TargetScore:
    """Stop a search when the best score reaches a target.

    Parameters
    ----------
    score : float
        The target, by the metric that drives the search; greater is better. With
        halving, the best score is that of the highest rung reached.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.neighbors import KNeighborsClassifier
    >>> from sksearch import TPESearchCV
    >>> from sksearch.callbacks import TargetScore
    >>> space = {"n_neighbors": range(1, 60)}
    >>> search = TPESearchCV(
    ...     KNeighborsClassifier(), space, callbacks=TargetScore(0.9), random_state=0
    ... ).fit(*load_iris(return_X_y=True))
    >>> len(search.cv_results_["params"])
    1
    """

    score: float

    def __post_init__(self) -> None:
        check_number("score", self.score)

    def __call__(self, record: CandidateRecord) -> bool:
        """Tell whether to stop."""
        return record.best_score >= self.score
