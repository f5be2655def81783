"""Names that a user gives, and messages with the nearest ones."""

from __future__ import annotations

from collections.abc import Iterable

from sksearch.space import did_you_mean, short


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
