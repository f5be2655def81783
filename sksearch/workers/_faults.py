"""Faults: exceptions that a fit causes, as opposed to requests to end the search.

Not every fault is an Exception: compiled libraries raise other classes (panics of Rust
libraries), and a fit may run a script that ends itself by SystemExit.
"""

from __future__ import annotations

import signal
import traceback
from types import CodeType
from typing import Any

from sksearch.workers._time_limit import OverTime


def is_fault(error: BaseException) -> bool:
    """Tell whether an exception raised in a fit is a fault of this fit.

    Not a fault are Ctrl-C, exceptions from handlers of other signals (a script may exit
    when asked to terminate, or raise TimeoutError at an alarm of its own), and the
    exception that ends a fit at its time limit. A fit that sets an alarm for itself
    has put the old handler back by now.
    """
    if isinstance(error, KeyboardInterrupt | OverTime):
        return False
    handlers = _handlers()
    frames = traceback.walk_tb(error.__traceback__)
    return not any(frame.f_code in handlers for frame, _ in frames)


def _handlers() -> set[CodeType]:
    """Return the code of all signal handlers written in Python."""
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
    """Suppresses exceptions of a block that are faults."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, *__: object) -> bool:
        return error is not None and is_fault(error)
