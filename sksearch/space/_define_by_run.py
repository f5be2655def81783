"""Define-by-run spaces: a function that asks for its values one after the other.

The function is run to see which hyperparameters a point has; a hyperparameter that was
never met before becomes a new axis, at the end. All else is as in any other space.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.space._categorical import Categorical, listed_values
from sksearch.space._domain import Domain, FloatArray
from sksearch.space._numeric import Float, Int
from sksearch.space._space import Hyperparameter, Space
from sksearch.space._values import did_you_mean, plain, short

#: How often the function is run beforehand, to meet the axes and the user's mistakes.
N_DRY_RUNS = 16


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Say which hyperparameter an error is about."""
    try:
        yield
    except SpaceError as error:
        msg = f"Parameter {name!r}: {error}"
        raise type(error)(msg) from None


class Suggest:
    """The `trial` that a define-by-run function is called with.

    Its methods have the names and the arguments of Optuna's.
    """

    def __init__(self, answer: Callable[[str, Domain], Any]) -> None:
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
        with _named(name):
            domain = Float(low, high, log=log, step=step)
        return float(self._answer(name, domain))

    def suggest_int(
        self, name: str, low: int, high: int, *, step: int = 1, log: bool = False
    ) -> int:
        """Return an integer from `low` to `high`."""
        with _named(name):
            domain = Int(low, high, log=log, step=None if step == 1 else step)
        return int(self._answer(name, domain))

    def suggest_categorical(self, name: str, choices: Sequence[Any]) -> Any:
        """Return one of `choices`."""
        with _named(name):
            domain = Categorical.from_list(listed_values("its choices", choices))
        return self._answer(name, domain)


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
        units: dict[int, float] = {}
        rng: np.random.Generator | None = None

        def answer(name: str, domain: Domain) -> Any:
            nonlocal rng
            j = self._axis(name, domain)
            if j not in units:
                unit = row[j] if j < len(row) else np.nan
                if np.isnan(unit):
                    # A new axis: any draw will do, if the same row gives the same one.
                    rng = rng or np.random.default_rng(zlib.crc32(row.tobytes()))
                    unit = rng.random()
                units[j] = domain.snap_one(unit)
            return domain.from_unit(units[j])

        self._run(answer)
        return units

    def decode(self, row: FloatArray) -> dict[str, Any]:
        """Return what the function returns at a row."""

        def answer(name: str, domain: Domain) -> Any:
            return domain.from_unit(float(row[self._axis(name, domain)]))

        return self._run(answer)

    def encode(self, configuration: Mapping[str, Any]) -> FloatArray:
        """Return the row at which the function is given these values.

        Parameters
        ----------
        configuration : dict of str to object
            A value for each name that the function asks for.
        """
        units: dict[int, float] = {}
        used: set[str] = set()

        def answer(name: str, domain: Domain) -> Any:
            if name not in configuration:
                msg = (
                    f"{short(dict(configuration))} has no value for {name!r}, which "
                    "it needs."
                )
                raise SpaceError(msg)
            used.add(name)
            value = configuration[name]
            if not domain.contains(value):
                msg = f"{name}={short(value)} is not in {short(domain)}."
                raise SpaceError(msg)
            units[self._axis(name, domain)] = domain.to_unit(value)
            return configuration[name]

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

    def _axis(self, name: str, domain: Domain) -> int:
        for j, h in enumerate(self.hyperparameters):
            if h.name == name and h.domain == domain:
                return j
        self.hyperparameters += (Hyperparameter(name, domain),)
        self._index_axes()
        return len(self) - 1

    def _run(self, answer: Callable[[str, Domain], Any]) -> dict[str, Any]:
        asked: dict[str, Domain] = {}

        def checked(name: str, domain: Domain) -> Any:
            if asked.setdefault(name, domain) != domain:
                msg = (
                    f"{name!r} was asked for twice, as {asked[name]!r} and as "
                    f"{domain!r}."
                )
                raise SpaceError(msg)
            return answer(name, domain)

        configuration = self.function(Suggest(checked))
        if not isinstance(configuration, Mapping):
            msg = (
                "A define-by-run space must return a dict of names to values, "
                f"got {short(configuration)}."
            )
            raise SpaceTypeError(msg)
        return {str(name): plain(value) for name, value in configuration.items()}
