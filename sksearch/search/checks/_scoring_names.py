"""Names of scorers and metrics: which one is meant, and the line to write for it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

from sklearn import metrics
from sklearn.metrics import get_scorer, get_scorer_names

from sksearch._sklearn import parts_of_scorer
from sksearch.space import did_you_mean, parameters_of

#: Other names of metrics, and the scorers of scikit-learn.
SCORERS = {
    "acc": "accuracy",
    "ap": "average_precision",
    "auc": "roc_auc",
    "auc_roc": "roc_auc",
    "auroc": "roc_auc",
    "bce": "neg_log_loss",
    "binary_logloss": "neg_log_loss",
    "brier": "neg_brier_score",
    "brier_score_loss": "neg_brier_score",
    "cross_entropy": "neg_log_loss",
    "crossentropy": "neg_log_loss",
    "logloss": "neg_log_loss",
    "mae": "neg_mean_absolute_error",
    "mape": "neg_mean_absolute_percentage_error",
    "mcc": "matthews_corrcoef",
    "mse": "neg_mean_squared_error",
    "msle": "neg_mean_squared_log_error",
    "pr_auc": "average_precision",
    "rmse": "neg_root_mean_squared_error",
    "rmsle": "neg_root_mean_squared_log_error",
}
#: Other names of metrics that scikit-learn has, but not as scorers.
METRICS = {"kappa": "cohen_kappa_score"}
#: Metrics that judge clusters by the features, and whether less is better.
OF_FEATURES = {
    "calinski_harabasz_score": False,
    "davies_bouldin_score": True,
    "silhouette_score": False,
}
#: Endings of metrics that return one number, and of those of which less is better.
ENDINGS = ("_score", "_loss", "_error", "_deviance")
LOSSES = ENDINGS[1:]


def check_scoring_names(scoring: object) -> None:
    """Raise ValueError for an unknown name of a scorer."""
    valid = get_scorer_names()
    for name in _names(scoring):
        if name not in valid:
            msg = (
                f"The 'scoring' parameter names no scorer: got {name!r}."
                f"{_meant(name) or did_you_mean(name, valid)} "
                "Valid names are in sklearn.metrics.get_scorer_names()."
            )
            raise ValueError(msg)


def _names(scoring: object) -> Iterator[str]:
    parts: Any = [scoring]
    if isinstance(scoring, list | tuple | set):
        parts = scoring
    elif isinstance(scoring, dict):
        parts = scoring.values()
    yield from (part for part in parts if isinstance(part, str))


def _meant(name: str) -> str:
    """Return the line to write for another name of a scorer or metric, or nothing."""
    word = name.lower().replace("-", "_").replace(" ", "_").removeprefix("neg_")
    stem = word.removesuffix("score").removesuffix("_")
    known = scorer_of(SCORERS.get(word, SCORERS.get(stem, word))) or scorer_of(stem)
    if known:
        return f" Write {known!r}."
    metric = METRICS.get(stem, word)
    for one in (metric, f"{stem}_score"):
        function = getattr(metrics, one, None)
        if inspect.isfunction(function) and one.endswith(ENDINGS):
            return f" It is a metric. Write scoring={scorer_line(one, function)}."
    return ""


def scorer_of(metric: str) -> str | None:
    """Return the name of the scorer for the name of a metric; None if it has none."""
    stem = metric.removesuffix("_score")
    valid = get_scorer_names()
    for name in (stem, f"neg_{stem}", f"neg_{metric}", metric):
        if name in valid:
            return name
    return None


class Usual(NamedTuple):
    """How scikit-learn's own scorers use a metric."""

    scorer: str  # the shortest name of such a scorer
    sign: int  # -1 if less is better, else 1
    # The methods that predict what the metric takes, of which one is called.
    methods: tuple[str, ...]


@cache
def usual_scorers() -> dict[Any, Usual]:
    """Return how scikit-learn's own scorers use metrics, by their functions."""
    found: dict[Any, Usual] = {}
    for name in sorted(get_scorer_names(), key=len):
        parts = parts_of_scorer(get_scorer(name))
        if parts is not None:
            found.setdefault(parts.function, Usual(name, parts.sign, parts.methods))
    return found


def methods_of(metric: object) -> tuple[str, ...]:
    """Return the methods that predict what a metric takes; () if this is unknown."""
    found = usual_scorers().get(metric)
    return found.methods if found else ()


def scorer_line(name: str, metric: Callable[..., Any]) -> str:
    """Return the call that makes a scorer of a metric of scikit-learn."""
    if name in OF_FEATURES:
        sign = "-" if OF_FEATURES[name] else ""
        return f"lambda estimator, X, y=None: {sign}{name}(X, estimator.predict(X))"
    given = []
    parameters = list((parameters_of(metric) or {}).values())
    if any(p.name in ("y_score", "y_proba", "pred_decision") for p in parameters[1:2]):
        given.append("response_method=('decision_function', 'predict_proba')")
    if name.endswith(LOSSES):
        given.append("greater_is_better=False")
    empty, several = inspect.Parameter.empty, inspect.Parameter.VAR_KEYWORD
    needed = [p for p in parameters[2:] if p.default is empty and p.kind is not several]
    given += [f"{p.name}=..." for p in needed]
    return f"make_scorer({', '.join([name, *given])})"
