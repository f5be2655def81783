"""check_one_of: checks a user's name, with the nearest valid names in the error."""

from __future__ import annotations

from collections.abc import Iterable

from sksearch.space.values._values import did_you_mean, short


def check_one_of(what: str, name: object, known: Iterable[str]) -> str:
    """Return a name, or raise ValueError with the nearest valid names."""
    known = list(known)
    if isinstance(name, str) and name in known:
        return name
    shown = ", ".join(map(repr, known[:12])) + (", ..." if len(known) > 12 else "")
    msg = (
        f"{what} must be one of {shown}, got {short(name)}.{did_you_mean(name, known)}"
    )
    raise ValueError(msg)
