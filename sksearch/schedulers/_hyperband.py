"""Hyperband: several brackets, from many candidates with little to few with much."""

from __future__ import annotations

from numbers import Integral

from sksearch.exceptions import ResourceError
from sksearch.schedulers._async_halving import is_safe
from sksearch.schedulers._base import Scheduler
from sksearch.schedulers._bracket import Bracket
from sksearch.schedulers._ladder import Ladder


class Hyperband(Scheduler):
    """Successive halving from each rung of the ladder (Li et al., 2017).

    Use it when low rungs may mislead. Bracket b skips the lowest b rungs. All brackets
    cost about the same: of K brackets on K rungs, with n candidates in the first one,
    bracket b starts with ``ceil(n * K / ((K - b) * factor**b))``. With
    ``n = factor**(K - 1)`` these are the numbers of the paper.

    Parameters
    ----------
    ladder : Ladder
        The rungs, and the number of candidates of the first bracket.
    brackets : int or None, default=None
        How many brackets, beginning with the one with the most candidates; None for one
        from each rung.
    asynchronous : bool, default=False
        Whether the brackets have no barriers, as in `AsyncHalving`.

    Attributes
    ----------
    ladders : list of Ladder
        One for each bracket.

    Raises
    ------
    ResourceError
        If `brackets` is no integer from 1 to the number of rungs.

    References
    ----------
    Li, Jamieson, DeSalvo, Rostamizadeh and Talwalkar, "Hyperband: a novel bandit-based
    approach to hyperparameter optimization", JMLR 18, 2017.

    Examples
    --------
    >>> from sksearch.schedulers import Hyperband, Ladder
    >>> ladder = Ladder.between(1, 81, factor=3, n_candidates=81)
    >>> for ladder in Hyperband(ladder).ladders:
    ...     print(ladder.sizes, ladder.resources)
    (81, 27, 9, 3, 1) (1, 3, 9, 27, 81)
    (34, 12, 4, 2) (3, 9, 27, 81)
    (15, 5, 2) (9, 27, 81)
    (8, 3) (27, 81)
    (5,) (81,)
    """

    def __init__(
        self,
        ladder: Ladder,
        brackets: int | None = None,
        *,
        asynchronous: bool = False,
    ) -> None:
        n = len(ladder)
        if brackets is not None and not _is_one_of(brackets, n):
            msg = (
                f"brackets={brackets!r}: None or an integer from 1 to {n} is wanted, "
                f"one bracket for each rung of {ladder.resources}."
            )
            raise ResourceError(msg)
        self.ladders: list[Ladder] = [ladder.above(b) for b in range(n)][:brackets]
        early = is_safe if asynchronous else None
        super().__init__(
            [
                Bracket(rungs, number=b, n_skipped=b, early=early)
                for b, rungs in enumerate(self.ladders)
            ]
        )


def _is_one_of(value: object, n: int) -> bool:
    """Tell if a value is an integer from 1 to `n`."""
    return (
        isinstance(value, Integral)
        and not isinstance(value, bool)
        and 1 <= int(value) <= n
    )
