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

    Examples
    --------
    >>> from sksearch.schedulers import Ladder, SuccessiveHalving
    >>> SuccessiveHalving(Ladder((1, 3), n_candidates=3)).next()
    Sample(trial=0, rung=0, resource=1, bracket=0)
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

    Examples
    --------
    >>> from sksearch.schedulers import Ladder, SuccessiveHalving
    >>> scheduler = SuccessiveHalving(Ladder((1, 3), n_candidates=3))
    >>> for score in (0.7, 0.9, 0.8):
    ...     trial = scheduler.next()
    ...     scheduler.tell(trial.trial, trial.rung, score)
    >>> scheduler.next()
    Promote(trial=1, rung=1, resource=3, bracket=0)
    """

    trial: int
    rung: int
    resource: int
    bracket: int = 0


@dataclass(frozen=True)
class Wait:
    """Nothing to do until more scores are told.

    Examples
    --------
    >>> from sksearch.schedulers import Ladder, SuccessiveHalving
    >>> scheduler = SuccessiveHalving(Ladder((1, 3), n_candidates=2))
    >>> [type(scheduler.next()).__name__ for _ in range(3)]
    ['Sample', 'Sample', 'Wait']
    """


@dataclass(frozen=True)
class Done:
    """Nothing left to do: all trials have been told.

    Examples
    --------
    >>> from sksearch.schedulers import Done, Full, Ladder
    >>> scheduler = Full(Ladder((100,), n_candidates=1))
    >>> first = scheduler.next()
    >>> scheduler.tell(first.trial, first.rung, 0.9)
    >>> scheduler.next() == Done()
    True
    """


Decision: TypeAlias = Sample | Promote | Wait | Done
