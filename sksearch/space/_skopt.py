"""scikit-optimize's way to write a space: dimensions are read, what misleads is named.

scikit-optimize is not imported, so it need not be there: its classes are known by their
names and the package they come from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Integral
from typing import Any

import numpy as np

from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.space._categorical import Categorical
from sksearch.space._domain import Domain
from sksearch.space._numeric import Float, Int
from sksearch.space._values import is_number, plain, short

_PRIORS = ("uniform", "log-uniform")


def read_dimension(value: Any) -> Domain | None:
    """Return the domain of a dimension of scikit-optimize, None for all else.

    How a dimension is called and transformed inside of scikit-optimize (`name`,
    `transform`, `base`, `dtype`) does not change which values it has.
    """
    kind = _kind(value)
    if kind is None:
        return None
    if kind == "Categorical":
        _check_even(value)
        return Categorical(value.categories)
    if kind == "Real":
        return Float(value.low, value.high, log=_is_log(value))
    if kind == "Integer":
        return Int(_whole(value.low), _whole(value.high), log=_is_log(value))
    msg = (
        "Of scikit-optimize's dimensions only Real, Integer and Categorical can be "
        f"read, got {short(value)}."
    )
    raise SpaceTypeError(msg)


def _kind(value: Any) -> str | None:
    """Return which of scikit-optimize's classes a value is an instance of."""
    for base in type(value).__mro__:
        # Other packages ship it as a part of themselves.
        if "skopt" in base.__module__.split(".") and base.__name__ in (
            "Real",
            "Integer",
            "Categorical",
            "Dimension",
        ):
            return base.__name__
    return None


def _is_log(dimension: Any) -> bool:
    if dimension.prior not in _PRIORS:
        msg = (
            "The prior of a dimension of scikit-optimize must be 'uniform' or "
            f"'log-uniform', got {short(dimension)}."
        )
        raise SpaceError(msg)
    return bool(dimension.prior == "log-uniform")


def _whole(bound: Any) -> Any:
    """Return a bound of an Integer, which may be written 1e3, as an int."""
    bound = plain(bound)
    return int(bound) if isinstance(bound, float) and bound.is_integer() else bound


def _check_even(dimension: Any) -> None:
    """Raise if a Categorical has odds that are not even."""
    prior = getattr(dimension, "prior", None)
    if prior is not None and not np.allclose(prior, 1 / len(dimension.categories)):
        msg = (
            "Categories have even odds here, and the prior of the Categorical of "
            f"scikit-optimize is {short(list(prior))}. Leave the prior out, or list a "
            "category several times: one that is listed twice is twice as likely."
        )
        raise SpaceError(msg)


def check_no_range(values: Any) -> None:
    """Raise if a list is what scikit-optimize writes for a range with a prior."""
    if not isinstance(values, list | tuple) or len(values) not in (3, 4):
        return
    low, high, prior, *base = values
    if (
        all(map(is_number, (low, high, *base)))
        and isinstance(prior, str)
        and prior in _PRIORS
    ):
        kind = "Int" if all(isinstance(v, Integral) for v in (low, high)) else "Float"
        log = ", log=True" if prior == "log-uniform" else ""
        msg = (
            f"a list or tuple is always a list of values here, and {short(values)} is "
            "how scikit-optimize writes a range. Write "
            f"{kind}({plain(low)!r}, {plain(high)!r}{log}) for the range, or "
            "Categorical([...]) for these very values."
        )
        raise SpaceError(msg)


def check_no_budgets(spaces: Sequence[Any]) -> None:
    """Raise if spaces are listed with a number of iterations each."""
    pairs = [space for space in spaces if _is_pair(space)]
    if pairs:
        total = sum(int(n_iter) for _, n_iter in pairs)
        msg = (
            f"The list of spaces holds {short(pairs[0])}, a space and its number of "
            "iterations, as scikit-optimize has it. Here all spaces of a list share "
            "one budget and compete for it: write a list of the dicts alone, and give "
            f"the search one n_iter (n_iter={total} for what this list has in sum)."
        )
        raise SpaceError(msg)


def _is_pair(space: Any) -> bool:
    return (
        isinstance(space, tuple)
        and len(space) == 2
        and isinstance(space[0], Mapping)
        and isinstance(space[1], Integral)
    )
