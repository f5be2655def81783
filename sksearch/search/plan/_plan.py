"""Plan: what a face has chosen for a search, before its first fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sksearch.evaluation import Evaluator, Folds, PredictionsAtTop, Resource
from sksearch.samplers import Sampler
from sksearch.schedulers import Scheduler
from sksearch.search._tuned import Tuned

#: The resource that is a number of rows.
SAMPLES = "n_samples"
#: The one that is a number of passes over them. A parameter of that name goes first.
EPOCHS = "epochs"
#: A search over so few is done as in scikit-learn, also if nothing can score.
FEW = 2


@dataclass(frozen=True, eq=False)
class Plan:
    """What a search is going to do: the parts that differ from face to face.

    Parameters
    ----------
    tuned : Tuned
        The space, and what its configurations are set on.
    sampler : Sampler
        Where configurations come from.
    scheduler : Scheduler
        When they are tried, and with how much.
    sizes : dict of int to int
        How many candidates there may be, by rung.
    resource : Resource
        What candidates get more of; by default they have everything at once.
    asked : str, default="n_iter"
        What the user calls the number of candidates.
    is_given : bool, default=True
        Whether the user gave that number, for all that can be known.
    repeats : bool, default=False
        Whether configurations are tried again when there are no more.
    columns : tuple of str, default=()
        Columns of ``cv_results_`` that only searches on several rungs have, see
        `sksearch.engine.rung_columns`.
    nan_may_win : bool, default=False
        Whether there is a winner where no candidate has a score, as in scikit-learn.
    attributes : dict of str to object, default={}
        What is set on the search before the first fit, ``min_resources_`` for one.
    """

    tuned: Tuned
    sampler: Sampler
    scheduler: Scheduler
    sizes: Mapping[int, int]
    resource: Resource = field(default_factory=Resource)
    asked: str = "n_iter"
    is_given: bool = True
    repeats: bool = False
    columns: tuple[str, ...] = ()
    nan_may_win: bool = False
    attributes: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def top_only(self) -> PredictionsAtTop:
        """The resource, with which lower rungs hand over no predictions."""
        return PredictionsAtTop(self.resource, self.scheduler.max_resource)

    @property
    def by_rung(self) -> bool:
        """Whether candidates are tried on several rungs."""
        return bool(self.columns)

    @property
    def is_short(self) -> bool:
        """Whether there are so few candidates that nothing is gained by giving up."""
        return min(self.scheduler.n_candidates, self.tuned.space.size) <= FEW

    @property
    def n_waiting(self) -> Mapping[int, int]:
        """How many candidates there may be whose models wait to go on, by rung."""
        return self.sizes if self.resource.goes_on else {}

    def lowest(self, folds: Folds) -> Folds:
        """Return what candidates on the lowest rung get of the folds."""
        whole = Evaluator(None, None, folds, None)
        return self.resource.give(whole, self.scheduler.min_resource).folds
