"""Chooses the display of the live line."""

from __future__ import annotations

import multiprocessing
import os
import sys
from typing import Any, Protocol, TextIO

from sksearch.engine import Standing
from sksearch.progress.displays._log import Log
from sksearch.progress.displays._notebook import Notebook
from sksearch.progress.displays._rich_terminal import RichTerminal
from sksearch.progress.displays._terminal import Terminal


class Display(Protocol):
    """A place to show the live line."""

    every: float  # seconds between two updates
    at_once: bool  # whether the first update is at the start

    def open(self) -> None:
        """Begin, or continue."""

    def show(self, standing: Standing) -> None:
        """Show the state of the search."""

    def close(self) -> None:
        """Pause, or end."""

    def end(self, text: str) -> None:
        """Print the last line."""


def display_for(*, alone: bool = True) -> Display:
    """Return the display for the live line.

    If another search of this process shows one (not `alone`), and in workers, it is a
    log, since several live lines would overwrite each other.
    """
    if not alone or multiprocessing.parent_process() is not None:
        return Log()
    shell = _notebook_shell()
    if shell is not None:
        return Notebook(shell)
    stream = _terminal()
    return Log() if stream is None else _for_terminal(stream)


def _notebook_shell() -> Any:
    """Return the shell of a notebook; None elsewhere."""
    known = sys.modules.get("IPython")
    shell = None if known is None else known.get_ipython()
    return shell if hasattr(shell, "kernel") else None


def _terminal() -> TextIO | None:
    """Return the stream that goes to a terminal; None if neither does."""
    if os.environ.get("TERM") == "dumb":
        return None
    streams = (sys.stdout, sys.stderr)  # None where a program has no console
    return next((s for s in streams if s is not None and s.isatty()), None)


def _for_terminal(stream: TextIO) -> Display:
    try:
        return RichTerminal(stream)
    except ImportError:
        return Terminal(stream)
