"""Ranges of support vector machines and other kernel methods.

C and gamma matter most, gamma before C (Probst et al. 2019; van Rijn and Hutter 2018).
``gamma="scale"`` adapts to the number and the spread of the columns, so it stays an
option. The range beside it is for scaled columns.
"""

from __future__ import annotations

from typing import Any

from sksearch.knowledge.ranges._setting import Found, Rule, Setting

#: Parameters of a kernel besides gamma.
MORE = {
    "poly": ("degree", "coef0"),
    "polynomial": ("degree", "coef0"),
    "sigmoid": ("coef0",),
}
WITH_GAMMA = {"rbf", "laplacian", "chi2", *MORE}


def kernel(s: Setting) -> dict[str, Any]:
    """Return the ranges of the parameters of an estimator's kernel."""
    name = s.own("kernel")
    if not isinstance(name, str) or name not in WITH_GAMMA:
        return {}
    found = s.number("gamma", 1e-4, 1, log=True)
    if "degree" in MORE.get(name, ()):
        found |= s.whole("degree", 2, 4)
    if "coef0" in MORE.get(name, ()):
        found |= s.number("coef0", 0, 1)
    return found


def svr(s: Setting) -> Found:
    """Return the space of SVR: C and epsilon have the unit of the target.

    C scales with the spread of the target (Cherkassky and Ma, Neural Networks 17,
    2004), epsilon with its noise.
    """
    spread = s.data.spread
    return {
        **s.number("C", 0.1 * spread, 100 * spread, log=True),
        **s.number("epsilon", 1e-3 * spread, 0.5 * spread, log=True),
        **kernel(s),
    }


def nu_svc(s: Setting) -> Found:
    """Return the space of NuSVC; the least balanced pair of classes bounds nu."""
    counts = sorted(s.data.classes)
    found = kernel(s)
    if len(counts) > 1:
        most = 2 * counts[0] / (counts[0] + counts[-1] + 2)
        # A margin of 0.02 for the rounding of folds.
        found |= s.number("nu", 0.05, min(0.8, most - 0.02), most=most - 0.02)
    return found or "its kernel has nothing to tune, and the classes bound nu"


def nu_svr(s: Setting) -> Found:
    """Return the space of NuSVR."""
    spread = s.data.spread
    return {
        **s.number("C", 0.1 * spread, 100 * spread, log=True),
        **s.number("nu", 0.1, 0.9, most=1),
        **kernel(s),
    }


def linear_svr(s: Setting) -> Found:
    """Return the space of LinearSVR; its epsilon is 0 by default."""
    spread = s.data.spread
    return {
        **s.number("C", 1e-2 * spread, 30 * spread, log=True),
        **s.number("epsilon", 0, 0.5 * spread, least=0),
    }


def gaussian_process(s: Setting) -> Found:
    """Return the space of GaussianProcessRegressor: the noise, in shares of variance.

    A noise below 1e-6 fails on duplicate rows.
    """
    found = s.options("normalize_y", [False, True])
    if isinstance(s.own("alpha"), float):
        found = s.number("alpha", 1e-6, 1, log=True, least=1e-6) | found
    return found


def label_propagation(s: Setting) -> Found:
    """Return the space of LabelPropagation and LabelSpreading."""
    found = s.number("alpha", 0.05, 0.5, least=0.01, most=0.99)
    if s.own("kernel") == "knn":
        return {**found, **s.whole("n_neighbors", 3, 20, most=s.data.rows - 1)}
    if s.own("kernel") == "rbf":
        found |= s.number("gamma", 1e-2, 30, log=True)
    return found or "its kernel is a function of yours"


RULES: dict[str, Rule] = {
    "GaussianProcessRegressor": gaussian_process,
    "KernelRidge": lambda s: {**s.number("alpha", 1e-3, 10, log=True), **kernel(s)},
    "LabelPropagation LabelSpreading": label_propagation,
    "LinearSVC": lambda s: s.number("C", 1e-3, 1e2, log=True),
    "LinearSVR": linear_svr,
    "NuSVC": nu_svc,
    "NuSVR": nu_svr,
    # A C above 100 mostly costs time (libsvm's guide).
    "SVC": lambda s: {**s.number("C", 0.03, 300, log=True), **kernel(s)},
    "SVR": svr,
}
