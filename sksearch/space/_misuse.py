"""Wrong arguments of a class, answered with the line to write."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, TypeAlias, TypeVar

from sksearch.exceptions import SpaceTypeError

T = TypeVar("T")
#: ``check(args, words)`` raises for wrong arguments of a class.
Check: TypeAlias = Callable[[Sequence[Any], Mapping[str, Any]], None]


def answers(check: Check) -> Callable[[type[T]], type[T]]:
    """Return a decorator that checks the arguments of a class first.

    The signature stays the right one, for help pages and type checkers.
    """

    def decorated(kind: type[T]) -> type[T]:
        own: Any = kind  # a method is replaced
        made = own.__init__

        @wraps(made)
        def init(self: T, /, *args: Any, **words: Any) -> None:
            check(args, words)
            made(self, *args, **words)

        own.__init__ = init
        return kind

    return decorated


def check_prior(name: str, args: Sequence[Any], words: Mapping[str, Any]) -> None:
    """Raise SpaceTypeError for scikit-optimize's ``prior=``, with the line to write."""
    if "prior" not in words:
        return
    prior = words["prior"]
    log = isinstance(prior, str) and "log" in prior
    given = [*map(repr, args)]
    given += [f"{k}={v!r}" for k, v in words.items() if k != "prior"]
    given += ["log=True"] if log and "log" not in words else []
    msg = (
        f"{name} has no prior, got prior={prior!r}. Numbers are uniform between the "
        "bounds, with log=True on a logarithmic scale. Write "
        f"{name}({', '.join(given)})."
    )
    raise SpaceTypeError(msg)
