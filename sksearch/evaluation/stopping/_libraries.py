"""Which estimators support early stopping, and how.

Libraries have no common interface for this; the known ways are:

=========================== =================================== =======================
estimator                   interface                           rounds found
=========================== =================================== =======================
XGBoost's XGB*              ``early_stopping_rounds``,          ``best_iteration`` + 1
                            ``fit(eval_set=...)``
LightGBM's LGBM*            ``fit(eval_set=..., callbacks=...)`` ``best_iteration_``
CatBoost's CatBoost*        ``fit(eval_set=...,                 ``best_iteration_`` + 1
                            early_stopping_rounds=...)``
HistGradientBoosting*, and  ``early_stopping``,                 ``n_iter_``
others with its interface   ``n_iter_no_change``,
                            ``fit(X_val=..., y_val=...)``
... of scikit-learn < 1.7   the same, ``validation_fraction``   ``n_iter_``
GradientBoosting*           ``n_iter_no_change``,               ``n_estimators_``
                            ``validation_fraction``
MLP* with adam or sgd       ``early_stopping``,                 the best epoch, whose
                            ``n_iter_no_change``,               weights it keeps
                            ``validation_fraction``
SGD*, Perceptron,           the same                            ``n_iter_``
PassiveAggressive*
networks of skorch and      see `_networks`                     the best epoch, whose
scikeras                                                        weights they restore
=========================== =================================== =======================

Estimators with ``validation_fraction`` set rows aside themselves (`StopRule.alone`), at
random. The rounds found are those of the scored model: boosters of the other libraries
and networks return to the best round, all others keep the last rounds, which brought
nothing.

If the user has configured early stopping on the estimator, it is replaced.

Rankers are excluded, since they would have to hold back whole queries. So are forests
of boosters, and LightGBM's dart, which cannot be stopped.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from inspect import signature
from typing import Any

import numpy as np
from sklearn.base import is_classifier
from sklearn.preprocessing import LabelEncoder

from sksearch.evaluation.fitting import BOOSTING, NETWORKS, classes_of, sklearn_classes
from sksearch.evaluation.stopping._networks import NETWORK_RULES
from sksearch.evaluation.stopping._stop_rule import HoldOut, StopRule

SGD = {
    "SGDClassifier",
    "SGDRegressor",
    "Perceptron",
    "PassiveAggressiveClassifier",
    "PassiveAggressiveRegressor",
}
GRADIENT = {"GradientBoostingClassifier", "GradientBoostingRegressor"}
LIGHTGBM_COUNTS = (
    "num_iterations",
    "num_iteration",
    "n_iter",
    "num_tree",
    "num_trees",
    "num_round",
    "num_rounds",
    "nrounds",
    "num_boost_round",
    "max_iter",
    "n_estimators",
)
LIGHTGBM_STOPS = ("early_stopping_round", "early_stopping_rounds", "n_iter_no_change")
CATBOOST_STOPS = {
    "early_stopping_rounds": None,
    "od_type": "Iter",
    "od_wait": 20,
    "od_pval": 0,
}
BOOSTERS = {
    ("xgboost", "XGBModel"),
    ("lightgbm", "LGBMModel"),
    ("catboost", "CatBoost"),
}
CATBOOST_COUNTS = ("n_estimators", "num_boost_round", "num_trees", "iterations")

#: The parameters that count rounds, in any library.
COUNTS = frozenset(
    {
        "n_estimators",
        "max_iter",
        *LIGHTGBM_COUNTS,
        *CATBOOST_COUNTS,
        *(name for rule in NETWORK_RULES.values() for name in rule.counts),
    }
)
#: Estimators that support early stopping, for messages.
STOPPABLE = (
    "XGBoost's, LightGBM's and CatBoost's classifiers and regressors, "
    "HistGradientBoosting, GradientBoosting, MLP with the solver adam or sgd, SGD, "
    "Perceptron, networks of skorch and scikeras, and a Pipeline that ends in one of "
    "them"
)


def stop_rule_of(model: Any) -> StopRule | None:
    """Return how a model is stopped; None if it cannot be."""
    if not hasattr(model, "get_params"):
        return None
    params = model.get_params(deep=False)
    names = classes_of(model)
    if names & BOOSTERS and not _takes_rows(model):
        return None
    if ("xgboost", "XGBModel") in names:
        forest = any(name.startswith(("XGBRF", "XGBRanker")) for _, name in names)
        return None if forest else _XGBOOST
    if ("lightgbm", "LGBMModel") in names:
        dart = "dart" in (params.get("boosting_type"), params.get("boosting"))
        return None if dart or ("lightgbm", "LGBMRanker") in names else _LIGHTGBM
    if ("catboost", "CatBoost") in names:
        return None if ("catboost", "CatBoostRanker") in names else _CATBOOST
    networks = [rule for name, rule in NETWORK_RULES.items() if name in names]
    return networks[0] if networks else _rule_of_sklearn(model, params)


def _rule_of_sklearn(model: Any, params: Mapping[str, Any]) -> StopRule | None:
    own = sklearn_classes(model)
    told = {"early_stopping", "n_iter_no_change", "max_iter"} <= set(params)
    if told and _takes(model, "X_val", "y_val"):
        return _VALIDATED
    if own & BOOSTING:
        return _HIST_ALONE
    if own & GRADIENT:
        return _GRADIENT
    if own & NETWORKS:
        return None if params["solver"] == "lbfgs" else _NETWORK
    return _DESCENT if own & SGD else None


def _takes(model: Any, *names: str) -> bool:
    return set(names) <= set(signature(model.fit).parameters)


def _takes_rows(model: Any) -> bool:
    """Tell whether a booster, or a subclass of one, accepts rows to stop by."""
    names = signature(model.fit).parameters
    any_name = any(p.kind is p.VAR_KEYWORD for p in names.values())
    return any_name or bool({"eval_set", "eval_X"} & set(names))


# ------------------------------------------------------------------------ by library


def _fit_xgboost(model: Any, parts: HoldOut) -> None:
    more: dict[str, Any] = {"eval_set": [parts.held], "verbose": False}
    if parts.weight is not None:
        more["sample_weight_eval_set"] = [parts.weight]
    model.fit(*parts.fitted, **{**more, **parts.params})


def _fit_lightgbm(model: Any, parts: HoldOut) -> None:
    from lightgbm import early_stopping

    X, y = parts.held
    # LightGBM converts the training data itself, but not these.
    X = np.asarray(X) if isinstance(X, list) else X
    more: dict[str, Any] = {"eval_set": [(X, y)]}
    if _takes(model, "eval_X"):  # since 4.7
        if is_classifier(model) and not _encodes_eval_y():
            y = LabelEncoder().fit(parts.fitted[1]).transform(y)
        more = {"eval_X": (X,), "eval_y": (y,)}
    if parts.weight is not None:
        more["eval_sample_weight"] = [parts.weight]
    callbacks = [
        *(parts.params.get("callbacks") or ()),
        early_stopping(parts.patience, verbose=False),
    ]
    model.fit(*parts.fitted, **{**parts.params, **more, "callbacks": callbacks})


@cache
def _encodes_eval_y() -> bool:
    """Tell whether LightGBM's classifier encodes ``eval_y`` as it does ``y``.

    4.7 does not: it takes all labels but 0, 1, 2, ... for others than those of ``y``.
    """
    from lightgbm import LGBMClassifier

    model = LGBMClassifier(n_estimators=1, min_child_samples=1, verbosity=-1, n_jobs=1)
    X, y = np.array([[0.0], [1.0]] * 2), np.array(["a", "b"] * 2)
    try:
        model.fit(X, y, eval_X=(X,), eval_y=(y,))
    except ValueError:
        return False
    return True


def _fit_catboost(model: Any, parts: HoldOut) -> None:
    held: Any = parts.held
    if parts.weight is not None:
        from catboost import Pool

        own = {**model.get_params(), **parts.params}
        names = ("cat_features", "text_features", "embedding_features")
        kinds_of = {name: own[name] for name in names if name in own}
        held = Pool(*parts.held, weight=parts.weight, **kinds_of)
    more = {"eval_set": held, "early_stopping_rounds": parts.patience}
    model.fit(*parts.fitted, **{**parts.params, **more})


def _fit_validated(model: Any, parts: HoldOut) -> None:
    X, y = parts.held
    more = {"X_val": X, "y_val": y}
    if parts.weight is not None:
        more["sample_weight_val"] = parts.weight
    model.fit(*parts.fitted, **{**parts.params, **more})


def _is(*names: str) -> Callable[[Any], bool]:
    """Return a function that recognises objects by library and class."""
    return lambda value: names in classes_of(value)


def _read(name: str, first: int = 1) -> Callable[[Any], int | None]:
    """Return a function that reads a number of rounds, counted from `first`."""

    def rounds(model: Any) -> int | None:
        found = getattr(model, name, None)
        return None if found is None else int(found) + 1 - first

    return rounds


def _best_epoch(model: Any) -> int:
    scores = list(model.validation_scores_)
    return scores.index(max(scores)) + 1


_XGBOOST = StopRule(
    _read("best_iteration", first=0),
    ("n_estimators",),
    100,
    patience="early_stopping_rounds",
    own={"early_stopping_rounds": None},
    fit=_fit_xgboost,
    is_stop=_is("xgboost", "EarlyStopping"),
)
_LIGHTGBM = StopRule(
    _read("best_iteration_"),
    LIGHTGBM_COUNTS,
    100,
    own=dict.fromkeys(LIGHTGBM_STOPS, 0),
    fit=_fit_lightgbm,
    is_stop=_is("lightgbm", "_EarlyStoppingCallback"),
)
_CATBOOST = StopRule(
    _read("best_iteration_", first=0),
    CATBOOST_COUNTS,
    1000,
    own=CATBOOST_STOPS,
    off={"use_best_model": False},
    fit=_fit_catboost,
)
_VALIDATED = StopRule(
    _read("n_iter_"),
    ("max_iter",),
    100,
    patience="n_iter_no_change",
    on={"early_stopping": True},
    off={"early_stopping": False},
    fit=_fit_validated,
)
_HIST_ALONE = replace(_VALIDATED, fraction="validation_fraction", fit=None)
_GRADIENT = StopRule(
    _read("n_estimators_"),
    ("n_estimators",),
    100,
    patience="n_iter_no_change",
    fraction="validation_fraction",
    off={"n_iter_no_change": None},
)
# A fit with a fixed number of rounds must not stop by its training loss, since the
# rounds were found with the loss on other rows.
_NETWORK = replace(
    _HIST_ALONE,
    rounds=_best_epoch,
    off={"early_stopping": False, "n_iter_no_change": math.inf},
)
_DESCENT = replace(_HIST_ALONE, off={"early_stopping": False, "tol": None})
