"""Fresh seeds for an estimator that is fitted again."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

#: scikit-learn's name for the parameter with a seed.
SEED = "random_state"


def has_seeds(estimator: Any) -> bool:
    """Tell whether an estimator, or one inside it, takes a seed."""
    return bool(_names(estimator))


def reseed(estimator: Any, seed: int, kept: Collection[str]) -> Any:
    """Give an estimator fresh seeds, in place, except where a seed is None.

    None is random anyway. The parameters in `kept`, those of the configuration, stay as
    they are.
    """
    names = _names(estimator)
    numbers = np.random.default_rng(seed).integers(2**31 - 1, size=len(names)).tolist()
    now = estimator.get_params(deep=True)
    fresh = {
        name: number
        for name, number in zip(names, numbers, strict=True)
        if name not in kept and now[name] is not None
    }
    return estimator.set_params(**fresh)


def _names(estimator: Any) -> list[str]:
    return sorted(
        name
        for name in estimator.get_params(deep=True)
        if name.rpartition("__")[-1] == SEED
    )
