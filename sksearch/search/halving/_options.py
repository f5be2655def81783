"""What the parameters of a halving search may be."""

from __future__ import annotations

from numbers import Integral
from typing import Any

from sksearch._sklearn import Interval, StrOptions
from sksearch.samplers import GPSampler, RandomSampler, Sampler, TPESampler

#: The samplers by the names that they have there.
SAMPLERS: dict[str, type[Sampler]] = {
    "random": RandomSampler,
    "tpe": TPESampler,
    "gp": GPSampler,
}

#: The parameters that other searches do not have, as scikit-learn checks them.
CONSTRAINTS: dict[str, Any] = {
    "n_candidates": [
        Interval(Integral, 1, None, closed="left"),
        StrOptions({"exhaust"}),
    ],
    "factor": [Interval(Integral, 2, None, closed="left")],
    "resource": [str],
    "min_resources": [
        Interval(Integral, 1, None, closed="left"),
        StrOptions({"auto", "smallest", "exhaust"}),
    ],
    "max_resources": [
        Interval(Integral, 1, None, closed="left"),
        StrOptions({"auto"}),
    ],
    "aggressive_elimination": ["boolean"],
    "sampler": [StrOptions(set(SAMPLERS))],
    "brackets": [
        Interval(Integral, 1, None, closed="left"),
        StrOptions({"hyperband"}),
    ],
    "asynchronous": ["boolean"],
    "n_full": [Interval(Integral, 0, None, closed="left")],
    "continue_fits": ["boolean"],
}
