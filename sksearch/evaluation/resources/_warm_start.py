"""Warm start: which estimators can continue a fit, and how.

A fitted model gets more iterations, rounds or trees on the same rows. Libraries have no
common interface for this; the known ways are:

==================================== =============== ===============================
estimator                            parameter       meaning
==================================== =============== ===============================
any with ``warm_start``              n_estimators    the total: ``fit`` adds
                                                     the missing ones (`_add`)
HistGradientBoosting*                max_iter        the same
SGD*, Perceptron, PassiveAggressive* max_iter        counts from 0 in each ``fit``,
                                                     and so does the learning rate;
                                                     ``partial_fit`` counts on
                                                     (`_pass_sgd`)
MLP* with the solver adam or sgd     max_iter        the same; ``fit`` would also
                                                     forget the optimizer's moments
                                                     (`_pass_mlp`)
LogisticRegression, Lasso, Huber,    max_iter        counts from 0 in each ``fit``,
... MLP* with lbfgs, mixtures                        which begins where the last one
                                                     ended (`_fit_more`)
==================================== =============== ===============================

No other estimator is continued: the meaning of other parameters is unknown, and so is
that of ``max_iter`` in other libraries. Estimators that would not match a single fit
are excluded too: with ``early_stopping=True`` a continued fit would set other rows
aside, and ``partial_fit`` cannot compute ``class_weight="balanced"``. A model that
stopped before its limit has converged, and needs no more.

Trees and boosting rounds equal those of a single fit to the last bit, if
``random_state`` is an integer. Epochs of a network or of SGD see the rows in another
random order. Solvers with a memory (lbfgs) lose it.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from sksearch._sklearn import mlp_passes, sgd_passes
from sksearch.evaluation.fitting import BOOSTING, NETWORKS, sklearn_classes


@dataclass(frozen=True, eq=False)
class Continuation:
    """A fitted model, and how much more of a resource it shall get."""

    model: Any  # the model, to be changed in place
    name: str  # the parameter that counts the resource
    # missing, total: how much more it gets, and how much it then has in all.
    missing: int
    total: int
    data: tuple[Any, ...]  # x and maybe y
    params: Mapping[str, Any]  # other arguments of ``fit``


#: Continues a fit in place, and tells whether the model has converged.
Continue: TypeAlias = Callable[[Continuation], bool]

# Classes are known by name, since importing them all would be slow.
BAGGING = {"BaggingClassifier", "BaggingRegressor"}
DESCENT = {
    "SGDClassifier",
    "SGDRegressor",
    "SGDOneClassSVM",
    "Perceptron",
    "PassiveAggressiveClassifier",
    "PassiveAggressiveRegressor",
}
SOLVERS = {
    "LogisticRegression",
    "Lasso",
    "ElasticNet",
    "MultiTaskLasso",
    "MultiTaskElasticNet",
    "HuberRegressor",
    "PoissonRegressor",
    "GammaRegressor",
    "TweedieRegressor",
    "GaussianMixture",
    "BayesianGaussianMixture",
}
KNOWN = BOOSTING | NETWORKS | DESCENT | SOLVERS

#: The parameters by which models can be continued.
NAMES = ("n_estimators", "max_iter")


def how_to_continue(model: Any, name: str) -> Continue | None:
    """Return the way to continue a model by a parameter; None if there is none."""
    params = model.get_params(deep=False)
    if "warm_start" not in params or name not in params or name not in NAMES:
        return None
    own = sklearn_classes(model)
    if name == "n_estimators":
        # Bagging refuses a warm start with out-of-bag scores.
        return None if own & BAGGING and params["oob_score"] else _add
    if own & BOOSTING:
        return _add
    if own & NETWORKS and params["solver"] != "lbfgs":
        return None if params["early_stopping"] else _pass_mlp
    if own & DESCENT:
        reweighed = isinstance(params.get("class_weight"), str)
        return None if params.get("early_stopping") or reweighed else _pass_sgd
    # liblinear ignores warm_start.
    begins = own & (SOLVERS | NETWORKS) and params.get("solver") != "liblinear"
    return _fit_more if begins else None


def has_converged(model: Any, name: str, allowed: int) -> bool:
    """Tell whether a model converged before it reached its limit."""
    if name == "n_estimators":
        done = getattr(model, "n_estimators_", None)
    else:
        known = sklearn_classes(model) & KNOWN
        done = getattr(model, "n_iter_", None) if known else None
    return done is not None and bool(np.max(done) < allowed)


def _add(wanted: Continuation) -> bool:
    params = {"warm_start": True, wanted.name: wanted.total}
    with _with_params(wanted.model, params), _no_weight_warning():
        wanted.model.fit(*wanted.data, **wanted.params)
    return has_converged(wanted.model, wanted.name, wanted.total)


def _fit_more(wanted: Continuation) -> bool:
    with _with_params(wanted.model, {"warm_start": True, wanted.name: wanted.missing}):
        wanted.model.fit(*wanted.data, **wanted.params)
    return has_converged(wanted.model, wanted.name, wanted.missing)


def _pass_sgd(wanted: Continuation) -> bool:
    sgd_passes(wanted.model, wanted.missing, wanted.data, wanted.params)
    return has_converged(wanted.model, wanted.name, wanted.missing)


def _pass_mlp(wanted: Continuation) -> bool:
    return mlp_passes(wanted.model, wanted.missing, wanted.data, wanted.params)


@contextmanager
def _with_params(model: Any, params: Mapping[str, Any]) -> Iterator[None]:
    """Set parameters of a model inside the block."""
    own = model.get_params(deep=False)
    model.set_params(**params)
    try:
        yield
    finally:
        model.set_params(**{name: own[name] for name in params})


@contextmanager
def _no_weight_warning() -> Iterator[None]:
    """Ignore the warning about class weights in a warm start: the rows are the same."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "class_weight presets", UserWarning)
        yield
