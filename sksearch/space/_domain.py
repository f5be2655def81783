"""Domain: the set of values of one hyperparameter, mapped to the interval [0, 1].

Notation: `unit` is a coordinate in [0, 1] on which the prior of the domain is uniform.
A domain with finitely many values divides [0, 1] into one bin per value: `to_unit`
returns the centre of a value's bin, `from_unit` the value of a unit's bin. So samplers
never deal with logarithms, steps or bounds.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sksearch._rng import RandomState, as_generator

FloatArray: TypeAlias = NDArray[np.float64]


class Domain(ABC):
    """Values of one hyperparameter, mapped to [0, 1] by their prior."""

    #: Whether neighbours in [0, 1] are alike: True for numbers, False for names.
    ordered: bool = True
    #: Whether a model can learn from the unit coordinate.
    modelled: bool = True
    #: The unit coordinates between which models propose. Beyond them are far tails, and
    #: bounds that may be no valid values. The prior and users' points may lie beyond.
    limits: tuple[float, float] = (0.0, 1.0)

    def __getstate__(self) -> dict[str, Any]:
        """Return the attributes without caches, so that equal domains pickle alike."""
        kind = type(self)
        return {
            k: v
            for k, v in vars(self).items()
            if not isinstance(getattr(kind, k, None), cached_property)
        }

    @property
    @abstractmethod
    def n_values(self) -> float:
        """Number of values, repeated ones included; ``math.inf`` if continuous."""

    @property
    def n_distinct(self) -> float:
        """Number of distinct values; ``math.inf`` if continuous."""
        return self.n_values

    @property
    def discrete(self) -> bool:
        """Whether each value has a bin."""
        return self.n_values < math.inf

    @abstractmethod
    def to_unit(self, value: Any) -> float:
        """Return the unit coordinate of `value`; ValueError if it lies outside."""

    @abstractmethod
    def from_unit(self, unit: float) -> Any:
        """Return the value at a unit coordinate, as a plain Python value."""

    def snap(self, units: FloatArray) -> FloatArray:
        """Move unit coordinates to the centres of bins; without any, into [0, 1]."""
        return np.clip(units, 0.0, 1.0)

    def edges(self, units: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return lower and upper edges of the bins; without any, both are `units`."""
        return units, units

    def snap_one(self, unit: float) -> float:
        """Move one unit coordinate to the centre of its bin."""
        return float(self.snap(np.array([unit]))[0])

    def contains(self, value: Any) -> bool:
        """Tell whether `value` lies in the domain."""
        try:
            self.to_unit(value)
        except (ValueError, TypeError):
            return False
        return True

    def rvs(self, size: int | None = None, random_state: RandomState = None) -> Any:
        """Draw values from the prior, as frozen scipy distributions do.

        Parameters
        ----------
        size : int, default=None
            The number of values; ``None`` for a single one.
        random_state : int, Generator, RandomState or None, default=None
            The source of randomness.

        Returns
        -------
        value : object or list
            One value, or a list of `size` values.
        """
        rng = as_generator(random_state)
        if size is None:
            return self.from_unit(float(rng.random()))
        return [self.from_unit(float(unit)) for unit in rng.random(size)]
