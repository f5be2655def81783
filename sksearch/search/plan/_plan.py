"""Plan: the parts that a face chooses for a search, before its first fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sksearch.evaluation import Evaluator, Folds, PredictionsAtTop, Resource
from sksearch.samplers import Sampler
from sksearch.schedulers import Scheduler
from sksearch.search.plan._tuned import Tuned

#: The resource that is a number of rows.
SAMPLES = "n_samples"
#: The resource that is a number of passes over them. A parameter of the estimator with
#: that name takes precedence.
EPOCHS = "epochs"
#: A search with at most this many candidates never gives up, and works as in
#: scikit-learn.
FEW = 2


@dataclass(frozen=True, eq=False)
class Plan:
    """The plan of a search: the parts that differ from face to face."""

    tuned: Tuned  # the space, and the estimator on which its configurations are set
    sampler: Sampler
    # Decides when they are tried, and with how much of the resource.
    scheduler: Scheduler
    sizes: Mapping[int, int]  # the largest number of candidates, by rung
    # The resource that rungs give; by default everything at once.
    resource: Resource = field(default_factory=Resource)
    asked: str = "n_iter"  # the parameter that sets the number of candidates
    is_given: bool = True  # whether the user set that parameter, as far as can be known
    # Whether configurations are tried again when the space is exhausted.
    repeats: bool = False
    # Columns of ``cv_results_`` that only searches on several rungs have.
    columns: tuple[str, ...] = ()
    # Whether there is a winner if no candidate has a score, as in scikit-learn.
    nan_may_win: bool = False
    # Attributes to set on the search with its tables, such as ``min_resources_``.
    attributes: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def top_only(self) -> PredictionsAtTop:
        """The resource, without predictions below the top rung."""
        return PredictionsAtTop(self.resource, self.scheduler.max_resource)

    @property
    def by_rung(self) -> bool:
        """Whether candidates are tried on several rungs."""
        return bool(self.columns)

    @property
    def is_short(self) -> bool:
        """Whether there are so few candidates that giving up saves nothing."""
        return min(self.scheduler.n_candidates, self.tuned.space.size) <= FEW

    @property
    def n_kept_models(self) -> Mapping[int, int]:
        """Number of candidates whose models may be kept for the next rung, by rung."""
        return self.sizes if self.resource.goes_on else {}

    def lowest(self, folds: Folds) -> Folds:
        """Return the folds as candidates on the lowest rung get them."""
        whole = Evaluator(None, None, folds, None)
        return self.resource.give(whole, self.scheduler.min_resource).folds
