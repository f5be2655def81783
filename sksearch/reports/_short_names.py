"""Short names of parameters: their last part, or as many parts as are unambiguous."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable


def short_names(names: Iterable[str], taken: Collection[str] = ()) -> dict[str, str]:
    """Return the shortest unambiguous ending of each name.

    A whole name among those `taken`, which are already in use, gets the prefix
    ``param_``.

    Examples
    --------
    >>> from sksearch.reports._short_names import short_names
    >>> short_names(["clf__C", "a__l1", "b__l1", "rank"], taken=["rank"])
    {'clf__C': 'C', 'a__l1': 'a__l1', 'b__l1': 'b__l1', 'rank': 'param_rank'}
    """
    given = list(dict.fromkeys(names))
    counts = Counter(ending for name in given for ending in _endings(name))
    return {
        name: next(
            (
                ending
                for ending in _endings(name)
                if (counts[ending] == 1 or ending == name) and ending not in taken
            ),
            f"param_{name}",
        )
        for name in given
    }


def _endings(name: str) -> list[str]:
    """Return the endings of a name, the shortest one first."""
    parts = name.split("__")
    return ["__".join(parts[i:]) for i in range(len(parts) - 1, -1, -1)]
