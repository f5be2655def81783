"""Tuned: the tuned estimator, or a `Choice` between several, and its space."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sksearch.evaluation import SLOT, Estimator, Slot, build_estimator, options_of
from sksearch.reports import Kind, kind_of, kinds_of
from sksearch.space import (
    Choice,
    DefineByRunSpace,
    Space,
    all_names,
    has_params,
    labels_of_objects,
)
from sksearch.trials import Candidate
from sksearch.workers import Pool

#: Number of random rows of the space from which likely estimators are made.
N_DRAWN = 64
#: With more options in one place, the random rows may miss some.
MAX_OPTIONS = 8


def kind_of_tuned(estimator: Estimator | Choice, names: Collection[str]) -> Kind:
    """Return the parameter of candidates that chooses the estimator type."""
    if isinstance(estimator, Choice):
        return Kind(SLOT, "")
    return kind_of(estimator, names)


@dataclass(frozen=True, eq=False)
class Tuned:
    """The tuned estimator and its space."""

    estimator: Estimator | Choice  # the user's estimator, with values instead of ranges
    space: Space
    base: Estimator  # the object that configurations are set on: a clone, or a `Slot`
    specification: object = None  # the space, as the user specified it

    @property
    def slot(self) -> str | None:
        """The parameter of the base that holds the chosen estimator, or None."""
        return SLOT if isinstance(self.base, Slot) else None

    @cached_property
    def kind(self) -> Kind:
        """The parameter that chooses the estimator type."""
        names = all_names(self.space)
        for example in getattr(self.space, "examples", ()):
            names |= example.keys()
        return kind_of_tuned(self.estimator, names)

    def label_of(self, candidate: Candidate) -> str:
        """Return the label of the estimator type of a candidate."""
        labels: list[dict[str, str]] = [{}]
        asked = isinstance(self.space, DefineByRunSpace)
        if not asked and self.kind.name in candidate.params:
            labels = labels_of_objects(self.space, [candidate.trial.row])
        [label] = kinds_of(self.kind, [candidate.params], labels)
        return label

    @property
    def is_replaced(self) -> bool:
        """Whether the space may replace estimators inside the tuned one."""
        if isinstance(self.estimator, Choice):
            return False
        if isinstance(self.space, DefineByRunSpace):
            return True
        return any(True for _ in self.listed_estimators())

    def listed_estimators(self) -> Iterator[Estimator]:
        """Yield the estimators among the listed values of the space."""
        for h in self.space:
            yield from filter(has_params, getattr(h.domain, "values", ()))

    def likely_estimators(self) -> Iterator[Estimator]:
        """Yield estimators of all kinds that a search will fit; none if unknown."""
        space = self.space
        if isinstance(space, DefineByRunSpace):
            return  # the options are known to the user's function only
        if any(
            not h.domain.ordered and h.domain.n_values > MAX_OPTIONS
            for h in space
            if h.name != self.slot  # each of its options comes first
        ):
            return
        yield from options_of(self.estimator)
        for row in space.draw(N_DRAWN, np.random.default_rng(0)):
            yield build_estimator(self.base, self.slot, space.decode(row))

    def check_sendable(self, pool: Pool) -> None:
        """Raise SpaceTypeError if a listed value cannot be sent to the workers."""
        for h in self.space.hyperparameters:
            for value in getattr(h.domain, "values", ()):
                pool.check_value(h.name, value)
