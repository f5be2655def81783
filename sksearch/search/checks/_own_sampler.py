"""Checks of `sampler`, a class or a function of the user's that makes a sampler."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sksearch.samplers import Sampler
from sksearch.space import Space, call_error, short

#: The line to write for samplers of the package, and for the user's own.
_INSTEAD = (
    "TPESearchCV and BayesSearchCV have samplers of their own, and HalvingSearchCV "
    "takes the names of some; write sampler=MySampler for a class of yours that "
    "inherits from sksearch.samplers.Sampler."
)


def check_sampler(sampler: object, names: Iterable[str] = ()) -> None:
    """Raise TypeError or ValueError for what cannot make a sampler."""
    if sampler is None or (isinstance(sampler, str) and sampler in names):
        return
    if isinstance(sampler, Sampler):
        kind = type(sampler).__name__
        msg = (
            f"The 'sampler' parameter is an instance of {kind}, wanted the class: each "
            f"fit makes a new one, with its space and seed. Write sampler={kind}, and "
            "its settings in sampler_params."
        )
        raise TypeError(msg)
    if isinstance(sampler, type) and issubclass(sampler, Sampler):
        if inspect.isabstract(sampler):
            msg = (
                f"The 'sampler' parameter is the class {sampler.__name__}, which "
                "proposes nothing. Write a class that inherits from it and has a "
                "method propose(self), which returns rows of the unit cube."
            )
            raise TypeError(msg)
        return
    if isinstance(sampler, str):
        known = f" one of {', '.join(map(repr, sorted(names)))}, or" if names else ""
        msg = (
            f"The 'sampler' parameter must be{known} a class, got {sampler!r}. "
            f"{_INSTEAD}"
        )
        raise ValueError(msg)  # noqa: TRY004 - as for other unknown names
    if isinstance(sampler, type) or not callable(sampler):
        msg = (
            "The 'sampler' parameter must be a class that inherits from "
            "sksearch.samplers.Sampler, or a function that returns an instance of one, "
            f"got {short(sampler)}. {_INSTEAD}"
        )
        raise TypeError(msg)


def made_sampler(
    kind: Callable[..., Any], space: Space, words: Mapping[str, object]
) -> Sampler:
    """Return the sampler that a class or a function makes, checked.

    Raise TypeError if it does not take the arguments (the seed, the first points, and
    settings), or makes no sampler of this space.
    """
    name = getattr(kind, "__name__", type(kind).__name__)
    error = call_error(kind, space, **words)
    if error is not None:
        msg = (
            f"sampler={name} cannot be called as the search does, with the space and "
            f"with {', '.join(words)}: {error}. Write def "
            f"{'__init__(self, ' if isinstance(kind, type) else f'{name}('}space, "
            "*, random_state=None, initial_points=(), ...), and hand these on to "
            "Sampler."
        )
        raise TypeError(msg)
    made = kind(space, **words)
    if not isinstance(made, Sampler):
        msg = (
            f"sampler={name} must return an instance of sksearch.samplers.Sampler, got "
            f"{short(made)}."
        )
        raise TypeError(msg)
    if made.space is not space:
        msg = (
            f"sampler={name} made a sampler of another space than that of the search. "
            "Hand on the space that it gets, as it is."
        )
        raise TypeError(msg)
    return made
