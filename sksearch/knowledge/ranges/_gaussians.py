"""Ranges of discriminant analysis, naive Bayes and partial least squares."""

from __future__ import annotations

from sksearch.knowledge.ranges._setting import Found, Rule, Setting
from sksearch.space import Choice, Float, Option


def linear_discriminant(s: Setting) -> Found:
    """Return the space of LinearDiscriminantAnalysis: its shrinkage.

    The solver "svd" has no shrinkage, and "lsqr" no transform.
    """
    if s.own("covariance_estimator") is not None:
        return "it has an estimator of the covariance"
    shrinkage = Choice(["auto", Float(0.0, 1.0)])
    if s.own("solver") == "svd" and not s.transforms:
        return {"solver": Choice(["svd", Option("lsqr", shrinkage=shrinkage)])}
    own = s.own("shrinkage")
    if s.own("solver") in ("lsqr", "eigen") and own is not None:
        return {"shrinkage": Choice(["auto", Float(0.01, 1.0)])}
    if s.own("solver") == "lsqr":
        return {"shrinkage": Choice([None, "auto", Float(0.01, 1.0)])}
    return "its solver has no shrinkage"


def quadratic_discriminant(s: Setting) -> Found:
    """Return the space of QuadraticDiscriminantAnalysis.

    Without a penalty it fails on linearly dependent columns.
    """
    if s.own("solver") == "eigen":
        return "its solver needs a shrinkage of your choice"
    own = s.own("reg_param")
    low = min(1e-4, own) if isinstance(own, float) and own > 0 else 1e-4
    return {"reg_param": Float(low, 0.9, log=True)}


def partial_least_squares(s: Setting) -> Found:
    """Return the space of PLSRegression: its number of directions."""
    most = min(s.data.columns, s.data.rows - 1)
    return s.whole("n_components", 1, min(most, 20), most=most)


def canonical(s: Setting) -> Found:
    """Return the space of CCA and PLSCanonical: no more directions than targets."""
    most = min(s.data.columns, s.data.rows - 1, s.data.targets)
    return s.whole("n_components", 1, most, most=most)


RULES: dict[str, Rule] = {
    # Laplace's smoothing of counts.
    "BernoulliNB CategoricalNB ComplementNB MultinomialNB": lambda s: {
        **s.number("alpha", 1e-2, 10, log=True),
        **s.options("norm", [False, True]),
        **s.options("fit_prior", [True, False]),
    },
    "CCA PLSCanonical": canonical,
    # The smoothing is a share of the variance.
    "GaussianNB": lambda s: s.number("var_smoothing", 1e-10, 1, log=True),
    "LinearDiscriminantAnalysis": linear_discriminant,
    "PLSRegression": partial_least_squares,
    "QuadraticDiscriminantAnalysis": quadratic_discriminant,
}
