"""Decisions: what a scheduler answers when it is asked what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Sample:
    """Try a new trial.

    Parameters
    ----------
    trial : int
        Its number: trials are counted in the order in which they are sampled.
    rung : int
        Position on the ladder, from 0.
    resource : int
        What the trial gets there.
    bracket : int, default=0
        Which halving run it takes part in.
    """

    trial: int
    rung: int
    resource: int
    bracket: int = 0


@dataclass(frozen=True)
class Promote:
    """Try a trial again, one rung higher.

    Parameters
    ----------
    trial : int
        Its number.
    rung : int
        Position on the ladder of the rung that it is promoted to.
    resource : int
        What the trial gets there.
    bracket : int, default=0
        Which halving run it takes part in.
    """

    trial: int
    rung: int
    resource: int
    bracket: int = 0


@dataclass(frozen=True)
class Wait:
    """Nothing to do until more is told of what is under way."""


@dataclass(frozen=True)
class Done:
    """Nothing to do any more; all that was asked for has been told."""


Decision: TypeAlias = Sample | Promote | Wait | Done
