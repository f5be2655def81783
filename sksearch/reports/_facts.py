"""Facts: information about a search that is not in the columns of its results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Facts:
    """Information that is not in the columns of ``cv_results_``, in plain values.

    Parameters
    ----------
    metric : str
        The metric that selects the best candidate.
    kind_name : str or None
        The parameter that chooses the estimator type.
    kinds : sequence of str
        The label of the estimator type, by row.
    labels : sequence of dict of str to str
        The labels of the objects among the parameters, by row and name.
    trials : sequence of int
        The number of the trial, by row. With halving, several rows may have the same.
    n_failed : sequence of int
        The number of failed folds, by row.
    suggestions : sequence of dict or None, default=None
        The answers that a space function got, by row; None for other spaces.
    timeline : dict of str to list or None, default=None
        When each fold was fitted, and by which worker; None if unknown.
    background : dict of str to object or None, default=None
        Further information, in plain values; each entry may be missing.

        - ``winner``: the row of the winner.
        - ``causes``: why folds failed, one line for each.
        - ``ranges``: the ranges of each numeric hyperparameter, by name, as
          `sksearch.space.outline_of` finds them.
        - ``types``: the labels of all estimator types.
        - ``linked``: for each hyperparameter with several columns their names, each
          with the only estimator type that has it, or None.
        - ``skill``: the scores of a constant and of perfect predictions, by metric.
        - ``n_test``: the number of rows, or effective rows, in each test part.
        - ``repetitions``: the repetition of each fold.
        - ``share``: the number of test rows per training row.
        - ``confirmed``: whether the winner is the best on fresh splits.
        - ``stand_ins``: row and fold of each failed fold that has a number for a
          score, as `sksearch.reports.stand_ins` finds them.
        - ``resource``: what rungs give more of.
        - ``ending``: ``reason``, and the numbers of candidates ``planned`` and
          ``finished``.
    """

    metric: str
    kind_name: str | None
    kinds: Sequence[str]
    labels: Sequence[Mapping[str, str]]
    trials: Sequence[int]
    n_failed: Sequence[int]
    suggestions: Sequence[Mapping[str, Any]] | None = None
    timeline: Mapping[str, Sequence[Any]] | None = None
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
