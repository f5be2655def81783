"""Errors for ranges, pairs and options instead of values, with the line to write.

Unchecked, these mistakes would make one fit after the other fail.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.space._categorical import Categorical
from sksearch.space._choice import Choice, Option
from sksearch.space._distribution import is_distribution
from sksearch.space._domain import Domain
from sksearch.space._numeric import Float, Int
from sksearch.space.foreign import library_of, read_range
from sksearch.space.values import evaluable, has_params, short

#: Greatest length of a line to write in a message.
WIDTH = 160
#: Depth to which nested values are searched.
DEPTH = 4


def check_values(name: str, values: Sequence[Any], *, explicit: bool = False) -> None:
    """Raise SpaceTypeError if a list contains a range; `explicit` in a Categorical."""
    for value in values:
        _check_no_pair(name, value)
        inner = range_in(value, explicit=explicit)
        if inner is None:
            continue
        if inner is not value:
            raise SpaceTypeError(_nested(name, value, inner))
        written = short([*values], WIDTH)
        if isinstance(value, Option | Choice):
            msg = f"an Option needs a Choice, got {short(value)} in a list."
        else:
            msg = (
                f"the list holds {short(value)}, which is a range of values, not a "
                "value."
            )
        msg = f"Parameter {name!r}: {msg} Write Choice({written}), to choose."
        if isinstance(values, tuple) and all(map(_suggestion, values)):
            msg += _as_function(name, values)
        raise SpaceTypeError(msg)


def check_options(name: str, choice: Choice) -> None:
    """Raise SpaceTypeError if an option of a Choice is a pair or holds a range."""
    for label, option in zip(choice.labels, choice.options, strict=True):
        where = f"in option {label!r} "
        _check_no_pair(name, option.value, where)
        try:
            read_range(option.value)
        except SpaceError as error:
            msg = f"Parameter {name!r}: {where}{error}"
            raise type(error)(msg) from None
        if range_in(option.value) is option.value:
            continue  # an option may be a range of values
        inner = range_in(option.value)
        if inner is not None:
            raise SpaceTypeError(_nested(name, option.value, inner, where))


def check_held(estimator: Any) -> None:
    """Raise SpaceTypeError if an estimator holds a range not named by a parameter."""
    if not has_params(estimator):
        return
    if keeps_ranges(estimator):
        return
    params = estimator.get_params(deep=True)
    named = {id(value) for value in params.values() if isinstance(value, Domain)}
    inner = tuple(f"{name}__" for name, value in params.items() if keeps_ranges(value))
    for name, value in params.items():
        if isinstance(value, Domain) or keeps_ranges(value) or name.startswith(inner):
            continue
        if isinstance(value, Option):
            line = f"Choice([{short(value)}, ...])"
            msg = f"Parameter {name!r}: got {short(value)}. Write {line}, to choose."
            raise SpaceTypeError(msg)
        found = _unnamed(value, named)
        if found is not None:
            raise SpaceTypeError(_nested(name, value, found))


def keeps_ranges(value: Any) -> bool:
    """Tell whether a value is a search, which uses the ranges inside it itself."""
    return bool(getattr(type(value), "_keeps_ranges", False))


def _unnamed(value: Any, named: Container[int], depth: int = DEPTH) -> Any:
    """Return the first range in a list or tuple that is not the value of a parameter.

    A dict with ranges may be the space of another search.
    """
    for part in value if type(value) in (list, tuple) else ():
        if isinstance(part, Domain | Option) and id(part) not in named:
            return part
        found = _unnamed(part, named, depth - 1) if depth else None
        if found is not None:
            return found
    return None


def range_in(value: Any, *, explicit: bool = False, depth: int = DEPTH) -> Any:
    """Return the first range in a value, the value itself included; None without one.

    Estimators may hold distributions, but never a `Float`, `Int` or `Categorical`.
    """
    if _is_range(value, explicit):
        return value
    if has_params(value) and not isinstance(value, Mapping):
        own = value.get_params(deep=False).values()
        return next((v for v in own if isinstance(v, Int | Float | Categorical)), None)
    if depth:
        for part in _parts(value):
            found = range_in(part, explicit=explicit, depth=depth - 1)
            if found is not None:
                return found
    return None


def _is_range(value: Any, explicit: bool) -> bool:
    """Tell whether a value is a range; explicit distributions are values."""
    if isinstance(value, Domain | Option) or library_of(value) is not None:
        return True
    return is_distribution(value) and not explicit and not has_params(value)


def _parts(value: Any) -> Iterable[Any]:
    """Return the items of a plain container, nothing for other values."""
    if type(value) in (list, tuple, set, frozenset):
        return list(value)
    if type(value) is dict:
        return value.values()
    if isinstance(value, np.ndarray) and value.dtype.hasobject:
        return list(value.ravel().tolist())
    return ()


def _check_no_pair(name: str, value: Any, where: str = "") -> None:
    """Raise SpaceTypeError for an estimator and its space as a tuple or list."""
    if type(value) not in (list, tuple) or len(value) != 2:
        return
    first, space = value
    if type(space) is dict and (has_params(first) or isinstance(first, type)):
        keywords = all(str(key).isidentifier() for key in space)
        words = ", ".join(f"{key}={evaluable(v)}" for key, v in space.items())
        inside = words if keywords else f"**{evaluable(space)}"
        shown = f"{first.__name__}()" if isinstance(first, type) else evaluable(first)
        msg = (
            f"Parameter {name!r}: {where}got {short(value)}, a value and a space in a "
            f"{type(value).__name__}. Write Choice([Option({shown}, {inside}), ...])."
        )
        raise SpaceTypeError(msg)


def _nested(name: str, value: Any, inner: Any, where: str = "") -> str:
    """Return the message about a range inside a value."""
    msg = (
        f"Parameter {name!r}: {where}got {short(value)}, a value that holds "
        f"{short(inner)}, which is a range of values, not a value."
    )
    if has_params(value):
        own = value.get_params(deep=False).items()
        words = [f"{key}={evaluable(v)}" for key, v in own if v is inner]
        kind = type(value).__name__
        return f"{msg} Write Choice([Option({kind}(), {', '.join(words)})])."
    if type(value) is tuple and all(map(_suggestion, value)):
        return msg + _as_function(name, value)
    return (
        f"{msg} List the values themselves, or write a function of a trial that "
        f"returns {{{name!r}: ...}}, with trial.suggest_int(...) for each number."
    )


def _suggestion(value: Any, label: str = "x") -> str | None:
    """Return the ``trial.suggest_...`` call for a number, None for other values."""
    if isinstance(value, Int | Float) and value.step is None:
        log = ", log=True" if value.log else ""
        kind = "int" if isinstance(value, Int) else "float"
        bounds = f"{value.low!r}, {value.high!r}{log}"
        return f"trial.suggest_{kind}({label!r}, {bounds})"
    return evaluable(value) if isinstance(value, int | float | str) else None


def _as_function(name: str, values: Sequence[Any]) -> str:
    """Return the space function for a value made of several numbers."""
    tail = name.rpartition("__")[2]
    asked = ", ".join(str(_suggestion(v, f"{tail}_{i}")) for i, v in enumerate(values))
    line = f"lambda trial: {{{name!r}: ({asked})}}"
    return f" For a value made of these, the space is a function: {line}."


def check_spaces(spaces: Sequence[Any]) -> None:
    """Raise SpaceTypeError if a list of spaces contains anything else."""
    pairs: list[Any] = [spaces] if type(spaces) is tuple and _is_item(spaces) else []
    if spaces and all(map(_is_item, spaces)):
        pairs = list(spaces)
    if pairs:
        line = evaluable(dict(pairs))
        msg = (
            "A search space must be a dict of names to values, or a list of dicts, got "
            f"a {type(spaces).__name__} of pairs, {short(spaces)}. Write {line}."
        )
        raise SpaceTypeError(msg)
    for position, space in enumerate(spaces):
        if not isinstance(space, Mapping | Choice | list | tuple):
            msg = (
                "A search space given as a list must hold dicts of names to values, "
                f"got {short(space)} of type {type(space).__name__} at position "
                f"{position}. Write {_as_dict(space)}."
            )
            raise SpaceTypeError(msg)


def held_by(space: Any) -> str:
    """Return the line that takes the dict out of an object; "" if it has none."""
    if hasattr(space, "dimensions"):  # scikit-optimize's Space
        return " Write {d.name: d for d in space.dimensions}."
    for name in ("param_grid", "param_distributions"):  # ParameterGrid, -Sampler
        if hasattr(space, name):
            return f" Write space.{name}."
    return ""


def _as_dict(space: Any) -> str:
    """Return the dict to write for an entry of a list that is no space."""
    if library_of(space) == "scikit-optimize":
        return "{d.name: d for d in dimensions}, each dimension with its name"
    return '{"name": [1, 2], ...}'


def _is_item(value: Any) -> bool:
    is_pair = type(value) in (tuple, list) and len(value) == 2
    return is_pair and isinstance(value[0], str) and not isinstance(value[1], str)
