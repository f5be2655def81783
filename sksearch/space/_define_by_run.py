"""Define-by-run spaces: a function that asks for its values one after the other.

The function is run to see which hyperparameters a point has; a hyperparameter that was
never met before becomes a new axis, at the end. All else is as in any other space.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, TypeAlias

import numpy as np

from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.space._categorical import Categorical, listed_values
from sksearch.space._domain import Domain, FloatArray
from sksearch.space._mistakes import check_values
from sksearch.space._numeric import Float, Int
from sksearch.space._space import Hyperparameter, Space
from sksearch.space._values import did_you_mean, plain, short

#: How often the function is run beforehand, to meet the axes and the user's mistakes.
N_DRY_RUNS = 16


#: Answers a question: (what was asked, name, how to make the domain) -> value.
Answer: TypeAlias = Callable[[tuple[Any, ...], str, Callable[[], Domain]], Any]


class Suggest:
    """The `trial` that a define-by-run function is called with.

    Its methods have the names and the arguments of Optuna's.
    """

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def suggest_float(
        self,
        name: str,
        low: float,
        high: float,
        *,
        step: float | None = None,
        log: bool = False,
    ) -> float:
        """Return a real number from `low` to `high`."""
        asked = (float, name, low, high, log, step)
        domain = partial(Float, low, high, log=log, step=step)
        return float(self._answer(asked, name, domain))

    def suggest_int(
        self, name: str, low: int, high: int, *, step: int = 1, log: bool = False
    ) -> int:
        """Return an integer from `low` to `high`."""
        asked = (int, name, low, high, log, step)
        domain = partial(Int, low, high, log=log, step=None if step == 1 else step)
        return int(self._answer(asked, name, domain))

    def suggest_categorical(self, name: str, choices: Sequence[Any]) -> Any:
        """Return one of `choices`."""
        kinds = tuple(map(type, choices)) if isinstance(choices, Sequence) else ()
        asked = (
            list,
            name,
            kinds,
            choices if isinstance(choices, str) else (*choices,),
        )
        return self._answer(asked, name, partial(_categorical, choices))


def _categorical(choices: Any) -> Categorical:
    listed = listed_values("its choices", choices)
    check_values("its choices", listed)
    return Categorical.from_list(listed)


class DefineByRunSpace(Space):
    """The space that a function of a trial describes.

    Parameters
    ----------
    function : callable
        ``function(trial) -> dict``; the same answers must always lead to the same
        questions.
    """

    def __init__(self, function: Callable[[Suggest], Mapping[str, Any]]) -> None:
        self.function = function
        self._known: dict[tuple[Any, ...], int] = {}
        super().__init__(())
        #: Configurations that the function has returned, to check names by.
        self.examples: list[dict[str, Any]] = []
        rng = np.random.default_rng(0)
        for _ in range(N_DRY_RUNS):
            [row] = self.activate(rng.random((1, len(self))))
            self.examples.append(self.decode(row))

    def __repr__(self) -> str:
        return (
            f"<Space defined by {short(self.function)}, {len(self)} hyperparameters "
            "so far>"
        )

    @property
    def size(self) -> float:
        """Infinite: how many configurations there are cannot be known."""
        return float("inf")

    def activate(self, rows: FloatArray) -> FloatArray:
        """Return rows with NaN for what the function did not ask for."""
        found = [self._run_row(row) for row in np.asarray(rows, dtype=np.float64)]
        out = np.full((len(found), len(self)), np.nan)
        for row, units in zip(out, found, strict=True):
            for j, unit in units.items():
                row[j] = unit
        return out

    def _run_row(self, row: FloatArray) -> dict[int, float]:
        given = row.tolist()
        units: dict[int, float] = {}

        def answer(j: int) -> Any:
            domain = self.hyperparameters[j].domain
            if j not in units:
                unit = given[j] if j < len(given) else math.nan
                if math.isnan(unit):
                    # A new axis: any draw will do, if the same row gives the same one.
                    rng = np.random.default_rng([zlib.crc32(row.tobytes()), j])
                    unit = domain.snap_one(float(rng.random()))
                units[j] = unit
            return domain.from_unit(units[j])

        self._run(answer)
        return units

    def decode(self, row: FloatArray) -> dict[str, Any]:
        """Return what the function returns at a row."""
        units = row.tolist()
        return self._run(lambda j: self.hyperparameters[j].domain.from_unit(units[j]))

    def encode(self, configuration: Mapping[str, Any]) -> FloatArray:
        """Return the row at which the function is given these values.

        Parameters
        ----------
        configuration : dict of str to object
            A value for each name that the function asks for.
        """
        units: dict[int, float] = {}
        used: set[str] = set()

        def answer(j: int) -> Any:
            name, domain = self.hyperparameters[j].name, self.hyperparameters[j].domain
            if name not in configuration:
                given = short(dict(configuration))
                msg = f"{given} has no value for {name!r}, which it needs."
                raise SpaceError(msg)
            used.add(name)
            value = configuration[name]
            if not domain.contains(value):
                msg = f"{name}={short(value)} is not in {short(domain)}."
                raise SpaceError(msg)
            units[j] = domain.to_unit(value)
            return value

        self._run(answer)
        for name in configuration:
            if name not in used:
                msg = f"{name!r} is not asked for beside the others." + did_you_mean(
                    name, used
                )
                raise SpaceError(msg)
        row = np.full(len(self), np.nan)
        for j, unit in units.items():
            row[j] = unit
        return np.asarray(self.snap(row[None])[0])

    def _axis(
        self, asked: tuple[Any, ...], name: str, domain: Callable[[], Domain]
    ) -> int:
        """Return the axis that a question is about, a new one if it must be."""
        try:
            return self._known[asked]
        except (KeyError, TypeError):  # TypeError: a choice that cannot be hashed
            pass
        try:
            wanted = domain()
        except SpaceError as error:
            msg = f"Parameter {name!r}: {error}"
            raise type(error)(msg) from None
        axis = Hyperparameter(name, wanted)
        if axis not in self.hyperparameters:
            self.hyperparameters += (axis,)
            self._index_axes()
        j = self.hyperparameters.index(axis)
        with suppress(TypeError):
            self._known[asked] = j
        return j

    def _run(self, answer: Callable[[int], Any]) -> dict[str, Any]:
        met: dict[str, int] = {}

        def ask(asked: tuple[Any, ...], name: str, domain: Callable[[], Domain]) -> Any:
            j = self._axis(asked, name, domain)
            first = met.setdefault(name, j)
            if first != j:
                one, two = (self.hyperparameters[k].domain for k in (first, j))
                msg = f"{name!r} was asked for twice, as {one!r} and as {two!r}."
                raise SpaceError(msg)
            return answer(j)

        configuration = self.function(Suggest(ask))
        if not isinstance(configuration, Mapping):
            msg = (
                "A define-by-run space must return a dict of names to values, "
                f"got {short(configuration)}."
            )
            raise SpaceTypeError(msg)
        return {str(name): plain(value) for name, value in configuration.items()}
