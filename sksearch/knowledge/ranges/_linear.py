"""Ranges of linear models.

A penalty has a logarithmic range, three decades to each side of the default: with
scaled columns a wider range gains nothing (scikit-learn's own ``*CV`` estimators try
1e-4 to 1e4, Probst et al. 2019 try 2^-10 to 2^10 for glmnet).
"""

from __future__ import annotations

from math import inf
from typing import Any

from sksearch.knowledge.ranges._setting import Found, Setting
from sksearch.space import Choice, Float, Option

#: The share of the absolute penalty in a mixture.
L1_RATIO = Float(0.05, 0.95)


def logistic(s: Setting) -> Found:
    """Return the space of LogisticRegression."""
    penalty, solver = s.own("penalty"), s.own("solver")
    if penalty in (None, "none") or s.own("C") == float("inf"):
        return "it has no penalty to tune"
    return {**s.number("C", 1e-3, 1e3, log=True), **_mixture(s, penalty, solver)}


def _mixture(s: Setting, penalty: Any, solver: Any) -> dict[str, Any]:
    """Return the kinds of penalty, if the solver has several."""
    if solver not in ("saga", "liblinear") or s.own("dual"):
        return {}
    mixed = solver == "saga"
    if penalty == "deprecated":  # since scikit-learn 1.8 l1_ratio decides alone
        return s.number("l1_ratio", 0, 1) if mixed else {"l1_ratio": [0.0, 1.0]}
    if penalty == "elasticnet":
        return s.number("l1_ratio", 0, 1) if mixed else {}
    if penalty == "l2":
        more = [Option("elasticnet", l1_ratio=L1_RATIO)] if mixed else []
        return {"penalty": Choice(["l2", "l1", *more])}
    return {}


def ridge(s: Setting) -> Found:
    """Return the space of Ridge and RidgeClassifier."""
    return s.number("alpha", 1e-3, 1e3, log=True)


def glm(s: Setting) -> Found:
    """Return the space of Poisson-, Gamma- and TweedieRegressor."""
    return s.number("alpha", 1e-5, 10, log=True)


def lasso(s: Setting) -> Found:
    """Return the space of Lasso and its variants.

    With scaled columns all coefficients are 0 once alpha reaches the standard deviation
    of the target; paths end at a thousandth of that (``eps`` of LassoCV).
    """
    spread = s.data.spread
    return s.number("alpha", 1e-4 * spread, spread, log=True)


def elastic_net(s: Setting) -> Found:
    """Return the space of ElasticNet and MultiTaskElasticNet."""
    spread = s.data.spread
    return {
        **s.number("alpha", 1e-4 * spread, spread, log=True),
        # l1_ratio below 0.05 is not reliable (scikit-learn's own page).
        **s.number("l1_ratio", 0.05, 1, least=0, most=1),
    }


def quantile(s: Setting) -> Found:
    """Return the space of QuantileRegressor; its penalty has no unit."""
    return s.number("alpha", 1e-4, 1, log=True)


def huber(s: Setting) -> Found:
    """Return the space of HuberRegressor; 1.35 has 95 % statistical efficiency."""
    return {
        **s.number("epsilon", 1.05, 2.5, least=1),
        **s.number("alpha", 1e-6, 10, log=True),
    }


def lars(s: Setting) -> Found:
    """Return the space of Lars: the number of selected columns."""
    most = min(s.data.columns, s.data.rows)
    return s.whole("n_nonzero_coefs", 1, most, log=most > 20, most=most)


def matching_pursuit(s: Setting) -> Found:
    """Return the space of OrthogonalMatchingPursuit, with fewer columns than rows."""
    if s.own("tol") is not None:
        return "tol decides how many columns are selected"
    most = min(s.data.columns, s.data.rows - 1)
    return s.whole("n_nonzero_coefs", 1, most, log=most > 20, most=most)


def _mixed_penalty(s: Setting, alpha: Float) -> dict[str, Any]:
    """Return the ranges of the strength and the kind of SGD's penalty."""
    penalty, strength = (
        s.own("penalty"),
        s.number("alpha", alpha.low, alpha.high, log=True),
    )
    if penalty == "l2":
        mixed = Option("elasticnet", l1_ratio=L1_RATIO)
        return {**strength, "penalty": Choice(["l2", "l1", mixed])}
    if penalty == "elasticnet":
        return {**strength, **s.number("l1_ratio", 0.05, 0.95, least=0, most=1)}
    return strength if penalty == "l1" else {}


def _step(s: Setting) -> dict[str, Any]:
    """Return the range of SGD's first step; above 1 / columns it may diverge."""
    if s.own("learning_rate") in ("pa1", "pa2"):  # passive-aggressive: eta0 is their C
        return s.number("eta0", 1e-4, 10, log=True)
    if s.own("learning_rate") not in ("constant", "invscaling", "adaptive"):
        return {}
    columns = 100 if s.data.most_columns == inf else max(33, s.data.most_columns)
    most = min(0.03, 1 / columns)
    return s.number("eta0", min(1e-3, most / 10), most, log=True, most=most)


def sgd(s: Setting) -> Found:
    """Return the space of SGDClassifier and SGDRegressor.

    alpha is 10^-(1..7) in the user guide. The loss is not tuned, as predict_proba
    depends on it.
    """
    return {**_mixed_penalty(s, Float(1e-6, 1e-1, log=True)), **_step(s)} or (
        "it has no penalty, and it sets its steps itself"
    )


def perceptron(s: Setting) -> Found:
    """Return the space of Perceptron, which has no penalty by default."""
    if s.own("penalty") is not None:
        return _mixed_penalty(s, Float(1e-6, 1e-2, log=True))
    alpha = Float(1e-6, 1e-2, log=True)
    options: list[Any] = [
        None,
        Option("l2", alpha=alpha),
        Option("elasticnet", alpha=alpha, l1_ratio=L1_RATIO),
    ]
    return {"penalty": Choice(options)}


def passive_aggressive(s: Setting) -> Found:
    """Return the space of PassiveAggressiveClassifier and its regressor."""
    return s.number("C", 1e-4, 10, log=True)


def lasso_criterion(s: Setting) -> Found:
    """Return the space of LassoLarsIC."""
    return s.options("criterion", ["aic", "bic"])


RULES = {
    "ElasticNet": elastic_net,
    "GammaRegressor": glm,
    "HuberRegressor": huber,
    "Lars": lars,
    "Lasso": lasso,
    "LassoLars": lasso,
    "LassoLarsIC": lasso_criterion,
    "LogisticRegression": logistic,
    "MultiTaskElasticNet": elastic_net,
    "MultiTaskLasso": lasso,
    "OrthogonalMatchingPursuit": matching_pursuit,
    "PassiveAggressiveClassifier": passive_aggressive,
    "PassiveAggressiveRegressor": passive_aggressive,
    "Perceptron": perceptron,
    "PoissonRegressor": glm,
    "QuantileRegressor": quantile,
    "Ridge": ridge,
    "RidgeClassifier": ridge,
    "SGDClassifier": sgd,
    "SGDRegressor": sgd,
    "TweedieRegressor": glm,
}
