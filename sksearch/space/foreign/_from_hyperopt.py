"""Expressions of hyperopt: a graph of calls with literals as leaves."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import stats

from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.space._categorical import Categorical
from sksearch.space._numeric import Float, Int
from sksearch.space.foreign._counterparts import no_counterpart, rounded
from sksearch.space.values import plain, short


def _exponent(power: float) -> float:
    """Return the bound that the user wrote as a logarithm."""
    return float(f"{math.exp(power):.12g}")


#: For each call, the function that returns the same range here; None if there is none.
_READ: dict[str, Callable[..., Any]] = {
    "uniform": Float,
    "loguniform": lambda low, high: Float(_exponent(low), _exponent(high), log=True),
    "normal": lambda mu, sigma: stats.norm(mu, sigma),  # noqa: PLW0108 - by name, too
    "lognormal": lambda mu, sigma: stats.lognorm(sigma, scale=math.exp(mu)),
    "quniform": lambda low, high, q: rounded(low, high, q, log=False),
    "qloguniform": lambda low, high, q: rounded(
        _exponent(low), _exponent(high), q, log=True
    ),
    "randint": lambda low, high=None: (
        Int(0, low - 1) if high is None else Int(low, high - 1)
    ),
}
#: All of hyperopt's calls, including those without a counterpart.
_CALLS = (*_READ, "qnormal", "qlognormal", "categorical")
#: Calls around a number that leave it unchanged, or make it an integer.
_AROUND = ("float", "int", "hyperopt_param")


def read_expression(node: Any) -> Any:
    """Return the range with the same meaning as an expression of hyperopt.

    A choice between ranges is refused here: it becomes a `Choice`, see
    `sksearch.space.reading._foreign_spaces`.
    """
    if node.name == "switch":
        options = options_of_choice(node)
        if any(map(holds_range, options)):
            msg = (
                "hp.choice of hyperopt between ranges is an option itself here. Write "
                "Choice([...]) with the options."
            )
            raise SpaceTypeError(msg)
        return Categorical([constant_of(option) for option in options])
    if node.name == "dict":
        msg = (
            "A dict as an option of hp.choice of hyperopt opens a space here only if "
            "hp.choice is the whole space. Write Choice([Option(value, name=...), "
            "...]), with the value of the option first and what it needs by name."
        )
        raise SpaceTypeError(msg)
    inner, whole = node, False
    while inner.name in _AROUND and inner.pos_args:
        whole = whole or inner.name == "int"
        inner = inner.pos_args[-1]
    found = _read_call(inner)
    if found is None or (whole and not isinstance(found, Int)):
        called = f"hp.{inner.name}(...)" if inner.name in _CALLS else "An expression"
        raise no_counterpart(called, "hyperopt", _nearest(inner))
    return found


def _read_call(call: Any) -> Any:
    """Return the range with the same meaning as a call, None if there is none."""
    args = [getattr(arg, "obj", None) for arg in call.pos_args]
    words = {name: getattr(arg, "obj", None) for name, arg in call.named_args}
    words.pop("rng", None)
    if call.name not in _READ or None in [*args, *words.values()]:
        return None
    try:
        return _READ[call.name](*args, **words)
    except TypeError:  # unknown arguments
        return None


def _nearest(call: Any) -> object:
    """Return the range without rounding, None if there is none."""
    name = call.name.removeprefix("q")
    if name == call.name or name not in ("uniform", "loguniform"):
        return None
    bounds = [getattr(arg, "obj", None) for arg in call.pos_args[:2]]
    return None if None in bounds or len(bounds) < 2 else _READ[name](*bounds)


def options_of_choice(switch: Any) -> list[Any]:
    """Return the options of ``hp.choice``; SpaceError if their odds are not even."""
    index: Any
    options: list[Any]
    index, *options = switch.pos_args
    while index.name in _AROUND and index.pos_args:
        index = index.pos_args[-1]
    if index.name == "categorical":
        odds = [getattr(p, "obj", math.nan) for p in index.pos_args[0].pos_args]
        if not np.allclose(odds, 1 / len(options)):
            msg = (
                "Options have even odds here, and those of hp.pchoice of hyperopt are "
                f"{short(odds)}. Write Choice([...]), in which an option may be listed "
                "twice to make it twice as likely."
            )
            raise SpaceError(msg)
    return options


def holds_range(node: Any) -> bool:
    """Tell whether an expression is not a constant."""
    if node.name in ("literal", "pos_args", "dict"):
        parts = [*node.pos_args, *(arg for _, arg in node.named_args)]
        return any(map(holds_range, parts))
    return True


def constant_of(node: Any) -> Any:
    """Return the value of an expression without ranges."""
    if node.name == "pos_args":
        return tuple(constant_of(arg) for arg in node.pos_args)
    if node.name == "dict":
        return {name: constant_of(arg) for name, arg in node.named_args}
    return plain(node.obj)
