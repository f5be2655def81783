"""Budget: what a search may spend, in candidates and in seconds."""

from __future__ import annotations

import time
from dataclasses import dataclass, field


@dataclass
class Budget:
    """How many candidates, and until when."""

    n_iter: int  # number of candidates
    timeout: float | None = None  # seconds from the start; None for no limit
    name: str = "n_iter"  # what the user calls the number of candidates
    # When the clock started, by default now.
    start: float = field(default_factory=time.monotonic)
    is_given: bool = True  # whether the user gave the number of candidates
    # Seconds that were spent in earlier runs.
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
