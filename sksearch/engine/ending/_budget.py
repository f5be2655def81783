"""Budget: what a search may spend, in candidates and in seconds."""

from __future__ import annotations

import time
from dataclasses import dataclass, field


@dataclass
class Budget:
    """How many candidates, and until when.

    Parameters
    ----------
    n_iter : int
        Number of candidates.
    timeout : float or None, default=None
        Seconds from the start; None for no limit.
    name : str, default="n_iter"
        What the user calls the number of candidates.
    start : float
        When the clock started, by default now.
    is_given : bool, default=True
        Whether the user gave the number of candidates.

    Attributes
    ----------
    before : float
        Seconds that were spent in earlier runs.
    """

    n_iter: int
    timeout: float | None = None
    name: str = "n_iter"
    start: float = field(default_factory=time.monotonic)
    is_given: bool = True
    before: float = field(default=0.0, init=False)

    def go_on_from(self, elapsed: float) -> None:
        """Count the seconds of an earlier run as well."""
        self.start -= elapsed
        self.before += elapsed

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.start

    @property
    def remaining(self) -> float | None:
        """Seconds that are left, never negative; None without a limit."""
        return None if self.timeout is None else max(self.timeout - self.elapsed, 0.0)

    @property
    def expired(self) -> bool:
        """Whether the time is up."""
        return self.timeout is not None and self.elapsed >= self.timeout
