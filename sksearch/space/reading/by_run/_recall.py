"""recall: finds the answers of a space function from its result.

It runs the function with values from the result, and with the options of its choices,
until the function returns the same result.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from sksearch.exceptions import SpaceError
from sksearch.space._domain import Domain
from sksearch.space.reading.by_run._alike import alike, unit_of
from sksearch.space.reading.by_run._define_by_run import DefineByRunSpace, Run
from sksearch.space.values import has_params, is_number, same_value

#: Greatest number of runs of the function, with each entry of `MAX_VALUES`.
MAX_RUNS = 300
#: All values of a list or a range of integers are tried if there are at most this many:
#: short lists first.
MAX_VALUES = (8, 32)


def recall(
    space: DefineByRunSpace, returned: Mapping[str, Any]
) -> dict[str, Any] | None:
    """Return answers, by name, that lead to this result; None if none are found."""
    inside = list(_inside(returned))
    for max_values in MAX_VALUES:
        script: list[int] = []  # index of the answer, by question
        for _ in range(MAX_RUNS):
            attempt = _Attempt(space, returned, inside, script, max_values)
            if attempt.succeeds():
                return attempt.run.suggestions
            script = attempt.next_script()
            if not script:
                break
    return None


class _Attempt:
    """One run of the function, with answers chosen by a script."""

    def __init__(
        self,
        space: DefineByRunSpace,
        returned: Mapping[str, Any],
        inside: list[Any],
        script: list[int],
        max_values: int,
    ) -> None:
        self.run = Run(space, self._answer)
        self._space = space
        self._returned = returned
        self._inside = inside
        self._script = script
        self._max_values = max_values
        self._units: dict[int, float] = {}
        self._counts: list[int] = []  # possible answers, by question

    def succeeds(self) -> bool:
        """Run the function; tell whether it returns the wanted result."""
        try:
            found = self.run()
        except Exception:  # noqa: BLE001 - whatever it raises, the answers are wrong
            return False
        return found.keys() == self._returned.keys() and all(
            _agree(value, self._returned[name]) for name, value in found.items()
        )

    def next_script(self) -> list[int]:
        """Return the next script: the next answer to the last question that has one."""
        script = self._script + [0] * (len(self._counts) - len(self._script))
        while script and script[-1] + 1 >= self._counts[len(script) - 1]:
            script.pop()
        return [*script[:-1], script[-1] + 1] if script else []

    def _answer(self, j: int, domain: Domain) -> float:
        if j not in self._units:
            name = self._space.hyperparameters[j].name
            units = list(self._candidates(name, domain))
            place = len(self._counts)
            self._counts.append(len(units))
            if not units:
                msg = f"No value of {domain!r} is left to try."
                raise SpaceError(msg)
            self._units[j] = units[
                self._script[place] if place < len(self._script) else 0
            ]
        return self._units[j]

    def _candidates(self, name: str, domain: Domain) -> Iterator[float]:
        """Yield unit coordinates to try, likely ones first."""
        named = [
            value
            for key, value in self._returned.items()
            if key == name or key.endswith(f"__{name}")
        ]
        seen: set[float] = set()
        for value in [*named, *self._inside]:
            try:
                unit = domain.snap_one(unit_of(domain, value))
            except (ValueError, TypeError):
                continue
            if unit not in seen:
                seen.add(unit)
                yield unit
        if domain.n_values <= self._max_values:
            # Finer than any bin, also on a logarithmic scale.
            n = 8 * int(domain.n_values)
            found = domain.snap((np.arange(n) + 0.5) / n)
            yield from (unit for unit in np.unique(found).tolist() if unit not in seen)


def _inside(value: Any) -> Iterator[Any]:
    """Yield a value and the values inside it."""
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _inside(item)
        return
    yield value
    if isinstance(value, list | tuple):
        for item in value:
            yield from _inside(item)
    elif has_params(value):
        yield from _inside(value.get_params(deep=False))


def _agree(one: Any, other: Any) -> bool:
    """Tell whether two values are equal, up to rounding of numbers."""
    if is_number(one) and is_number(other):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-300)
    if type(one) is type(other):
        if isinstance(one, list | tuple):
            return len(one) == len(other) and all(map(_agree, one, other))
        if has_params(one):
            own, others = (v.get_params(deep=False) for v in (one, other))
            return own.keys() == others.keys() and all(
                _agree(own[name], others[name]) for name in own
            )
    return same_value(one, other) or alike(one, other)
