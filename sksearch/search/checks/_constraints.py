"""check_constraints: scikit-learn's checks of parameters, with the line to write."""

from __future__ import annotations

import ast
import inspect
import math
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from numbers import Real
from typing import Any

from sksearch._sklearn import refusal
from sksearch.space import Choice, has_params, short

#: Words for yes and no.
YES, NO = ("yes", "y", "on", "true"), ("no", "n", "off", "false")
#: Seconds in a unit of time.
SECONDS = {"": 1, "s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "d": 86400}
#: Values that show what is wanted, where the default shows nothing.
EXAMPLES: dict[str, Any] = {
    "cv": 5,
    "n_jobs": -1,
    "scoring": "accuracy",
    "storage": "search.jsonl",
}
#: A list of names that is too long for a message: those of all scorers.
LONG = re.compile(r"among \{[^}]{300,}\}")
#: Private modules in the name of a class, which the user imports from the window.
PRIVATE = re.compile(r"'sksearch(?:\.\w+)*\._\w+\.(\w+)'")


def check_constraints(search: Any) -> None:
    """Raise InvalidParameterError for a parameter that breaks its constraints.

    Another estimator with constraints of its parameters is checked as well as a search.
    """
    for name, value in search.get_params(deep=False).items():
        error = refusal(search, name, value)
        if error is not None:
            line = _line(search, name, value)
            msg = PRIVATE.sub(r"'\1'", LONG.sub("with a known name", str(error)))
            raise type(error)(f"{msg} Write {line}." if line else msg)


def _line(search: Any, name: str, value: object) -> str:
    """Return what was probably meant; "" if it is unknown."""
    if name == "estimator":
        return _as_estimator(type(search).__name__, value)
    default = inspect.signature(type(search)).parameters[name].default
    for meant in (*readings(value), EXAMPLES.get(name, default), default):
        if refusal(search, name, meant) is None:
            is_nan = isinstance(meant, float) and math.isnan(meant)
            return f"{name}={'np.nan' if is_nan else short(meant)}"
    return ""


def _as_estimator(face: str, value: object) -> str:
    """Return the line to write instead of a name, or of several estimators."""
    if isinstance(value, str):
        return f"{value}()" if value.isidentifier() else ""
    values = list(value.values()) if isinstance(value, Mapping) else value
    if isinstance(values, list | tuple) and values and all(map(has_params, values)):
        return short(Choice(value), 160)
    if isinstance(value, Mapping):
        return f"{face}(estimator, {short(value)})"
    return ""


def readings(value: object) -> Iterator[object]:
    """Yield what a value of the wrong type, such as ``"10"`` or ``"1h"``, may mean."""
    if isinstance(value, str):
        word = value.strip().lower()
        with suppress(ValueError, SyntaxError):
            yield from _numbers(ast.literal_eval(value.strip()))
        if word in YES:
            yield True
        if word in NO or word == "none":
            yield None if word == "none" else False
        time = re.fullmatch(r"([\d.]+) ?([a-z]*?)(?:ute|our|ay|ond)?s?", word)
        if time and time[2] in SECONDS:
            yield from _numbers(float(time[1]) * SECONDS[time[2]])
    elif value is None:
        yield False
    elif isinstance(value, list | tuple) and value:
        yield from _numbers(value[0])
    else:
        yield from _numbers(value)


def _numbers(value: object) -> Iterator[object]:
    """Yield a value; a number as an integer first, where it is one."""
    number = float(value) if isinstance(value, Real) else math.nan
    if number.is_integer():
        yield int(number)
    yield value
    if math.isfinite(number):
        yield int(number)
