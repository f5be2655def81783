"""HalvingParameters: the additional parameters of halving, and their constraints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

from sksearch._sklearn import Interval, StrOptions
from sksearch.samplers import GPSampler, RandomSampler, Sampler, TPESampler
from sksearch.search.plan import SAMPLES

#: The values of the parameter `sampler`.
SAMPLERS: dict[str, type[Sampler]] = {
    "random": RandomSampler,
    "tpe": TPESampler,
    "gp": GPSampler,
}

#: The additional parameters, with constraints for scikit-learn's validation.
CONSTRAINTS: dict[str, Any] = {
    "n_candidates": [
        Interval(Integral, 1, None, closed="left"),
        StrOptions({"exhaust"}),
    ],
    "factor": [Interval(Real, 1, None, closed="neither")],
    "resource": [str],
    "min_resources": [
        Interval(Integral, 1, None, closed="left"),
        StrOptions({"auto", "smallest", "exhaust"}),
    ],
    "max_resources": [Interval(Integral, 1, None, closed="left"), StrOptions({"auto"})],
    "aggressive_elimination": ["boolean"],
    "sampler": "no_validation",  # the base class says more
    "brackets": [Interval(Integral, 1, None, closed="left"), StrOptions({"hyperband"})],
    "asynchronous": ["boolean"],
    "n_full": [Interval(Integral, 0, None, closed="left")],
    "continue_fits": ["boolean"],
}


@dataclass(frozen=True)
class HalvingParameters:
    """The additional parameters, documented in `HalvingSearchCV`."""

    n_candidates: int | str = "exhaust"
    factor: float = 3
    resource: str = SAMPLES
    min_resources: int | str = "auto"
    max_resources: int | str = "auto"
    aggressive_elimination: bool = False
    sampler: str | Callable[..., Sampler] = "random"
    brackets: int | str = 1
    asynchronous: bool = False
    n_full: int = 0
    continue_fits: bool = True

    @classmethod
    def of(cls, search: object) -> HalvingParameters:
        """Return the parameters of a search."""
        return cls(**{name: getattr(search, name) for name in CONSTRAINTS})

    @property
    def makes_sampler(self) -> Callable[..., Sampler]:
        """The class of the sampler, or the function that makes it."""
        made = self.sampler
        return SAMPLERS[made] if isinstance(made, str) else made

    @property
    def set_by_us(self) -> str | None:
        """The parameter of the estimator that is set on each rung; None for rows."""
        return None if self.resource == SAMPLES else self.resource

    @property
    def several(self) -> bool:
        """Whether there are several brackets, and a column for them in the table."""
        return self.brackets != 1 or self.n_full > 0

    @property
    def asked(self) -> str:
        """The name of the total number of candidates, for messages."""
        return "n_candidates of all brackets" if self.several else "n_candidates"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of ``cv_results_`` with rung, resource and bracket."""
        return ("iter", "n_resources", *(["bracket"] if self.several else []))
