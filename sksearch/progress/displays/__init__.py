"""Displays of the live line: a terminal, a notebook, a log file."""

from sksearch.progress.displays._log import Log
from sksearch.progress.displays._where import Display, display_for

__all__ = ["Display", "Log", "display_for"]
