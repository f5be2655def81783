"""Facts: what the columns of a table of results do not say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Facts:
    """What the columns of ``cv_results_`` do not say, in plain values.

    Parameters
    ----------
    metric : str
        The metric that counts.
    kind_name : str or None
        The parameter that chooses the estimator type.
    kinds : sequence of str
        The label of the estimator type, by row.
    labels : sequence of dict of str to str
        The labels of the objects among the parameters, by row and name.
    trials : sequence of int
        The number of the configuration, by row: with halving several rows have one.
    n_failed : sequence of int
        How many folds failed, by row.
    suggestions : sequence of dict or None, default=None
        What a space function was given, by row; None for other spaces.
    timeline : dict of str to list or None, default=None
        When each fold was fitted, and by which worker; None if that is not known.
    background : dict of str to object or None, default=None
        What else is known, in plain values; each entry may be missing.

        - ``winner``: the row of the winner.
        - ``causes``: why folds failed, a line for each.
        - ``ranges``: the ranges of each numeric hyperparameter, by name, as
          `sksearch.search.outcome` makes them.
        - ``types``: the labels of all estimator types.
        - ``skill``: the score of a constant and that of perfect predictions, by metric.
        - ``n_test``: how many rows the test part of each fold has, or is worth.
        - ``repetitions``: the repetition that each fold belongs to.
        - ``ending``: ``reason``, and how many candidates were ``planned`` and
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


def counted(rows: Iterable[Any], n: int) -> list[int]:
    """Return how often each of `n` rows is among some.

    Examples
    --------
    >>> from sksearch.reports._facts import counted
    >>> counted([2, 0, 2], 4)
    [1, 0, 2, 0]
    """
    counts = Counter(rows)
    return [counts[row] for row in range(n)]
