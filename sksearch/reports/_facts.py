"""Facts: information about a search that is not in the columns of its results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Facts:
    """Information that is not in the columns of ``cv_results_``, in plain values."""

    metric: str  # the metric that selects the best candidate
    kind_name: str | None  # the parameter that chooses the estimator type
    kinds: Sequence[str]  # the label of the estimator type, by row
    # The labels of the objects among the parameters, by row and name.
    labels: Sequence[Mapping[str, str]]
    # The number of the trial, by row. With halving, several rows may have the same.
    trials: Sequence[int]
    n_failed: Sequence[int]  # the number of failed folds, by row
    # The answers that a space function got, by row; None for other spaces.
    suggestions: Sequence[Mapping[str, Any]] | None = None
    # When each fold was fitted, and by which worker; None if unknown.
    timeline: Mapping[str, Sequence[Any]] | None = None
    # Further information, in plain values; each entry may be missing.
    # - winner: the row of the winner.
    # - causes: why folds failed, one line for each.
    # - ranges: the ranges of each numeric hyperparameter, by name; types: the labels of
    #   all estimator types; linked: for each hyperparameter with several columns their
    #   names, each with the only estimator type that has it, or None. All three as
    #   `sksearch.space.outline_of` finds them.
    # - skill: the scores of a constant and of perfect predictions, by metric.
    # - n_test: the number of rows, or effective rows, in each test part.
    # - repetitions: the repetition of each fold.
    # - folds: what they respect: "times", "groups", "classes", or "" for nothing.
    # - share: the number of test rows per training row.
    # - confirmed: whether the winner is the best on fresh splits.
    # - stand_ins: row and fold of each failed fold that has a number for a score, as
    #   `sksearch.reports.stand_ins` finds them.
    # - resource: what rungs give more of.
    # - ending: reason, and the numbers of candidates planned and finished.
    background: Mapping[str, Any] | None = None

    @property
    def unearned(self) -> set[int]:
        """The rows with a mean score to which the number for a failure adds."""
        return {row for row, _ in (self.background or {}).get("stand_ins", ())}


def counted(rows: Iterable[Any], n: int) -> list[int]:
    """Return how often each of `n` rows occurs in `rows`.

    Examples
    --------
    >>> from sksearch.reports._facts import counted
    >>> counted([2, 0, 2], 4)
    [1, 0, 2, 0]
    """
    counts = Counter(rows)
    return [counts[row] for row in range(n)]
