"""Checks of `scoring` before any fit, for scorers that cannot return a score."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sklearn.base import is_regressor

from sksearch._sklearn import parts_of_scorer
from sksearch._warn import warn
from sksearch.evaluation import Estimator, last_step
from sksearch.search.checks._scoring_names import OF_FEATURES, scorer_line, scorer_of
from sksearch.space import call_error, has_params, parameters_of
from sksearch.workers import FaultsIgnored

#: ``scorer(estimator, X, y)``, as in scikit-learn.
Scorer = Callable[..., object]

#: Usual names of a metric's first argument; a scorer gets the estimator there.
TRUTHS = ("y_true", "y_test", "y_actual", "y_real", "actual", "targets")


def check_no_metric(
    scoring: object, named: str = "scoring", *, only_sklearns: bool = False
) -> None:
    """Raise ValueError for a metric instead of a scorer.

    A user's metric is recognised by the name of its first argument, unless
    `only_sklearns`. The message calls the parameter what `named` says.
    """
    if isinstance(scoring, Mapping):
        for name, part in scoring.items():
            check_no_metric(part, f"scoring[{name!r}]", only_sklearns=only_sklearns)
        return
    if not callable(scoring):
        return
    parts = parts_of_scorer(scoring)
    function = scoring if parts is None else parts.function
    name, sklearns = _metric_of(function)
    if sklearns and name in OF_FEATURES:
        msg = (
            f"{named}={name} judges clusters by X, and compares nothing with y. Write "
            f"{named}={scorer_line(name, function)}."
        )
        raise ValueError(msg)
    if parts is not None:
        return
    parameters = None if only_sklearns else parameters_of(scoring)
    if sklearns or next(iter(parameters or ()), "") in TRUTHS:
        whole = sklearns and hasattr(scoring, "__name__")
        msg = (
            f"{named}={name} is a metric, which compares a target with predictions; a "
            "scorer is called with an estimator, X and y. Write "
            f"{_instead(named, name, scoring if whole else None)}."
        )
        raise ValueError(msg)


def check_call(scoring: object, y: object, params: Iterable[str]) -> None:
    """Raise ValueError if a scorer cannot be called with the arguments of scorers."""
    if not callable(scoring) or parts_of_scorer(scoring) is not None:
        return
    arguments = ["estimator", "X", *(["y"] if y is not None else [])]
    error = call_error(scoring, *arguments, **dict.fromkeys(params))
    if error is not None:
        name, _ = _metric_of(scoring)
        msg = (
            f"scoring={name} cannot be called as a scorer is, with "
            f"{', '.join([*arguments, *params])}: {error}. If it compares a target "
            "with predictions, write "
            f"{_instead('scoring', name)}."
        )
        raise ValueError(msg)


def _metric_of(scoring: object) -> tuple[str, bool]:
    """Return the name of a function, and whether it is a metric of scikit-learn."""
    while isinstance(scoring, functools.partial):
        scoring = scoring.func
    module = str(getattr(scoring, "__module__", ""))
    name = getattr(scoring, "__name__", type(scoring).__name__)
    return name, is_metric_of_sklearn(scoring) and "_scorer" not in module


def _instead(named: str, name: str, metric: Callable[..., Any] | None = None) -> str:
    """Return the line to write instead of a metric, one of scikit-learn or another."""
    if metric is None:
        made = f"{named}=make_scorer({name})"
        return f"{made}, with greater_is_better=False if less is better"
    made, known = scorer_line(name, metric), scorer_of(name)
    return f"{named}={known!r}, or {made}" if known else f"{named}={made}"


def check_scored_target(name: str, scorer: Scorer, y: object) -> None:
    """Raise ValueError if a scorer needs a target, and there is none."""
    if y is None and parts_of_scorer(scorer) is not None:
        msg = (
            f"y is missing: scoring={name} compares predictions with it. Write "
            "search.fit(X, y); without a target, scoring is a function: "
            "lambda estimator, X, y=None: estimator.score(X)."
        )
        raise ValueError(msg)


def is_metric_of_sklearn(function: object) -> bool:
    """Tell whether a function is from ``sklearn.metrics``."""
    return str(getattr(function, "__module__", "")).startswith("sklearn.metrics.")


def check_methods(name: str, scorer: Scorer, estimators: Iterable[Any]) -> None:
    """Raise ValueError if no candidate has a method that a scorer calls.

    A warning tells if some kinds of estimators never have it.
    """
    parts = parts_of_scorer(scorer)
    if parts is None or not parts.methods:
        return
    lacking: dict[str, Any] = {}
    with FaultsIgnored():  # no estimator could be made: the fits will tell
        lacking, having = _by_method(parts.methods, estimators)
    calls = " or ".join(parts.methods)
    for kind, final in lacking.items():
        msg = (
            f"scoring={name} calls {calls} of the estimator, which {kind} does not "
            f"have.{_with_methods(final, parts.methods)}"
        )
        if not having:
            raise ValueError(msg)
        left_out = "Leave it out (suggest_models has probabilities=True for that)"
        warn(f"{msg} All its fits will count as failed. {left_out}.", UserWarning)


def _by_method(
    methods: tuple[str, ...], estimators: Iterable[Any]
) -> tuple[dict[str, Any], set[str]]:
    """Return the classes without any of some methods, and those with one, by name."""
    lacking: dict[str, Any] = {}
    having: set[str] = set()
    for estimator in estimators:
        last = last_step(estimator)
        kind = type(last).__name__
        # Other estimators, and meta-estimators, may get the method in the fit.
        if not is_plain(last) or any(hasattr(last, method) for method in methods):
            having.add(kind)
            lacking.pop(kind, None)
        elif kind not in having:
            lacking[kind] = last
        if having and methods[0] == "predict":
            break  # the others have it, too
    return lacking, having


def _with_methods(final: Any, methods: Iterable[str]) -> str:
    """Return the line to write for an estimator without the methods of a scorer."""
    kind = type(final).__name__
    if final.get_params(deep=False).get("probability") is False:
        return f" Write {kind}(probability=True)."
    if is_regressor(final):
        return " It is a regressor, and the metric is for classifiers."
    if "predict_proba" in methods:
        return f" Write CalibratedClassifierCV({kind}(), ensemble=False), which has it."
    return ""


def is_plain(estimator: Estimator) -> bool:
    """Tell whether an estimator is from scikit-learn and contains no other one."""
    if not type(estimator).__module__.startswith("sklearn."):
        return False
    params = estimator.get_params(deep=False)
    holders = {
        "estimator",
        "estimators",
        "final_estimator",
        "transformers",
        "transformer_list",
    }
    return not holders & set(params) and not any(map(has_params, params.values()))
