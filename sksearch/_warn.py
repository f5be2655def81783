"""Warnings that point to the user's line, however deep they are raised."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

#: Packages whose frames are skipped on the way to that line.
INSIDE = ("sksearch", "sklearn", "contextlib")


def warn(message: str, category: type[Warning]) -> None:
    """Warn at the first line outside of this package and scikit-learn."""
    frame = inspect.currentframe()
    level = 0
    while frame is not None and _is_inside(frame.f_globals.get("__name__", "")):
        frame = frame.f_back
        level += 1
    warnings.warn(message, category, stacklevel=level + 1)


class Notices:
    """Warnings during a search, none of which may end it.

    If warnings are errors, they are held until the search has kept its results.
    """

    def __init__(self) -> None:
        self._held: list[Warning] = []

    def warn(self, message: str, category: type[Warning]) -> None:
        """Warn as :func:`warn` does, or hold the error that it becomes."""
        with self.holding():
            warn(message, category)

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Hold a warning that is raised as an error in the block."""
        try:
            yield
        except Warning as error:
            self._held.append(error)

    def raise_first(self) -> None:
        """Raise the first held warning, if there is one."""
        if self._held:
            raise self._held[0]


def _is_inside(module: str) -> bool:
    return module.partition(".")[0] in INSIDE
