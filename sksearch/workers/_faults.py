"""What is a fault of a fit, and what is meant for those who wait for it.

Not only an Exception is: compiled libraries raise others (the panics of Rust's), and a
script may end by SystemExit where it meant to end itself only.
"""

from __future__ import annotations

import signal
import traceback
from types import CodeType
from typing import Any

from sksearch.workers._time_limit import OverTime


def is_fault(error: BaseException) -> bool:
    """Tell whether what was raised in a fit is a fault of this fit.

    Ctrl-C is not, nor what a handler of another signal raises (a script may exit when
    it is asked to terminate), nor what ends a fit that takes too long.
    """
    if isinstance(error, Exception):
        return True
    if isinstance(error, KeyboardInterrupt | OverTime):
        return False
    handlers = _handlers()
    frames = traceback.walk_tb(error.__traceback__)
    return not any(frame.f_code in handlers for frame, _ in frames)


def _handlers() -> set[CodeType]:
    """Return the code of all handlers of signals that are written in Python."""
    found = set()
    for number in signal.valid_signals():
        handler: Any = signal.getsignal(number)
        while hasattr(handler, "func"):  # a partial
            handler = handler.func
        called = getattr(type(handler), "__call__", None)  # noqa: B004 - of an object
        code = getattr(handler, "__code__", getattr(called, "__code__", None))
        if isinstance(code, CodeType):
            found.add(code)
    return found


class FaultsIgnored:
    """Goes on behind the block if what it raises is a fault."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, *__: object) -> bool:
        return error is not None and is_fault(error)
