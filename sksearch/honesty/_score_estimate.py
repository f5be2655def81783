"""ScoreEstimate: a corrected score, its interval, and the optimism removed from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ScoreEstimate:
    """An estimate of the winner's score on new data.

    Parameters
    ----------
    score : float
        The estimate: the winner's cross-validated score minus `optimism`.
    low, high : float
        The ends of the interval.
    optimism : float
        How much the winner's score owes to the choice of the best one.

    Examples
    --------
    >>> from sksearch import ScoreEstimate
    >>> estimate = ScoreEstimate(0.91234, 0.87, 0.95, optimism=0.02)
    >>> estimate
    ScoreEstimate(score=0.9123, low=0.87, high=0.95, optimism=0.02)
    >>> estimate.low < estimate.score < estimate.high
    True
    """

    score: float
    low: float
    high: float
    optimism: float

    def __repr__(self) -> str:
        numbers = ("score", "low", "high", "optimism")
        words = ", ".join(f"{name}={getattr(self, name):.4g}" for name in numbers)
        return f"{type(self).__name__}({words})"
