"""Warnings that point to the line of the user, however deep they are raised."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

#: What stands between that line and the one that warns.
INSIDE = ("sksearch", "sklearn", "contextlib")


def warn(message: str, category: type[Warning]) -> None:
    """Warn, at the line outside of this package and of scikit-learn that led here.

    Parameters
    ----------
    message : str
        What there is to say.
    category : type of Warning
        Its kind.
    """
    frame = inspect.currentframe()
    level = 0
    while frame is not None and _is_inside(frame.f_globals.get("__name__", "")):
        frame = frame.f_back
        level += 1
    warnings.warn(message, category, stacklevel=level + 1)


class Notices:
    """Warnings in the middle of a search, of which none may end it.

    Where warnings are errors they are held until the search has kept what it found.
    """

    def __init__(self) -> None:
        self._held: list[Warning] = []

    def warn(self, message: str, category: type[Warning]) -> None:
        """Warn as :func:`warn` does, or hold the error that it becomes."""
        with self.holding():
            warn(message, category)

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Hold a warning that is raised as an error by what stands in the block."""
        try:
            yield
        except Warning as error:
            self._held.append(error)

    def raise_first(self) -> None:
        """Raise the first warning that was held, if there is one."""
        if self._held:
            raise self._held[0]


def _is_inside(module: str) -> bool:
    return module.partition(".")[0] in INSIDE
