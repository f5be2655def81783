"""Ranges of sklearn-genetic-opt.

Their ``rvs`` must not be called: it is that of a distribution with other parameters.
"""

from __future__ import annotations

from typing import Any

from sksearch.space._categorical import Categorical
from sksearch.space._numeric import Float, Int
from sksearch.space.foreign._counterparts import check_even, no_counterpart, shown


def read_range_of_genes(value: Any) -> Categorical | Float | Int:
    """Return the range with the same meaning; both ends are included there, too."""
    if hasattr(value, "choices"):
        check_even(value.priors, value.choices, "'priors' of sklearn-genetic-opt")
        return Categorical(value.choices)
    if not hasattr(value, "lower"):
        raise no_counterpart(shown(value), "sklearn-genetic-opt")
    kind = Int if type(value).__name__ == "Integer" else Float
    return kind(value.lower, value.upper, log=value.distribution == "log-uniform")
