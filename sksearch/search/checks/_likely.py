"""likely_estimators: samples of the estimators that a search will fit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from sksearch.evaluation import build_estimator
from sksearch.search._tuned import Estimator, Tuned, options_of
from sksearch.space import DefineByRunSpace, has_params

#: Number of random rows of the space from which estimators are made.
N_DRAWN = 64
#: With more options in one place, the random rows may miss some.
MAX_OPTIONS = 8


def likely_estimators(tuned: Tuned) -> Iterator[Any]:
    """Yield estimators of all kinds that a search will fit, or nothing if unknown."""
    space = tuned.space
    if isinstance(space, DefineByRunSpace):
        return  # the options are known to the user's function only
    if any(not h.domain.ordered and h.domain.n_values > MAX_OPTIONS for h in space):
        return
    yield from options_of(tuned.estimator)
    for row in space.draw(N_DRAWN, np.random.default_rng(0)):
        yield build_estimator(tuned.base, tuned.slot, space.decode(row))


def last_step(estimator: Any) -> Any:
    """Return the last step of a pipeline, or the estimator itself."""
    while getattr(estimator, "steps", None):
        estimator = estimator.steps[-1][1]
    return estimator


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
