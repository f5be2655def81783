"""skopt_results: the trials of a search as results of scikit-optimize.

scikit-optimize minimises: losses are scores with their signs turned. Its result is
`scipy.optimize.OptimizeResult`, so that most of it needs no scikit-optimize.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import OptimizeResult

from sksearch.space import (
    DefineByRunSpace,
    Float,
    Hyperparameter,
    Int,
    LinkedSpace,
    Space,
)

#: A Gaussian process needs some points.
MIN_POINTS = 2


class FlatPart:
    """A space without conditions: a dict, or one dict of a list.

    `option` is its position in the list of dicts; None for a single dict.
    """

    def __init__(
        self, hyperparameters: Sequence[Hyperparameter], option: int | None = None
    ) -> None:
        self.axes = sorted(hyperparameters, key=lambda h: h.name)
        self.option = option

    def values(self, params: Mapping[str, Any]) -> list[Any]:
        """Return the values of a configuration, in the order of the names."""
        return [params[h.name] for h in self.axes]

    def is_in(self, space: Space, params: Mapping[str, Any]) -> bool:
        """Tell whether a configuration of the whole space is one of this dict.

        A trial has no configuration if the user's own distribution raised.
        """
        if not params or self.option is None:
            return bool(params)
        return space.option(0, space.encode(params)) == self.option


def flat_parts(space: Space) -> list[FlatPart] | None:
    """Return the dicts of a space; None if it has conditions of another kind."""
    if isinstance(space, DefineByRunSpace | LinkedSpace) or not len(space):
        return None
    first, *others = space
    if not first.hidden:
        is_flat = not any(h.conditions or h.hidden for h in space)
        return [FlatPart(list(space))] if is_flat else None
    parents = {c.parent for h in others for c in h.conditions}
    if parents != {0} or any(h.hidden or not h.conditions for h in others):
        return None
    return [
        FlatPart([h for h in others if any(c.option == i for c in h.conditions)], i)
        for i in range(int(first.domain.n_values))
    ]


def skopt_results(
    space: Space, params: Sequence[Mapping[str, Any]], scores: Sequence[float]
) -> list[OptimizeResult] | None:
    """Return a result for each dict of a space; None if the space is a tree.

    Configurations are in the order of the trials; scores are NaN for failures.
    """
    parts = flat_parts(space)
    if parts is None:
        return None
    results = []
    for part in parts:
        rows = [i for i, own in enumerate(params) if part.is_in(space, own)]
        points = [part.values(params[i]) for i in rows]
        results.append(
            skopt_result(part, points, [scores[i] for i in rows], with_model=True)
        )
    return results


def skopt_result(
    part: FlatPart,
    points: list[list[Any]],
    scores: Sequence[float],
    *,
    with_model: bool = False,
) -> OptimizeResult:
    """Return the result of scikit-optimize for some trials.

    Their values are in the order of the names. Scores are NaN for failures, whose loss
    is infinite. The model is scikit-optimize's Gaussian process, fitted to them.
    """
    losses = np.array([math.inf if math.isnan(s) else -s for s in scores])
    optimizer = _optimizer(part, points)
    best = int(np.argmin(losses)) if len(losses) else None
    models: list[Any] = []
    finite = np.flatnonzero(np.isfinite(losses))
    if with_model and optimizer is not None and len(finite) >= MIN_POINTS:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the fit of its Gaussian process
            told = optimizer.tell(
                [points[i] for i in finite], losses[finite].tolist(), fit=True
            )
        models = told.models
    result = OptimizeResult()
    result.update(
        x=None if best is None else points[best],
        fun=None if best is None else losses[best],
        func_vals=losses,
        x_iters=points,
        models=models,
        space=None if optimizer is None else optimizer.space,
        random_state=None,
        specs={"args": {}, "function": "sksearch"},
    )
    return result


def _optimizer(part: FlatPart, points: Sequence[Sequence[Any]]) -> Any:
    """Return an optimizer of scikit-optimize; None if there can be none.

    It may not be installed, or refuse the space, such as a list of dicts.
    """
    try:
        import skopt
        import skopt.space
    except ImportError:
        return None
    columns = list(zip(*points, strict=True)) or [() for _ in part.axes]
    try:
        return skopt.Optimizer(
            [
                _dimension(skopt.space, h, column)
                for h, column in zip(part.axes, columns, strict=True)
            ],
            "GP",
            n_initial_points=1,
            acq_func="EI",
            acq_optimizer="sampling",  # its next proposal is not needed
            acq_optimizer_kwargs={"n_points": 1},
            random_state=0,
        )
    except (TypeError, ValueError):
        return None


def _dimension(module: Any, h: Hyperparameter, tried: Sequence[Any]) -> Any:
    """Return the dimension of scikit-optimize for a hyperparameter."""
    domain: Any = h.domain
    if isinstance(domain, Float | Int):
        kind = module.Real if isinstance(domain, Float) else module.Integer
        prior = "log-uniform" if domain.log else "uniform"
        return kind(domain.low, domain.high, prior=prior, name=h.name)
    if hasattr(domain, "values"):
        values = [domain.values[i] for i in domain.distinct]
        return module.Categorical(values, name=h.name)
    low, high = min(tried, default=0), max(tried, default=0)
    if low == high:
        return module.Categorical(sorted(set(tried)) or [0], name=h.name)
    kind = module.Integer if domain.discrete else module.Real
    return kind(low, high, name=h.name)
