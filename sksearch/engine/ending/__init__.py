"""When a search ends, and why."""

from sksearch.engine.ending._budget import Budget
from sksearch.engine.ending._ending import (
    TIMEOUT,
    Ending,
    name_of,
    warn_of_exhausted,
    warn_of_interrupt,
)
from sksearch.engine.ending._interrupt import Interrupt, called_in_a_loop

__all__ = [
    "TIMEOUT",
    "Budget",
    "Ending",
    "Interrupt",
    "called_in_a_loop",
    "name_of",
    "warn_of_exhausted",
    "warn_of_interrupt",
]
