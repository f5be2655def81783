"""Signatures of users' functions: their parameters, and calls that are impossible.

Some functions have none, such as those that are written in C.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any


def parameters_of(function: Any) -> Mapping[str, inspect.Parameter] | None:
    """Return the parameters of a function by name; None without a signature."""
    try:
        return inspect.signature(function).parameters
    except (TypeError, ValueError):
        return None


def call_error(
    function: Callable[..., object], /, *args: object, **words: object
) -> TypeError | None:
    """Return the error of a call with these arguments, without calling, if any.

    It is None without a signature, too.
    """
    try:
        inspect.signature(function).bind(*args, **words)
    except ValueError:
        return None
    except TypeError as error:
        return error
    return None
