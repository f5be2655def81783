"""Held: a range that an estimator holds in the place of a value."""

from __future__ import annotations

from dataclasses import dataclass

from sksearch.space._domain import Domain


@dataclass(frozen=True, eq=False, repr=False)
class Held:
    """A range that an estimator holds, as the specification of its parameter.

    Parameters
    ----------
    domain : Domain
        The range, with what the place wants for an absent step.
    source : Domain
        The object of the user's. In two places it is one hyperparameter.
    """

    domain: Domain
    source: Domain

    def __repr__(self) -> str:
        return repr(self.domain)
