"""Ranges of other libraries, known by their class names: the line to write instead.

None of the libraries is imported or needed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sksearch.space._values import evaluable, plain, short

#: Packages, and the names of their libraries for messages.
_LIBRARIES = {
    "optuna": "Optuna",
    "hyperopt": "hyperopt",
    "ray": "Ray",
    "flaml": "FLAML",
    "ConfigSpace": "ConfigSpace",
}


def check_not_foreign(value: Any) -> None:
    """Raise TypeError, with the line to write, for a range of another library."""
    library = library_of(value)
    if library is None:
        return
    line = _line(value)
    hint = f"Write {line}." if line else "Write Float(...), Int(...) or a list."
    msg = f"{short(value)} is how {library} writes a range of values. {hint}"
    raise TypeError(msg)


def library_of(value: Any) -> str | None:
    """Return the name of the library that a range of values comes from, or None."""
    if isinstance(value, Mapping):
        is_grid = set(value) == {"grid_search"}
        return _LIBRARIES["ray"] if is_grid else None
    for base in type(value).__mro__:
        package = base.__module__.partition(".")[0]
        library = _LIBRARIES.get(package)
        known = ("Distribution", "Hyperparameter", "Apply", "Domain", "Constant")
        if library is not None and base.__name__.endswith(known):
            return library
    return None


def _line(value: Any) -> str | None:
    """Return the line with the same meaning here, None if that is unclear."""
    if isinstance(value, Mapping):
        return evaluable(list(value["grid_search"]))
    if hasattr(value, "pos_args"):
        return _line_of_hyperopt(value)
    for attribute in ("choices", "categories", "sequence"):
        if hasattr(value, attribute):
            values = evaluable(list(getattr(value, attribute)))
            ordered = attribute == "sequence"
            return f"Categorical({values}, ordered=True)" if ordered else values
    kinds = [type(value).__name__, *_samplers(value)]
    if "Normal" in "".join(kinds):
        return None
    low = _first(value, "low", "lower")
    high = _first(value, "high", "upper")
    if low is None or high is None:
        return f"[{evaluable(value.value)}]" if hasattr(value, "value") else None
    whole = "Int" in kinds[0]
    if whole and hasattr(value, "sampler"):
        high -= 1  # Ray's upper end is not included
    log = getattr(value, "log", False) is True or any("Log" in kind for kind in kinds)
    return _number("Int" if whole else "Float", low, high, log, _step(value))


def _samplers(value: Any) -> Iterator[str]:
    """Yield the class names of Ray's samplers inside a range."""
    sampler = getattr(value, "sampler", None)
    while sampler is not None:
        yield type(sampler).__name__
        sampler = getattr(sampler, "sampler", None)


def _first(value: Any, *names: str) -> Any:
    return next((getattr(value, n) for n in names if hasattr(value, n)), None)


def _step(value: Any) -> Any:
    step = _first(value, "step", "q")
    return None if step in (None, 1) else step


def _number(kind: str, low: Any, high: Any, log: bool, step: Any = None) -> str:
    low, high = plain(low), plain(high)
    if kind == "Float":
        low, high = float(f"{low:.12g}"), float(f"{high:.12g}")
    words = [repr(low), repr(high)]
    words += ["log=True"] if log else []
    words += [f"step={plain(step)!r}"] if step is not None else []
    return f"{kind}({', '.join(words)})"


def _same(a: float, b: float, *_: Any) -> str:
    return _number("Float", a, b, log=False)


def _exponents(a: float, b: float, *_: Any) -> str:
    return _number("Float", math.exp(a), math.exp(b), log=True)


def _whole(a: float, b: float, *_: Any) -> str:
    return _number("Int", int(a), int(b), log=False)


def _below(a: int, b: int | None = None, *_: Any) -> str:
    low, high = (0, a) if b is None else (a, b)
    return _number("Int", int(low), int(high) - 1, log=False)


_HYPEROPT: dict[str, Callable[..., str]] = {
    "uniform": _same,
    "quniform": _same,
    "loguniform": _exponents,
    "qloguniform": _exponents,
    "uniformint": _whole,
    "randint": _below,
}


def _line_of_hyperopt(node: Any) -> str | None:
    """Return the line for an expression of hyperopt, from the outside inwards."""
    args = list(node.pos_args)
    if node.name == "switch":  # hp.choice: an index, and the options
        options = [getattr(arg, "obj", None) for arg in args[1:]]
        return None if None in options else evaluable(options)
    if node.name in _HYPEROPT:
        named = [arg for _, arg in getattr(node, "named_args", ())]
        numbers = [getattr(arg, "obj", None) for arg in [*args, *named]]
        if None not in numbers:
            return _HYPEROPT[node.name](*numbers)
    for arg in args:
        if getattr(arg, "pos_args", None):
            return _line_of_hyperopt(arg)
    return None
