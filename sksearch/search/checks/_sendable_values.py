"""Check that the listed values of a space can be sent to the workers."""

from __future__ import annotations

from sksearch.space import Space
from sksearch.workers import Pool


def check_sendable(space: Space, pool: Pool) -> None:
    """Raise SpaceTypeError if a listed value cannot be sent to the workers.

    Parameters
    ----------
    space : Space
        The space of the search.
    pool : Pool
        The workers.
    """
    for h in space.hyperparameters:
        for value in getattr(h.domain, "values", ()):
            pool.check_value(h.name, value)
