"""Decisions: the answers of a scheduler: Sample, Promote, Wait or Done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Sample:
    """Try a new trial.

    Parameters
    ----------
    trial : int
        Its number, in the order of sampling, from 0.
    rung : int
        Position on the ladder, from 0.
    resource : int
        How much of the resource the trial gets there.
    bracket : int, default=0
        Number of its halving run.
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
        Position on the ladder of its new rung.
    resource : int
        How much of the resource the trial gets there.
    bracket : int, default=0
        Number of its halving run.
    """

    trial: int
    rung: int
    resource: int
    bracket: int = 0


@dataclass(frozen=True)
class Wait:
    """Nothing to do until more scores are told."""


@dataclass(frozen=True)
class Done:
    """Nothing left to do: all trials have been told."""


Decision: TypeAlias = Sample | Promote | Wait | Done
