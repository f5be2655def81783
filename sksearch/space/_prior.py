"""What scikit-optimize calls a prior, for those who write it here."""

from __future__ import annotations

from functools import wraps
from typing import Any, TypeVar

from sksearch.exceptions import SpaceTypeError

T = TypeVar("T")


def explains_prior(kind: type[T]) -> type[T]:
    """Make a class of numbers say what to write for ``prior=``."""
    own: Any = kind  # a method is replaced
    made = own.__init__

    @wraps(made)
    def init(self: T, *args: Any, **words: Any) -> None:
        if "prior" in words:
            prior, name = words.pop("prior"), kind.__name__
            log = isinstance(prior, str) and "log" in prior
            given = [*map(repr, args), *(f"{k}={v!r}" for k, v in words.items())]
            given += ["log=True"] if log and "log" not in words else []
            msg = (
                f"{name} has no prior, got prior={prior!r}. Numbers are uniform "
                "between the bounds, with log=True on a logarithmic scale. Write "
                f"{name}({', '.join(given)})."
            )
            raise SpaceTypeError(msg)
        made(self, *args, **words)

    own.__init__ = init
    return kind
