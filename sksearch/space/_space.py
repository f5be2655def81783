"""Space: hyperparameters in one fixed order, and which of them are active when.

Notation
--------
n, d : number of points, number of hyperparameters
row : array of shape (d,), one point of the unit cube, NaN where a hyperparameter is
    inactive; for samplers
configuration : dict of name to value, the active hyperparameters only; for users
"""

from __future__ import annotations

import itertools
import math
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sksearch.exceptions import SpaceError
from sksearch.space._categorical import Listed
from sksearch.space._domain import Domain, FloatArray
from sksearch.space._placed import DRAWN, MisfitError, Placed, Realised
from sksearch.space.values import did_you_mean, short


@dataclass(frozen=True)
class Condition:
    """A hyperparameter is active while its `parent` is at this `option`."""

    parent: int
    option: int


@dataclass(frozen=True)
class Hyperparameter:
    """One axis of a space.

    Parameters
    ----------
    name : str
        Its name for ``set_params``.
    domain : Domain
        Its values.
    conditions : tuple of Condition, default=()
        It is active if any of these holds; without conditions, always.
    hidden : bool, default=False
        Whether it only chooses between sub-spaces and is never set itself.
    """

    name: str
    domain: Domain
    conditions: tuple[Condition, ...] = ()
    hidden: bool = False


class Space:
    """All hyperparameters of a search, parents before children.

    :func:`~sksearch.as_space` makes one. The methods are for authors of samplers.

    Parameters
    ----------
    hyperparameters : sequence of Hyperparameter
        The axes, each parent before its children.

    Attributes
    ----------
    hyperparameters : tuple of Hyperparameter
        The axes, in the order of the columns of a row.

    Examples
    --------
    >>> from sksearch import Choice, Float, Option, as_space
    >>> space = as_space(
    ...     {"kernel": Choice(["linear", Option("rbf", gamma=Float(0.0, 1.0))])}
    ... )
    >>> space.decode(space.complete([[0.9, 0.25], [0.2, 0.25]])[0])
    {'kernel': 'rbf', 'gamma': 0.25}
    >>> space.decode(space.complete([[0.9, 0.25], [0.2, 0.25]])[1])
    {'kernel': 'linear'}
    """

    def __init__(self, hyperparameters: Sequence[Hyperparameter]) -> None:
        self.hyperparameters: tuple[Hyperparameter, ...] = tuple(hyperparameters)
        self._index_axes()

    def _index_axes(self) -> None:
        """Prepare the lookup tables of the methods over arrays."""
        domains = [h.domain for h in self.hyperparameters]
        self.levels: NDArray[np.intp] = np.array(
            [0 if d.ordered else int(d.n_values) for d in domains], dtype=np.intp
        )
        self.modelled: NDArray[np.bool_] = np.array(
            [d.modelled for d in domains], dtype=bool
        )
        limits = np.array([d.limits for d in domains], dtype=np.float64).reshape(-1, 2)
        self.lower: FloatArray = limits[:, 0]
        self.upper: FloatArray = limits[:, 1]
        self._snapping = [j for j, d in enumerate(domains) if d.discrete]
        # child -> parent -> which options activate it. An inactive parent (index -1)
        # reads the last entry, which is False.
        self._tables: dict[int, dict[int, NDArray[np.bool_]]] = {}
        for j, h in enumerate(self.hyperparameters):
            for c in h.conditions:
                none = np.zeros(int(domains[c.parent].n_values) + 1, dtype=bool)
                table = self._tables.setdefault(j, {}).setdefault(c.parent, none)
                table[c.option] = True
        self._parents = sorted({p for tables in self._tables.values() for p in tables})

    def __len__(self) -> int:
        return len(self.hyperparameters)

    def __iter__(self) -> Iterator[Hyperparameter]:
        return iter(self.hyperparameters)

    def __repr__(self) -> str:
        return f"<Space of {len(self)} hyperparameters, {self.counted}>"

    @property
    def counted(self) -> str:
        """The number of configurations in words; an integer may exceed all floats."""
        size = self.size
        shown = min(size, sys.float_info.max) if size < math.inf else size
        return f"{shown:g} configurations"

    def snap(self, rows: FloatArray) -> FloatArray:
        """Return rows with every coordinate at the centre of its value's bin."""
        rows = np.array(rows, dtype=np.float64)
        for j in self._snapping:
            if j >= rows.shape[1]:  # an axis newer than the rows
                break
            rows[:, j] = self.hyperparameters[j].domain.snap(rows[:, j])
        return rows

    def activate(self, rows: FloatArray) -> FloatArray:
        """Return rows with NaN for inactive hyperparameters."""
        rows = np.array(rows, dtype=np.float64)
        option: dict[int, NDArray[np.intp]] = {}
        for j in range(len(self)):
            if j in self._tables:
                active = np.zeros(len(rows), dtype=bool)
                for parent, table in self._tables[j].items():
                    active |= table[option[parent]]
                rows[~active, j] = np.nan
            if j in self._parents:
                n = self.hyperparameters[j].domain.n_values
                index = np.minimum(np.floor(rows[:, j] * n), n - 1)
                option[j] = np.nan_to_num(index, nan=-1).astype(np.intp)
        return rows

    def complete(self, rows: Any) -> FloatArray:
        """Return points of the unit cube as rows: snapped, inactive entries NaN.

        Parameters
        ----------
        rows : array-like of shape (n, d)
            Points of the unit cube, without NaN.

        Returns
        -------
        rows : ndarray of shape (n, d)
            One row for each configuration: equal configurations have equal rows.
        """
        return self.activate(self.snap(np.asarray(rows, dtype=np.float64)))

    def edges(self, rows: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the edges of the bins of all coordinates; the units if continuous."""
        lower, upper = rows.copy(), rows.copy()
        for j in self._snapping:
            lower[:, j], upper[:, j] = self.hyperparameters[j].domain.edges(rows[:, j])
        return lower, upper

    def draw(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Return `n` random rows, drawn from the prior."""
        return self.complete(rng.random((n, len(self))))

    def decode(self, row: FloatArray) -> dict[str, Any]:
        """Return the configuration of a row."""
        configuration = {}
        for j, (h, unit) in enumerate(zip(self, row.tolist(), strict=True)):
            if not (math.isnan(unit) or h.hidden or unit == DRAWN):
                for name, domain in self.places_at(j, row):
                    configuration[name] = domain.from_unit(unit)
        return configuration

    def places_at(self, j: int, row: FloatArray) -> list[tuple[str, Domain]]:
        """Return the names of an active axis, and its values, below set parents."""
        h = self.hyperparameters[j]
        return [(h.name, h.domain)]

    def realise(self, row: FloatArray) -> Realised:
        """Return the configuration of a row, or the exception of the user's code."""
        try:
            return Realised(row, self.decode(row))
        except Exception as error:  # noqa: BLE001 - a distribution may be the user's
            return Realised(row, {}, error=error)

    def encode(self, configuration: Mapping[str, Any]) -> FloatArray:
        """Return the row of a configuration.

        Parameters
        ----------
        configuration : dict of str to object
            A value, or the label of an option, for each active hyperparameter, and for
            no other.

        Returns
        -------
        row : ndarray of shape (d,)
            Its point in the unit cube.

        Raises
        ------
        SpaceError
            If a value lies outside of the space, or a name is missing or unknown.
        """
        return self.best_reading(configuration, self._encode)

    def place(self, configuration: Mapping[str, Any]) -> FloatArray:
        """Return the row of a configuration to try.

        As :meth:`encode`, but a hyperparameter with `rvs` alone may have any value, or
        none: then the row has `DRAWN`.
        """
        if isinstance(configuration, Placed):
            return configuration.row
        if self.modelled.all():
            return self.encode(configuration)
        return self.best_reading(configuration, partial(self._encode, placing=True))

    def best_reading(
        self, configuration: Mapping[str, Any], row_of: Callable[..., FloatArray]
    ) -> FloatArray:
        """Return ``row_of(configuration, reading)`` for the first reading that fits."""
        problem = MisfitError("The space is empty.", -1)
        for meant in self._readings(configuration):
            try:
                return row_of(configuration, meant)
            except MisfitError as error:
                # The best-fitting dict is the one that the user meant.
                problem = error if error.n_fitting > problem.n_fitting else problem
        raise SpaceError(str(problem))

    def _readings(self, configuration: Mapping[str, Any]) -> Iterator[dict[int, int]]:
        """Yield all ways to make the choices that a configuration leaves open.

        These are choices between spaces, which have no value of their own, and choices
        in which several options have the given value.
        """
        undecided: dict[int, Sequence[int]] = {}
        for j, h in enumerate(self.hyperparameters):
            if not isinstance(h.domain, Listed):
                continue
            if h.hidden:
                undecided[j] = h.domain.distinct
            elif j in self._parents and h.name in configuration:
                found = h.domain.positions(configuration[h.name])
                undecided.update({j: found} if len(found) > 1 else {})
        for chosen in itertools.product(*undecided.values()):
            yield dict(zip(undecided, chosen, strict=True))

    def _encode(
        self,
        configuration: Mapping[str, Any],
        meant: Mapping[int, int],
        placing: bool = False,
    ) -> FloatArray:
        row = np.full(len(self), np.nan)
        used: set[str] = set()
        for j, h in enumerate(self.hyperparameters):
            if not self.is_active(j, row):
                continue
            if j in meant:
                row[j] = self.listed(j).unit(meant[j])
                used.update(() if h.hidden else (h.name,))
                continue
            if h.name not in configuration:
                if placing and not h.domain.modelled:
                    row[j] = DRAWN
                    continue
                given = short(dict(configuration))
                msg = f"{given} has no value for {h.name!r}, which it needs."
                raise MisfitError(msg, len(used))
            value = configuration[h.name]
            try:
                place = getattr(h.domain, "place", None) if placing else None
                row[j] = (place or h.domain.to_unit)(value)
            except ValueError as error:
                msg = f"{h.name}={short(value)} is not in the space: {error}"
                raise MisfitError(msg, len(used)) from None
            used.add(h.name)
        self._check_used(configuration, used)
        return np.asarray(self.snap(row[None])[0])

    def _check_used(self, configuration: Mapping[str, Any], used: set[str]) -> None:
        """Raise MisfitError if a configuration has a name that does not apply."""
        known = {h.name for h in self.hyperparameters}
        for name in configuration:
            if name in used:
                continue
            what, hint = "does not apply beside the others", ""
            if name not in known:
                what, hint = "is not in the space", did_you_mean(name, known)
            msg = f"{name!r} {what}, in {short(dict(configuration))}.{hint}"
            raise MisfitError(msg, len(used))

    def is_active(self, j: int, row: FloatArray) -> bool:
        """Tell whether hyperparameter `j` is active, given the axes before it."""
        return self._allow(self.hyperparameters[j].conditions, row)

    def _allow(self, conditions: Sequence[Condition], row: FloatArray) -> bool:
        """Tell whether any of the conditions holds, or there are none."""
        return not conditions or any(
            not math.isnan(row[c.parent]) and self.option(c.parent, row) == c.option
            for c in conditions
        )

    def option(self, j: int, row: FloatArray) -> int:
        """Return the position of the option of a `Choice` in a row."""
        return self.listed(j).index(float(row[j]))

    def listed(self, j: int) -> Listed:
        """Return the values of a hyperparameter that lists them."""
        domain = self.hyperparameters[j].domain
        assert isinstance(domain, Listed)
        return domain

    @property
    def size(self) -> float:
        """Number of distinct configurations; ``math.inf`` if not finite."""
        if all(len(tables) <= 1 for tables in self._tables.values()):
            roots = (j for j in range(len(self)) if j not in self._tables)
            return math.prod(self._size_below(j) for j in roots)
        return sum(
            math.prod(self.hyperparameters[j].domain.n_distinct for j in free)
            for _, free in self.branches()
        )

    @property
    def n_listed(self) -> float:
        """Number of configurations, with values listed twice counted twice."""
        return sum(
            math.prod(self.hyperparameters[j].domain.n_values for j in free)
            for _, free in self.branches()
        )

    def _size_below(self, j: int) -> float:
        """Count the configurations of an axis and the axes below it, in a tree."""
        if j not in self._parents:
            return self.hyperparameters[j].domain.n_distinct
        below = [(i, tables[j]) for i, tables in self._tables.items() if j in tables]
        sizes = {i: self._size_below(i) for i, _ in below}
        return sum(
            math.prod(sizes[i] for i, table in below if table[option])
            for option in self.listed(j).distinct
        )

    def branches(
        self, j: int = 0, row: FloatArray | None = None
    ) -> Iterator[tuple[FloatArray, list[int]]]:
        """Yield rows with all choices made, and their other active axes."""
        if row is None:
            row = np.full(len(self), np.nan)
        while j < len(self) and not (j in self._parents and self.is_active(j, row)):
            j += 1
        if j == len(self):
            others = (i for i in range(len(self)) if i not in self._parents)
            yield row, [i for i in others if self.is_active(i, row)]
            return
        domain = self.listed(j)
        for option in domain.distinct:
            chosen = row.copy()
            chosen[j] = domain.unit(option)
            yield from self.branches(j + 1, chosen)

    def rows(self) -> Iterator[FloatArray]:
        """Yield every row of a finite space once."""
        for branch, free in self.branches():
            for units in itertools.product(*map(self.grid, free)):
                row = branch.copy()
                row[free] = units
                yield row

    def grid(self, j: int) -> FloatArray:
        """Return all unit coordinates of a finite hyperparameter."""
        domain = self.hyperparameters[j].domain
        if isinstance(domain, Listed):
            return np.array([domain.unit(i) for i in domain.distinct])
        # Step from the upper edge of each bin into the next one.
        units: list[float] = []
        edge = 0.0
        while len(units) < domain.n_values:
            units.append(domain.snap_one(edge + 1e-12))
            edge = float(domain.edges(np.array([units[-1]]))[1][0])
        return np.array(units)
