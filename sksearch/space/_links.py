"""LinkedSpace: one range in several places of an estimator is one hyperparameter."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from sksearch.exceptions import SpaceError
from sksearch.space._domain import Domain, FloatArray
from sksearch.space._paths import in_order
from sksearch.space._placed import Placed
from sksearch.space._space import Condition, Hyperparameter, Space
from sksearch.space.values import short


class Place(NamedTuple):
    """One of the places of a hyperparameter."""

    name: str
    # The values there; the value for an absent step depends on the place.
    domain: Domain
    # The parameter is active if any of them holds; without conditions, always.
    conditions: tuple[Condition, ...]


class LinkedSpace(Space):
    """A space in which some hyperparameters have several names.

    An axis with several places has the name of the first. `apart` is the same space
    with one hyperparameter for each place, and `axes` has the axis in this space of
    each of these.
    """

    def __init__(
        self,
        hyperparameters: Sequence[Hyperparameter],
        places: Mapping[int, tuple[Place, ...]],
        apart: Space,
        axes: Sequence[int],
    ) -> None:
        super().__init__(hyperparameters)
        self.places = dict(places)
        self.apart = apart
        self._axes = tuple(axes)

    @property
    def axes(self) -> tuple[int, ...]:
        """For each hyperparameter of `apart`, its axis in this space."""
        return self._axes

    def places_at(self, j: int, row: FloatArray) -> list[tuple[str, Domain]]:
        """Return the names of an active axis, and its values, below set parents."""
        if j not in self.places:
            return super().places_at(j, row)
        return [
            (place.name, place.domain)
            for place in self.places[j]
            if self._allow(place.conditions, row)
        ]

    def encode(self, configuration: Mapping[str, Any]) -> FloatArray:
        """Return the row of a configuration; SpaceError if two names disagree."""
        return self._joined(configuration, self.apart.encode(configuration))

    def place(self, configuration: Mapping[str, Any]) -> FloatArray:
        """Return the row of a configuration to try."""
        if isinstance(configuration, Placed):
            return configuration.row
        return self._joined(configuration, self.apart.place(configuration))

    def _joined(
        self, configuration: Mapping[str, Any], units: FloatArray
    ) -> FloatArray:
        """Return the row of this space for a row of `apart`."""
        row = np.full(len(self), np.nan)
        names: dict[int, str] = {}
        for h, j, unit in zip(self.apart, self._axes, units.tolist(), strict=True):
            if math.isnan(unit):
                continue
            if j in names and unit != row[j]:
                raise SpaceError(disagree(configuration, names[j], h.name))
            row[j], names[j] = unit, h.name
        return row


def disagree(given: Mapping[str, Any], one: str, other: str) -> str:
    """Return the message about different values of one hyperparameter."""
    return (
        f"{one!r} and {other!r} are one hyperparameter, since one object stands in "
        f"both places, got {short(given[one])} and {short(given[other])}."
    )


def names_of(space: Space, j: int) -> list[str]:
    """Return all the names of an axis."""
    places = space.places.get(j) if isinstance(space, LinkedSpace) else None
    names = [place.name for place in places or ()]
    return list(dict.fromkeys(names)) or [space.hyperparameters[j].name]


def all_names(space: Space) -> set[str]:
    """Return all names that configurations of a space may have."""
    each = space.apart if isinstance(space, LinkedSpace) else space
    return {h.name for h in each if not h.hidden}


def linked(hyperparameters: Sequence[Hyperparameter], sources: Sequence[Any]) -> Space:
    """Return a space in which hyperparameters with the same source share an axis.

    There is one source for each hyperparameter, None if it shares its axis with no
    other.
    """
    apart = Space(hyperparameters)
    groups: dict[Any, list[int]] = {}
    for j, source in enumerate(sources):
        groups.setdefault(("alone", j) if source is None else source, []).append(j)
    if len(groups) == len(hyperparameters):
        return apart
    members = list(groups.values())
    axis = {j: k for k, group in enumerate(members) for j in group}
    merged = [_merged([hyperparameters[j] for j in group], axis) for group in members]
    now = {old: new for new, old in enumerate(in_order(merged))}
    at = {j: now[k] for j, k in axis.items()}
    return LinkedSpace(
        [replace(merged[k], conditions=moved(merged[k].conditions, now)) for k in now],
        {
            now[k]: tuple(
                Place(h.name, h.domain, moved(h.conditions, at))
                for h in (hyperparameters[j] for j in group)
            )
            for k, group in enumerate(members)
            if len(group) > 1
        },
        apart,
        [at[j] for j in range(len(hyperparameters))],
    )


def _merged(group: Sequence[Hyperparameter], axis: Mapping[int, int]) -> Hyperparameter:
    """Return one axis for several, active wherever any of them is."""
    always = not all(h.conditions for h in group)
    conditions = () if always else tuple(c for h in group for c in h.conditions)
    return replace(group[0], conditions=moved(conditions, axis))


def moved(
    conditions: Iterable[Condition], places: Mapping[int, int]
) -> tuple[Condition, ...]:
    """Return conditions with the new positions of the parents."""
    moved = (Condition(places[c.parent], c.option) for c in conditions)
    return tuple(dict.fromkeys(moved))
