"""telling_end: calls ``on_search_end`` of callbacks at the end of a search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from traceback import format_exc
from typing import Any

from sksearch._warn import warn
from sksearch.space import short


@contextmanager
def telling_end(search: Any) -> Iterator[None]:
    """Call ``on_search_end(search, error)`` of callbacks after the block, in any case.

    A callback that raises there only causes a warning: the search keeps its results.
    """
    try:
        yield
    except BaseException as error:
        _tell(search, error)
        raise
    _tell(search, None)


def _tell(search: Any, error: BaseException | None) -> None:
    given = search.callbacks
    listed = [given] if callable(given) else given
    for callback in listed if isinstance(listed, Iterable) else ():
        told = getattr(callback, "on_search_end", None)
        if not callable(told):
            continue
        try:
            told(search, error)
        except Exception as fault:  # noqa: BLE001 - the search is done anyway
            warn(
                f"on_search_end of the callback {short(callback)} raised "
                f"{type(fault).__name__}: {fault}. The search is complete without it. "
                f"Details:\n{format_exc()}",
                UserWarning,
            )
