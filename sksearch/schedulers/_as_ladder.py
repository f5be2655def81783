"""as_ladder: a ladder from the parameters of scikit-learn's halving searches."""

from __future__ import annotations

import math
from typing import Any

from sksearch.exceptions import ResourceError
from sksearch.schedulers._ladder import Ladder, exact, n_rungs, whole


def as_ladder(
    n_candidates: int | str = "exhaust",
    *,
    factor: float = 3,
    min_resources: int | str = "smallest",
    max_resources: int | str = "auto",
    aggressive_elimination: bool = False,
    smallest: int = 1,
    available: int | None = None,
    n_configurations: float = float("inf"),
) -> Ladder:
    """Return the ladder for the parameters of scikit-learn's halving searches.

    The numbers of candidates and of rungs are scikit-learn's, computed exactly. So
    are the resources, ``min_resources * factor**i``, if one end follows from the other:
    they may end a little below `max_resources`. The last rung has `max_resources`
    exactly, see :meth:`Ladder.between`,

    - if both ends are numbers, or
    - if the number of candidates follows from the resources, of which all may be used
      (``n_candidates="exhaust"`` and ``max_resources="auto"``, the defaults).

    Parameters
    ----------
    n_candidates : int or "exhaust", default="exhaust"
        Candidates on the first rung; "exhaust" for ``max_resources // min_resources``,
        which brings one or a few of them to the last rung.
    factor : int or float, default=3
        One candidate in `factor` is promoted from each rung. More than 1.
    min_resources : int, "smallest" or "exhaust", default="smallest"
        Resource of the first rung; "exhaust" for the most that leaves room for all
        rungs of the candidates.
    max_resources : int or "auto", default="auto"
        The most that a candidate may get; "auto" for all of it, `available`.
    aggressive_elimination : bool, default=False
        Repeat the first rung where there are too few rungs for the candidates.
    smallest : int, default=1
        The value of "smallest".
    available : int or None, default=None
        The value of "auto"; None if there is none.
    n_configurations : int or inf, default=inf
        The number of configurations in the space, a limit on `n_candidates`.

    Returns
    -------
    ladder : Ladder
        The rungs.

    Raises
    ------
    ResourceError
        If a number is no integer or too small, if `min_resources` is greater than
        `max_resources`, if both `n_candidates` and `min_resources` are "exhaust", or if
        `max_resources` is "auto" without `available`.

    See Also
    --------
    Ladder.between : A ladder with exact ends.
    Ladder.multiples : A ladder of scikit-learn's resources.

    Examples
    --------
    >>> from sksearch.schedulers import as_ladder
    >>> as_ladder(smallest=20, available=1000).resources
    (20, 73, 271, 1000)
    >>> as_ladder(6, min_resources="exhaust", available=1000).resources
    (333, 999)
    """
    exactly = exact(factor)
    if min_resources == "exhaust" and n_candidates == "exhaust":
        msg = (
            "n_candidates and min_resources cannot be both set to 'exhaust': "
            f"each follows from the other. {_one_of_them(n_configurations)}"
        )
        raise ResourceError(msg)
    high = _read_max(max_resources, available)
    low = _read_min(min_resources, smallest)
    if n_candidates == "exhaust":
        n = max(high // low, 1)
    else:
        n = _number("n_candidates", n_candidates, "'exhaust'")
    n = int(min(n, n_configurations))
    if min_resources == "exhaust":
        low = max(low, int(high // exactly ** (n_rungs(n, exactly) - 1)))
    numbers = not isinstance(min_resources, str) and not isinstance(max_resources, str)
    all_there_is = n_candidates == "exhaust" and max_resources == "auto"
    build = Ladder.between if numbers or all_there_is else Ladder.multiples
    return build(
        low,
        high,
        factor=exactly,
        n_candidates=n,
        aggressive_elimination=aggressive_elimination,
    )


def _one_of_them(n_configurations: float) -> str:
    """Return what to write in the place of two words."""
    if math.isinf(n_configurations):
        return "Write a number for one of them."
    return (
        f"For all {n_configurations} configurations of the space, as "
        f"HalvingGridSearchCV does, write n_candidates={n_configurations}."
    )


def _read_max(max_resources: Any, available: int | None) -> int:
    if max_resources != "auto":
        return _number("max_resources", max_resources, "'auto'")
    if available is None:
        msg = (
            "resource can only be 'n_samples' when max_resources='auto': set "
            "max_resources, since only you know how much of another resource is "
            "enough. Write max_resources=100, for example."
        )
        raise ResourceError(msg)
    return available


def _read_min(min_resources: Any, smallest: int) -> int:
    if min_resources not in ("smallest", "exhaust"):
        return _number("min_resources", min_resources, "'smallest' or 'exhaust'")
    if smallest < 1:
        msg = f"min_resources_={smallest}: you might have passed an empty dataset X."
        raise ResourceError(msg)
    return smallest


def _number(name: str, value: Any, words: str) -> int:
    if isinstance(value, str):
        msg = f"{name}={value!r}: an integer of at least 1 or {words} is wanted."
        raise ResourceError(msg)
    return whole(name, value, least=1)
