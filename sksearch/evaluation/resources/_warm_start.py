"""Which estimators go on from where a fit has ended, and how.

A model has had so many iterations, rounds or trees, and shall have more of them, on the
same rows. Libraries have no common way to say so; this is what is known:

==================================== =============== ===============================
estimator                            parameter       what it does
==================================== =============== ===============================
any with ``warm_start``              n_estimators    it is the total: ``fit`` adds
                                                     what is missing (`_add`)
HistGradientBoosting*                max_iter        the same
SGD*, Perceptron, PassiveAggressive* max_iter        counts from 0 in each ``fit``,
                                                     and so does the learning rate;
                                                     ``partial_fit`` counts on
                                                     (`_pass_sgd`)
MLP* with the solver adam or sgd     max_iter        as before; ``fit`` would forget
                                                     the optimizer's moments, too
                                                     (`_pass_mlp`)
LogisticRegression, Lasso, Huber,    max_iter        counts from 0 in each ``fit``,
... MLP* with lbfgs, mixtures                        which begins where the last one
                                                     ended (`_fit_more`)
==================================== =============== ===============================

Nothing else goes on. What a parameter of another name counts is unknown, and so is
``max_iter`` of an estimator of another library. Estimators that would not match a
single fit are left out, too: with ``early_stopping=True`` they would set other rows
aside, and ``partial_fit`` cannot know what ``class_weight="balanced"`` stands for. But
a model that stopped before it had to has converged: it is done.

Trees and boosting rounds are those of a single fit to the last bit, for an integer as
``random_state``. Epochs of a network or of SGD see the rows in another random order.
Solvers with a memory (lbfgs) lose it.
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
    """A fitted model, and what it shall get beyond what it has had.

    Parameters
    ----------
    model : estimator
        It is changed in place.
    name : str
        The parameter that counts what it gets.
    missing, total : int
        How much it has not had, and how much that makes.
    data : tuple
        X and maybe y.
    params : dict
        What ``fit`` takes besides.
    """

    model: Any
    name: str
    missing: int
    total: int
    data: tuple[Any, ...]
    params: Mapping[str, Any]


#: Continues a fit in place, and tells whether the model has converged.
Continue: TypeAlias = Callable[[Continuation], bool]

# By name, as importing them all would take longer than everything else.
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

#: The parameters by which any model could go on.
NAMES = ("n_estimators", "max_iter")


def how_to_continue(model: Any, name: str) -> Continue | None:
    """Return how a model gets more of what a parameter counts; None if it cannot."""
    params = model.get_params(deep=False)
    if "warm_start" not in params or name not in params or name not in NAMES:
        return None
    own = sklearn_classes(model)
    if name == "n_estimators":
        # Bagging refuses to, with scores of the rows out of the bag.
        return None if own & BAGGING and params["oob_score"] else _add
    if own & BOOSTING:
        return _add
    if own & NETWORKS and params["solver"] != "lbfgs":
        return None if params["early_stopping"] else _pass_mlp
    if own & DESCENT:
        reweighed = isinstance(params.get("class_weight"), str)
        return None if params.get("early_stopping") or reweighed else _pass_sgd
    # liblinear takes no notice of where it could begin.
    begins = own & (SOLVERS | NETWORKS) and params.get("solver") != "liblinear"
    return _fit_more if begins else None


def has_converged(model: Any, name: str, allowed: int) -> bool:
    """Tell whether a model converged before it had used all that it was allowed."""
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
    """Set parameters of a model for a while."""
    own = model.get_params(deep=False)
    model.set_params(**params)
    try:
        yield
    finally:
        model.set_params(**{name: own[name] for name in params})


@contextmanager
def _no_weight_warning() -> Iterator[None]:
    """Say nothing of forests that weigh classes anew: the rows are the same."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "class_weight presets", UserWarning)
        yield
