"""Randomness: turns any ``random_state`` into a numpy Generator."""

from __future__ import annotations

from operator import index
from typing import TypeAlias

import numpy as np

RandomState: TypeAlias = int | np.random.Generator | np.random.RandomState | None


def as_generator(random_state: RandomState) -> np.random.Generator:
    """Return a Generator for `random_state`.

    An integer always gives the same stream. From a `numpy.random.RandomState` a seed is
    drawn; for ``None`` it is drawn from numpy's global state, as in scikit-learn, so
    that ``numpy.random.seed`` has its usual effect.
    """
    if isinstance(random_state, np.random.Generator):
        return random_state
    if random_state is None:
        random_state = np.random.mtrand._rand  # noqa: SLF001 - numpy's global state
    if isinstance(random_state, np.random.RandomState):
        random_state = drawn_seed(random_state)
    return np.random.default_rng(index(random_state))


def drawn_seed(random_state: np.random.RandomState) -> int:
    """Return a seed for another source of randomness."""
    return int(random_state.randint(np.iinfo(np.int32).max))
