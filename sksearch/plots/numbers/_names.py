"""Short names of hyperparameters, and nearest names for messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sksearch.space import did_you_mean, short


def short_labels(names: Iterable[str]) -> dict[str, str]:
    """Return the shortest ending of each name that no other name has.

    Examples
    --------
    >>> from sksearch.plots.numbers import short_labels
    >>> short_labels(["clf__C", "a__l1", "b__l1"])
    {'clf__C': 'C', 'a__l1': 'a__l1', 'b__l1': 'b__l1'}
    """
    endings = {name: _endings(name) for name in names}
    counts = Counter(ending for found in endings.values() for ending in found)
    return {
        name: next((e for e in found if counts[e] == 1), name)
        for name, found in endings.items()
    }


def _endings(name: str) -> list[str]:
    """Return the endings of a name, the shortest one first."""
    parts = name.split("__")
    return ["__".join(parts[i:]) for i in range(len(parts) - 1, -1, -1)]


def check_one_of(what: str, name: object, known: Iterable[str]) -> str:
    """Return a name, or raise ValueError with the nearest ones.

    Parameters
    ----------
    what : str
        What it is the name of, with the parameter: "parameters: a hyperparameter".
    name : object
        What came.
    known : iterable of str
        What there is.
    """
    known = list(known)
    if isinstance(name, str) and name in known:
        return name
    shown = ", ".join(map(repr, known[:12])) + (", ..." if len(known) > 12 else "")
    hint = did_you_mean(name, known) if isinstance(name, str) else ""
    msg = f"{what} must be one of {shown}, got {short(name)}.{hint}"
    raise ValueError(msg)
