"""Spaces of scikit-optimize: reads its dimensions, and refuses its tuples and budgets.

scikit-optimize is neither imported nor needed: its classes are recognised by their
names and their package.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Integral
from typing import Any

from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.space._categorical import Categorical
from sksearch.space._domain import Domain
from sksearch.space._numeric import Float, Int
from sksearch.space.foreign._counterparts import check_even
from sksearch.space.values import is_number, plain, short

_PRIORS = ("uniform", "log-uniform")


def read_dimension(value: Any) -> Domain | None:
    """Return the domain of a dimension of scikit-optimize, None for other values.

    Its `name`, `transform`, `base` and `dtype` do not change its values.
    """
    kind = _kind(value)
    if kind is None:
        return None
    if kind == "Categorical":
        odds = getattr(value, "prior", None)
        check_even(odds, value.categories, "'prior' of scikit-optimize")
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


def is_dimension(value: Any) -> bool:
    """Tell whether a value is a dimension of scikit-optimize."""
    return _kind(value) is not None


def _kind(value: Any) -> str | None:
    """Return the name of a value's class of scikit-optimize, None for others."""
    for base in type(value).__mro__:
        # Other packages contain copies of skopt.
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
    """Return a bound of an Integer, which may be a float like 1e3, as an int."""
    bound = plain(bound)
    return int(bound) if isinstance(bound, float) and bound.is_integer() else bound


def check_no_range(values: Any) -> None:
    """Raise SpaceError if a list is a range with a prior of scikit-optimize."""
    if has_prior(values):
        msg = (
            f"a list or tuple is always a list of values here, and {short(values)} is "
            f"how scikit-optimize writes a range. Write {short_range(values)!r} for "
            "the range, or Categorical([...]) for the values themselves."
        )
        raise SpaceError(msg)


def has_prior(values: Any) -> bool:
    """Tell whether a list is two numbers and a prior of scikit-optimize."""
    if not isinstance(values, list | tuple) or len(values) not in (3, 4):
        return False
    low, high, prior, *base = values
    return (
        all(map(is_number, (low, high, *base)))
        and isinstance(prior, str)
        and prior in _PRIORS
    )


def short_range(values: Sequence[Any]) -> Domain:
    """Return the range that two numbers and a prior mean in scikit-optimize."""
    low, high, *more = values
    log = more[:1] == ["log-uniform"]
    whole = all(isinstance(v, Integral) for v in (low, high))
    return Int(low, high, log) if whole else Float(low, high, log)


def read_short_ranges(spaces: Any, *, named: bool = True) -> Any:
    """Return a space of scikit-optimize with `Int` and `Float` for short ranges.

    In scikit-optimize, a list or tuple of two numbers is a range, also without a prior.
    All but dicts and lists is returned unchanged. Unless it was passed as
    ``search_spaces`` (`named`), a dict is taken for one of scikit-optimize only if it
    contains a prior.
    """
    if _is_pair(spaces):
        space, n_iter = spaces
        return read_short_ranges(space, named=named), n_iter
    if isinstance(spaces, list):
        return [read_short_ranges(space, named=named) for space in spaces]
    tells = is_short_range if named else has_prior
    if type(spaces) is not dict or not any(map(tells, spaces.values())):
        return spaces
    found = {}
    for name, values in spaces.items():
        try:
            found[name] = short_range(values) if is_short_range(values) else values
        except SpaceError as error:
            msg = f"Parameter {name!r}: {short(values)} is no range. {error}"
            raise type(error)(msg) from None
    return found


def is_short_range(values: Any) -> bool:
    """Tell whether scikit-optimize reads a list or tuple as a range."""
    is_pair = isinstance(values, list | tuple) and len(values) == 2
    return has_prior(values) or (is_pair and all(map(is_number, values)))


def split_budgets(spaces: Any, n_iter: int) -> tuple[list[Any], list[int]] | None:
    """Return spaces of a list and their numbers of iterations, as in scikit-optimize.

    `n_iter` is for spaces that have no number of their own. None if no space has one.
    """
    if not isinstance(spaces, list) or not any(map(_is_pair, spaces)):
        return None
    pairs = [s if _is_pair(s) else (s, n_iter) for s in spaces]
    return [space for space, _ in pairs], [int(n) for _, n in pairs]


def check_no_budgets(spaces: Sequence[Any]) -> None:
    """Raise SpaceError if a list has spaces with a number of iterations each."""
    pairs = [space for space in spaces if _is_pair(space)]
    if pairs:
        total = sum(int(n_iter) for _, n_iter in pairs)
        msg = (
            f"The list of spaces holds {short(pairs[0])}, a space and its number of "
            "iterations, as in scikit-optimize. Here all spaces of a list compete for "
            "one budget: write a list of the dicts alone, and give the search one "
            f"n_iter (n_iter={total} is the sum of this list)."
        )
        raise SpaceError(msg)


def _is_pair(space: Any) -> bool:
    return (
        isinstance(space, tuple)
        and len(space) == 2
        and isinstance(space[0], Mapping)
        and isinstance(space[1], Integral)
    )
