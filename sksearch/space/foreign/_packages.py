"""read_range: recognises ranges of other libraries by the packages of their classes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sksearch.space.foreign._from_configspace import read_hyperparameter
from sksearch.space.foreign._from_genetic import read_range_of_genes
from sksearch.space.foreign._from_hyperopt import read_expression
from sksearch.space.foreign._from_optuna import read_distribution
from sksearch.space.foreign._from_tune import read_grid, read_tune
from sksearch.space.foreign._skopt import is_dimension, read_dimension

#: For each package, the name of its library and the function that reads its ranges.
_LIBRARIES: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "optuna": ("Optuna", read_distribution),
    "hyperopt": ("hyperopt", read_expression),
    "ray": ("Ray", read_tune),
    "flaml": ("FLAML", read_tune),
    "ConfigSpace": ("ConfigSpace", read_hyperparameter),
    "sklearn_genetic": ("sklearn-genetic-opt", read_range_of_genes),
}
#: Endings of the names of their base classes.
_BASES = ("Distribution", "Hyperparameter", "Apply", "Domain", "Constant", "Dimension")


def read_range(value: Any) -> Any:
    """Return the counterpart of a range of another library, None for other values.

    It raises SpaceError, with the line to write, for a range without a counterpart.
    """
    if isinstance(value, Mapping):
        return read_grid(value)
    dimension = read_dimension(value)
    if dimension is not None:
        return dimension
    package = _package_of(value)
    return None if package is None else _LIBRARIES[package][1](value)


def library_of(value: Any) -> str | None:
    """Return the name of the library that a range comes from, None for other values."""
    if isinstance(value, Mapping):
        return None if read_grid(value) is None else "Ray"
    if is_dimension(value):
        return "scikit-optimize"
    package = _package_of(value)
    return None if package is None else _LIBRARIES[package][0]


def _package_of(value: Any) -> str | None:
    for base in type(value).__mro__:
        package = base.__module__.partition(".")[0]
        if package in _LIBRARIES and base.__name__.endswith(_BASES):
            return package
    return None
