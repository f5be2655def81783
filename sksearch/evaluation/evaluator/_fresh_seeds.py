"""Fresh seeds for an estimator that is fitted again."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

#: scikit-learn's name for the parameter with a seed.
SEED = "random_state"
#: Libraries of boosters that have a fixed seed unless one is given: their names for it,
#: those that count more first.
BOOSTERS = {
    "catboost": ("random_seed", SEED),
    "lightgbm": ("seed", "random_seed", SEED),
    "xgboost": ("seed", SEED),
}


def has_seeds(estimator: Any) -> bool:
    """Tell whether an estimator, or one inside it, takes a seed."""
    return bool(_seeds(estimator))


def reseed(estimator: Any, seed: int, kept: Collection[str]) -> Any:
    """Give an estimator fresh seeds, in place, except where its fits differ anyway.

    None is random anyway. The parameters in `kept`, those of the configuration, stay as
    they are.
    """
    found = _seeds(estimator)
    numbers = np.random.default_rng(seed).integers(2**31 - 1, size=len(found)).tolist()
    fresh = {
        name: number
        for name, number in zip(sorted(found), numbers, strict=True)
        if name not in kept and found[name]
    }
    return estimator.set_params(**fresh)


def _seeds(estimator: Any) -> dict[str, bool]:
    """Return the parameters with a seed, and whether it is fixed.

    None is no fixed seed, and fits differ; but not for boosters, which then have one of
    their own.
    """
    params = estimator.get_params(deep=True)
    found = {
        name: value is not None
        for name, value in params.items()
        if name.rpartition("__")[-1] == SEED
    }
    for path, part in {"": estimator, **params}.items():
        names = [f"{path}__{name}".removeprefix("__") for name in _names_of(part)]
        given = [name for name in names if params.get(name) is not None]
        if names:
            found[(given or names[-1:])[0]] = True
    return found


def _names_of(part: Any) -> tuple[str, ...]:
    """Return the names for the seed of a booster, ``random_state`` last."""
    if not hasattr(part, "get_params") or isinstance(part, type):
        return ()
    packages = [kind.__module__.partition(".")[0] for kind in type(part).__mro__]
    return next((BOOSTERS[name] for name in packages if name in BOOSTERS), ())
