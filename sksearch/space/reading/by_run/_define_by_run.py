"""Define-by-run spaces: a function that asks for its values one after the other.

The space runs the function to find the hyperparameters of a point. A new hyperparameter
becomes a new axis at the end. Otherwise it is like any other space.

There is one axis for each name and kind of values. Its unit coordinate is relative to
the current bounds, which may depend on earlier answers.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Callable, Mapping
from numbers import Number
from typing import Any, TypeAlias

import numpy as np

from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.space._categorical import Listed
from sksearch.space._choice import Choice
from sksearch.space._domain import Domain, FloatArray
from sksearch.space._placed import Realised
from sksearch.space._space import Hyperparameter, Space
from sksearch.space.reading.by_run._alike import unit_of
from sksearch.space.reading.by_run._suggest import Key, Made, Moving, Suggest, moves
from sksearch.space.values import did_you_mean, has_params, plain, short

#: Trial runs of the function, to find its axes and the user's mistakes.
N_DRY_RUNS = 16
#: The most lists of options of one name with their own axes; all further share an axis.
MAX_LISTS = 16

#: Answers a question about an axis: (axis, possible values) -> unit coordinate.
Answer: TypeAlias = Callable[[int, Domain], float]


class DefineByRunSpace(Space):
    """The space of a function of a trial.

    The same answers must always lead to the same questions. Hyperparameters of the
    space `beside` are searched as well, unless the function returns their values.
    """

    def __init__(
        self,
        function: Callable[[Suggest], Mapping[str, Any]],
        beside: Space | None = None,
    ) -> None:
        self.function = function
        self.beside = beside
        self._known: dict[tuple[str, Key], int] = {}
        self._moving: list[bool] = []  # by axis
        self._made: Made = {}
        self._n_lists: Counter[str] = Counter()  # by name
        super().__init__(())
        #: Configurations that the function has returned, to check their names.
        self.examples: list[dict[str, Any]] = []
        self._run_dry()

    def _run_dry(self) -> None:
        """Find axes and mistakes; the function may fail at some points, not at all."""
        rng = np.random.default_rng(0)
        first: Exception | None = None
        for _ in range(N_DRY_RUNS):
            [row] = self.activate(rng.random((1, len(self))))
            made = self.realise(row)
            if made.error is None:
                self.examples.append(dict(made.configuration))
                self._check_repeatable(row, made.row)
                continue
            first = first or made.error
            if isinstance(made.error, _ScoreError):
                # The function fits models: do not repeat that.
                raise SpaceTypeError(str(made.error)) from None
        if first is not None and not self.examples:
            raise first

    def _check_repeatable(self, row: FloatArray, again: FloatArray) -> None:
        """Raise SpaceError if the same answers led to different questions."""
        once, twice = (set(np.flatnonzero(~np.isnan(r)).tolist()) for r in (row, again))
        if once != twice:
            names = sorted({self.hyperparameters[j].name for j in once ^ twice})
            msg = (
                f"The space function {short(self.function)} asks for {names} at one "
                "call and not at the next, after the same answers. Its questions must "
                "depend on the trial alone, not on random numbers, the clock or "
                "earlier calls: draw with trial.suggest_float or the like."
            )
            raise SpaceError(msg)

    def __repr__(self) -> str:
        return (
            f"<Space defined by {short(self.function)}, {len(self)} hyperparameters "
            "so far>"
        )

    @property
    def size(self) -> float:
        """Infinite: the number of configurations is unknown."""
        return float("inf")

    def activate(self, rows: FloatArray) -> FloatArray:
        """Return rows with NaN for axes that the function did not ask for.

        If it raises an exception, all later axes are NaN.
        """
        found = [self._follow(row)[0] for row in np.asarray(rows, dtype=np.float64)]
        out = np.full((len(found), len(self)), np.nan)
        for row, units in zip(out, found, strict=True):
            for j, unit in units.items():
                row[j] = unit
        return out

    def realise(self, row: FloatArray) -> Realised:
        """Run the function at a row, and return its result or its exception."""
        units, suggestions, outcome = self._follow(row)
        followed = np.full(len(self), np.nan)
        followed[list(units)] = list(units.values())
        if isinstance(outcome, Exception):
            return Realised(followed, suggestions, suggestions, outcome)
        return Realised(followed, outcome, suggestions)

    def decode(self, row: FloatArray) -> dict[str, Any]:
        """Return the result of the function at a row."""
        _, _, outcome = self._follow(row)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def _follow(
        self, row: FloatArray
    ) -> tuple[dict[int, float], dict[str, Any], dict[str, Any] | Exception]:
        """Run the function at a row; return its units by axis, answers and outcome."""
        given = row.tolist()
        units: dict[int, float] = {}

        def answer(j: int, domain: Domain) -> float:
            if j not in units:
                unit = given[j] if j < len(given) else math.nan
                if math.isnan(unit):
                    # A new axis: draw a value that depends on the row alone.
                    rng = np.random.default_rng([zlib.crc32(row.tobytes()), j])
                    unit = domain.snap_one(float(rng.random()))
                elif self._moving[j]:
                    discrete = domain.discrete
                    unit = min(max(unit, 0.0), 1.0)
                    unit = domain.snap_one(unit) if discrete else unit
                units[j] = unit
            return units[j]

        run = Run(self, answer)
        try:
            return units, run.suggestions, run()
        except Exception as error:  # noqa: BLE001 - the user's function may do anything
            return units, run.suggestions, error

    def encode(self, configuration: Mapping[str, Any]) -> FloatArray:
        """Return the row with these answers, one for each name that it asks for."""
        units: dict[int, float] = {}
        used: set[str] = set()

        def answer(j: int, domain: Domain) -> float:
            name = self.hyperparameters[j].name
            if name not in configuration:
                given = short(dict(configuration))
                msg = f"{given} has no value for {name!r}, which it needs."
                raise SpaceError(msg)
            used.add(name)
            value = configuration[name]
            try:
                units[j] = domain.snap_one(unit_of(domain, value))
            except (ValueError, TypeError):
                msg = f"{name}={short(value)} is not in {short(domain)}."
                raise SpaceError(msg) from None
            return units[j]

        Run(self, answer)()
        for name in configuration:
            if name not in used:
                msg = f"The function does not ask for {name!r} beside the others."
                raise SpaceError(msg + did_you_mean(name, used))
        row = np.full(len(self), np.nan)
        row[list(units)] = list(units.values())
        return row

    def axis(self, name: str, key: Key, domain: Domain) -> int:
        """Return the axis of a question, a new one if it has none."""
        j = self._known.get((name, key))
        if j is None:
            if key[0] == "list":
                self._n_lists[name] += 1
                if self._n_lists[name] > MAX_LISTS:
                    # Lists that depend on earlier answers share an axis, by position.
                    return self.axis(name, ("others",), domain)
            shown = Moving(domain) if key[0] == "others" else domain
            self.hyperparameters += (Hyperparameter(name, shown),)
            self._moving.append(key[0] == "others")
            j = self._known[name, key] = len(self) - 1
            self._index_axes()
        elif moves(key) and not self._moving[j]:
            first = self.hyperparameters[j].domain
            if first is not domain and first != domain:
                axes = list(self.hyperparameters)
                axes[j] = Hyperparameter(name, Moving(domain))
                self.hyperparameters: tuple[Hyperparameter, ...] = tuple(axes)
                self._moving[j] = True
                self._index_axes()
        return j

    def suggest(self, ask: Callable[[str, Key, Domain], Any]) -> Suggest:
        """Return the trial for a call of the function."""
        return Suggest(ask, self._made)


class Run:
    """One call of the function of a space.

    `answer` returns the answers, as unit coordinates; `suggestions` are those so far,
    by name.
    """

    def __init__(self, space: DefineByRunSpace, answer: Answer) -> None:
        self._space = space
        self._answer = answer
        self._met: dict[str, tuple[int, Domain]] = {}
        self.suggestions: dict[str, Any] = {}

    def _ask(self, name: str, key: Key, domain: Domain) -> Any:
        j = self._space.axis(name, key, domain)
        first, before = self._met.setdefault(name, (j, domain))
        if domain is not before and (first != j or (moves(key) and domain != before)):
            msg = f"{name!r} was asked for twice, as {before!r} and as {domain!r}."
            raise SpaceError(msg)
        unit = self._answer(j, domain)
        value = domain.from_unit(unit)
        self.suggestions[name] = value
        if isinstance(domain, Listed) and _goes_by_label(domain, value):
            self.suggestions[name] = domain.value_labels[domain.index(unit)]
        return value

    def __call__(self) -> dict[str, Any]:
        found = self._space.function(self._space.suggest(self._ask))
        if not isinstance(found, Mapping):
            raise _no_dict(found, self.suggestions)
        configuration = {str(name): plain(value) for name, value in found.items()}
        if self._space.beside is None:
            return configuration
        return self._with(self._space.beside, configuration)

    def _with(self, beside: Space, found: dict[str, Any]) -> dict[str, Any]:
        """Return the result of the function, with the hyperparameters beside it."""
        row = np.full(len(beside), np.nan)
        given = {**self.suggestions, **found}
        values: dict[str, Any] = {}
        for j, h in enumerate(beside):
            if not beside.is_active(j, row):
                continue
            value = given.get(h.name)
            fits = h.name in given and h.domain.contains(value)
            if fits:
                row[j] = h.domain.to_unit(value)
                # It may be the label of an option.
                values[h.name] = h.domain.from_unit(float(row[j]))
            elif h.name not in found:
                # A range that is an option of a choice has the name of the choice.
                name = f"{h.name} ({j})" if h.name in values else h.name
                values[h.name] = self._ask(name, ("beside", j), h.domain)
                row[j] = self._answer(*self._met[name])
            elif isinstance(h.domain, Choice) and isinstance(value, str):
                labels = ", ".join(map(repr, h.domain.labels))
                msg = f"Parameter {h.name!r}: {value!r} is none of the options {labels}"
                raise SpaceError(msg + "." + did_you_mean(value, h.domain.labels))
        return {**values, **{n: v for n, v in found.items() if n not in values}}


def _goes_by_label(domain: Listed, value: Any) -> bool:
    """Tell whether to record an option by its label.

    Options of a `Choice` may be equal, and a function may not exist in other processes.
    """
    return isinstance(domain, Choice) or (callable(value) and not has_params(value))


class _ScoreError(SpaceTypeError):
    """A space function returned a number, which can only be a score."""


def _no_dict(found: Any, suggestions: Mapping[str, Any]) -> SpaceTypeError:
    names = list(suggestions) or ["C"]
    line = ", ".join(f"{name!r}: {name}" for name in names[:3])
    line += ", ..." * (len(names) > 3)
    kind = _ScoreError if isinstance(found, Number) else SpaceTypeError
    return kind(
        "A define-by-run space must return a dict of names to values, the parameters "
        f"to set, got {short(found)} of type {type(found).__name__}; the search fits "
        f"and scores them. Write: return {{{line}}}"
    )
