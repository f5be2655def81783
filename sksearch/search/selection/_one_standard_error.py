"""OneStandardError: selects the simplest candidate hardly worse than the best one."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sksearch.evaluation import SINGLE
from sksearch.search.selection._complete_scores import complete_scores
from sksearch.search.selection._simplicity import simplest
from sksearch.space import did_you_mean, short

#: Rounding errors between sums of equal scores.
ROUNDING = 1e-12
#: The short form of the rule with its defaults.
SHORT = "one_standard_error"


@dataclass(frozen=True)
class OneStandardError:
    """Take the simplest candidate within one standard error of the best.

    Pass it as `refit` of a search, or pass ``"one_standard_error"`` for the rule with
    its defaults. The standard error is that of the differences to the best candidate,
    fold by fold. Among the candidates that are worse by at most that, the simplest one
    wins: with fewer features or components; then with stronger regularisation; then
    with smaller trees; then with fewer trees or neurons; then the quickest to fit.
    Candidates of different estimators are compared by their fit time.

    Parameters
    ----------
    metric : str or None, default=None
        With several metrics, the one that counts; it also drives the search.
    key : callable or None, default=None
        A function of ``cv_results_`` that returns a number for each row; the row with
        the least number is the simplest. ``None`` for the order above.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.tree import DecisionTreeClassifier
    >>> from sksearch import TPESearchCV
    >>> search = TPESearchCV(
    ...     DecisionTreeClassifier(random_state=0),
    ...     {"max_depth": range(1, 11)},
    ...     n_iter=10,
    ...     refit="one_standard_error",
    ... ).fit(*load_iris(return_X_y=True))
    >>> search.best_params_
    {'max_depth': 3}
    """

    metric: str | None = None
    key: Callable[[Mapping[str, Any]], Any] | None = None

    def __post_init__(self) -> None:
        if self.metric is not None and not isinstance(self.metric, str):
            msg = f"The 'metric' parameter must be a str, got {short(self.metric)}."
            raise TypeError(msg)
        if self.key is not None and not callable(self.key):
            msg = f"The 'key' parameter must be callable, got {short(self.key)}."
            raise TypeError(msg)

    def __call__(self, results: Mapping[str, Any]) -> int:
        """Return the row of the winner."""
        metric = self.column(results)
        rows = self._near_the_best(results, metric)
        if not rows.size:  # no candidate has all scores
            return int(np.argmin(results[f"rank_test_{metric}"]))
        if self.key is not None:
            keys = np.asarray(self.key(results), dtype=float)
            if keys.shape != (len(results["params"]),):
                msg = (
                    f"The key of {type(self).__name__} must return a number for each "
                    f"of {len(results['params'])} candidates, got an array of shape "
                    f"{keys.shape}."
                )
                raise ValueError(msg)
            return int(rows[np.argmin(keys[rows])])
        params = [results["params"][row] for row in rows]
        return int(rows[simplest(params, results["mean_fit_time"][rows].tolist())])

    def column(self, results: Mapping[str, Any]) -> str:
        """Return the name of the metric in a table; a single metric has none there."""
        named = f"mean_test_{self.metric}" in results
        return self.metric if self.metric is not None and named else SINGLE

    @staticmethod
    def _near_the_best(results: Mapping[str, Any], metric: str) -> NDArray[np.intp]:
        """Return the rows within one standard error, on the highest rung."""
        rows, scores = complete_scores(results, metric)
        if not rows.size:
            return rows
        n_splits, best = scores.shape[1], scores.mean(axis=1).argmax()
        worse = scores[best] - scores
        with np.errstate(over="ignore"):  # the squares of a diverged model's scores
            errors = worse.std(axis=1, ddof=min(n_splits - 1, 1)) / math.sqrt(n_splits)
        near = (worse.mean(axis=1) <= errors + ROUNDING) & np.isfinite(errors)
        near[best] = True
        return np.asarray(rows[near])


def rule_of(refit: Any, *, several: bool) -> Any:
    """Replace the short form of the rule in `refit` by the rule.

    The short form names one of several metrics.
    """
    if isinstance(refit, str) and refit == SHORT and not several:
        return OneStandardError()
    return refit


def metric_of(refit: Any) -> Any:
    """Return the metric that `refit` names, if any, or else `refit`."""
    if isinstance(refit, OneStandardError) and refit.metric is not None:
        return refit.metric
    return True if refit == SHORT else refit


def check_rule(refit: Any, metrics: Collection[str]) -> None:
    """Raise ValueError if the rule names none of several metrics."""
    rule = rule_of(refit, several=False)
    if not isinstance(rule, OneStandardError) or rule.metric in metrics:
        return
    if refit == SHORT and SHORT in metrics:
        return
    names = list(metrics)
    known = ", ".join(map(repr, names))
    hint = did_you_mean(rule.metric, names)
    got = repr(refit) if refit == SHORT else short(refit)
    msg = (
        f"The 'refit' parameter must name one of several metrics, got {got}.{hint} The "
        f"metrics are {known}: write refit=OneStandardError(metric={names[0]!r}), for "
        "example."
    )
    raise ValueError(msg)
