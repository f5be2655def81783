"""Ladder: the resources of the rungs and how many candidates each rung takes.

All computations are exact: in floating point, ``floor(log(243, 3))`` is 4, and a ladder
would lose its last rung.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from numbers import Real
from operator import index
from typing import Any, Self

from sksearch.exceptions import ResourceError


@dataclass(frozen=True)
class Ladder:
    """Rungs of growing resource; each takes 1 / `factor` of the candidates below it.

    The constructor takes the resources as they are; :meth:`between` and
    :meth:`multiples` compute them.

    Parameters
    ----------
    resources : tuple of int
        How much of the resource a candidate gets on each rung, in growing order; only
        the first may be repeated.
    factor : int or float, default=3
        One candidate in `factor` is promoted from each rung, rounded up. More than 1.
    n_candidates : int, default=1
        How many candidates start on the first rung.
    n_possible : int, default=0
        How many rungs fit between the smallest and the largest resource, whatever the
        number of candidates; 0 for the number of `resources`.

    Raises
    ------
    ResourceError
        If there is no resource, if they do not grow, or if a number is no integer or
        too small.

    See Also
    --------
    as_ladder : The ladder of the parameters of scikit-learn's halving searches.

    Examples
    --------
    >>> from sksearch.schedulers import Ladder
    >>> ladder = Ladder((2, 6, 18, 52), factor=3, n_candidates=27)
    >>> ladder.sizes
    (27, 9, 3, 1)
    >>> Ladder.between(1, 243, factor=3, n_candidates=243).resources
    (1, 3, 9, 27, 81, 243)
    """

    resources: tuple[int, ...]
    factor: int | Fraction = 3
    n_candidates: int = 1
    n_possible: int = 0

    def __post_init__(self) -> None:
        resources = tuple(whole("resources", r, least=1) for r in self.resources)
        if not resources:
            msg = "resources is empty: it must have at least one rung."
            raise ResourceError(msg)
        if not all(a < b or b == resources[0] for a, b in pairwise(resources)):
            msg = (
                f"resources={resources} do not grow from rung to rung. Write a greater "
                "factor, or more min_resources."
            )
            raise ResourceError(msg)
        n_possible = whole("n_possible", self.n_possible, least=0)
        _set(
            self,
            resources=resources,
            factor=exact(self.factor),
            n_candidates=whole("n_candidates", self.n_candidates, least=1),
            n_possible=n_possible or len(resources),
        )

    def __len__(self) -> int:
        return len(self.resources)

    @classmethod
    def between(
        cls,
        min_resources: int,
        max_resources: int,
        *,
        factor: float | Fraction = 3,
        n_candidates: int,
        aggressive_elimination: bool = False,
    ) -> Self:
        """Build the ladder that ends at `max_resources` exactly.

        The first rung has `min_resources`, the last one `max_resources`, and each rung
        the same multiple of the one below, at least `factor` times. If `max_resources`
        is `min_resources` times a power of `factor`, and there are candidates for all
        rungs, this is the usual ladder. A single rung has `max_resources`.

        Parameters
        ----------
        min_resources, max_resources : int
            The resources of the first and of the last rung.
        factor : int or float, default=3
            One candidate in `factor` is promoted from each rung, rounded up.
        n_candidates : int
            How many candidates start on the first rung.
        aggressive_elimination : bool, default=False
            Whether to repeat the first rung until the rungs bring the candidates down
            to less than `factor`.

        Returns
        -------
        ladder : Ladder
            With as many rungs as there are candidates and resources for.

        Raises
        ------
        ResourceError
            If a number is no integer or too small, or if `min_resources` is greater
            than `max_resources`.

        Examples
        --------
        >>> from sksearch.schedulers import Ladder
        >>> Ladder.between(20, 1000, n_candidates=50).resources
        (20, 73, 271, 1000)
        """
        factor = exact(factor)
        counts = _count(min_resources, max_resources, factor, n_candidates)
        low, high, n_required, n_possible = counts
        steps = min(n_required, n_possible) - 1
        resources = (*(_between(low, high, i, steps) for i in range(steps)), high)
        repeats = max(n_required - n_possible, 0) if aggressive_elimination else 0
        return cls((low,) * repeats + resources, factor, n_candidates, n_possible)

    @classmethod
    def multiples(
        cls,
        min_resources: int,
        max_resources: int,
        *,
        factor: float | Fraction = 3,
        n_candidates: int,
        aggressive_elimination: bool = False,
    ) -> Self:
        """Build the ladder of ``min_resources * factor**i``, as scikit-learn does.

        It ends at `max_resources` or below.

        Parameters
        ----------
        min_resources, max_resources : int
            As in :meth:`between`.
        factor : int or float, default=3
            As in :meth:`between`.
        n_candidates : int
            As in :meth:`between`.
        aggressive_elimination : bool, default=False
            As in :meth:`between`.

        Returns
        -------
        ladder : Ladder
            With as many rungs as there are candidates and resources for.

        Raises
        ------
        ResourceError
            As in :meth:`between`.

        Examples
        --------
        >>> from sksearch.schedulers import Ladder
        >>> Ladder.multiples(20, 1000, n_candidates=50).resources
        (20, 60, 180, 540)
        """
        factor = exact(factor)
        counts = _count(min_resources, max_resources, factor, n_candidates)
        low, _, n_required, n_possible = counts
        steps = min(n_required, n_possible) - 1
        resources = tuple(int(low * factor**i) for i in range(steps + 1))
        repeats = max(n_required - n_possible, 0) if aggressive_elimination else 0
        return cls((low,) * repeats + resources, factor, n_candidates, n_possible)

    def above(self, n_skipped: int) -> Self:
        """Return the ladder without its lowest rungs, for a bracket of Hyperband.

        Parameters
        ----------
        n_skipped : int
            How many of the lowest rungs to leave out, less than all.

        Returns
        -------
        ladder : Ladder
            With so many candidates that it costs about as much as this ladder, if each
            rung has `factor` times the resource of the one below.

        Raises
        ------
        ResourceError
            If no rung is left.

        Examples
        --------
        >>> from sksearch.schedulers import Ladder
        >>> Ladder.between(1, 9, n_candidates=9).above(1)
        Ladder(resources=(3, 9), factor=3, n_candidates=5, n_possible=3)
        """
        n = len(self)
        left = n - n_skipped
        size = share(self.n_candidates * n, left * self.factor**n_skipped)
        return replace(self, resources=self.resources[n_skipped:], n_candidates=size)

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many candidates each rung takes: a `factor`-th of those below, or all."""
        sizes = [self.n_candidates]
        for _ in self.resources[1:]:
            sizes.append(share(sizes[-1], self.factor))
        return tuple(sizes)

    @property
    def n_remaining(self) -> int:
        """How many candidates a rung above the last one would take."""
        return share(self.sizes[-1], self.factor)

    @property
    def n_required(self) -> int:
        """How many rungs bring the candidates down to less than `factor`."""
        return n_rungs(self.n_candidates, self.factor)


def share(n: int, factor: int | Fraction) -> int:
    """Return a `factor`-th of `n`, rounded up."""
    return -(-n // factor)


def n_rungs(ratio: int, factor: int | Fraction) -> int:
    """Return how many of 1, `factor`, `factor`**2, ... are not above `ratio`."""
    found = 0
    power: int | Fraction = 1
    while power <= ratio:
        power *= factor
        found += 1
    return found


def exact(factor: Any) -> int | Fraction:
    """Return a factor without rounding error, 11/10 for 1.1; or raise ResourceError."""
    is_number = isinstance(factor, Real) and not isinstance(factor, bool)
    if is_number and factor < math.inf:
        found = Fraction(factor).limit_denominator(1000)
        if found > 1:
            return int(found) if found.denominator == 1 else found
    msg = f"factor={factor!r}: a number greater than 1 is wanted."
    raise ResourceError(msg)


def whole(name: str, value: Any, least: int) -> int:
    """Return `value` as an integer of at least `least`, or raise ResourceError."""
    try:
        found = index(value)
    except TypeError:
        found = None
    if found is None or isinstance(value, bool) or found < least:
        msg = f"{name}={value!r}: an integer of at least {least} is wanted."
        raise ResourceError(msg)
    return found


def _count(
    low: Any, high: Any, factor: int | Fraction, n: Any
) -> tuple[int, int, int, int]:
    """Check the numbers; return the ends, rungs required, rungs possible."""
    low = whole("min_resources", low, least=1)
    high = whole("max_resources", high, least=1)
    n = whole("n_candidates", n, least=1)
    if low > high:
        # scikit-learn's message, with the names of its fitted attributes.
        msg = f"min_resources_={low} is greater than max_resources_={high}."
        raise ResourceError(msg)
    return low, high, n_rungs(n, factor), n_rungs(high // low, factor)


def _between(low: int, high: int, i: int, steps: int) -> int:
    """Return ``low * (high / low)**(i / steps)``, rounded down, in integers.

    It is the largest r with ``r**steps <= low**(steps - i) * high**i``.
    """
    power = low ** (steps - i) * high**i
    while low < high:
        middle = (low + high + 1) // 2
        if middle**steps <= power:
            low = middle
        else:
            high = middle - 1
    return low


def _set(ladder: Ladder, **values: Any) -> None:
    """Set fields of a frozen ladder in its `__post_init__`."""
    for name, value in values.items():
        object.__setattr__(ladder, name, value)
