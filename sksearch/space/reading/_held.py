"""Held: a range that an estimator holds instead of a value."""

from __future__ import annotations

from dataclasses import dataclass

from sksearch.space._domain import Domain


@dataclass(frozen=True, eq=False, repr=False)
class Held:
    """A range that an estimator holds, as the specification of its parameter."""

    domain: Domain  # the range, with the value that the place needs for an absent step
    # The user's object. The same object in two places is one hyperparameter.
    source: Domain

    def __repr__(self) -> str:
        return repr(self.domain)
