"""Ranges of linear models.

A penalty has a logarithmic range, three decades to each side of the default: with
scaled columns a wider range gains nothing (scikit-learn's own ``*CV`` estimators try
1e-4 to 1e4, Probst et al. 2019 try 2^-10 to 2^10 for glmnet).
"""

from __future__ import annotations

from math import inf
from typing import Any

from sksearch.knowledge.ranges._setting import Found, Rule, Setting
from sksearch.space import Choice, Float, Option

#: The share of the absolute penalty in a mixture.
L1_RATIO = Float(0.05, 0.95)


def logistic(s: Setting) -> Found:
    """Return the space of LogisticRegression."""
    penalty, solver = s.own("penalty"), s.own("solver")
    if penalty in (None, "none") or s.own("C") == inf:
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


def matching_pursuit(s: Setting) -> Found:
    """Return the space of OrthogonalMatchingPursuit, with fewer columns than rows."""
    if s.own("tol") is not None:
        return "tol decides how many columns are selected"
    return s.up_to("n_nonzero_coefs", min(s.data.columns, s.data.rows - 1))


def _mixed_penalty(s: Setting, most: float) -> dict[str, Any]:
    """Return the ranges of the strength and the kind of SGD's penalty."""
    penalty = s.own("penalty")
    strength = s.number("alpha", 1e-6, most, log=True)
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
    return {**_mixed_penalty(s, 1e-1), **_step(s)} or (
        "it has no penalty, and it sets its steps itself"
    )


def perceptron(s: Setting) -> Found:
    """Return the space of Perceptron, which has no penalty by default."""
    if s.own("penalty") is not None:
        return _mixed_penalty(s, 1e-2)
    alpha = Float(1e-6, 1e-2, log=True)
    mixed = Option("elasticnet", alpha=alpha, l1_ratio=L1_RATIO)
    return {"penalty": Choice([None, Option("l2", alpha=alpha), mixed])}


RULES: dict[str, Rule] = {
    "ElasticNet MultiTaskElasticNet": elastic_net,
    "GammaRegressor PoissonRegressor TweedieRegressor": lambda s: s.number(
        "alpha", 1e-5, 10, log=True
    ),
    # An epsilon of 1.35 has 95 % statistical efficiency.
    "HuberRegressor": lambda s: {
        **s.number("epsilon", 1.05, 2.5, least=1),
        **s.number("alpha", 1e-6, 10, log=True),
    },
    "Lars": lambda s: s.up_to("n_nonzero_coefs", min(s.data.columns, s.data.rows)),
    "Lasso LassoLars MultiTaskLasso": lasso,
    "LassoLarsIC": lambda s: s.options("criterion", ["aic", "bic"]),
    "LogisticRegression": logistic,
    "OrthogonalMatchingPursuit": matching_pursuit,
    "PassiveAggressiveClassifier PassiveAggressiveRegressor": lambda s: s.number(
        "C", 1e-4, 10, log=True
    ),
    "Perceptron": perceptron,
    # Its penalty has no unit.
    "QuantileRegressor": lambda s: s.number("alpha", 1e-4, 1, log=True),
    "Ridge RidgeClassifier": lambda s: s.number("alpha", 1e-3, 1e3, log=True),
    "SGDClassifier SGDRegressor": sgd,
}
