"""Setting: an estimator's settings and data, from which a rule makes its space.

Each range contains the setting of the estimator, so that a search never ends below it.
A range of numbers is widened up to it; ``None`` or ``"scale"`` become an option beside
the range.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

from sksearch.knowledge._data import Data
from sksearch.space import Choice, Float, Int, same_value

#: The result of a rule: parameters with their ranges, or the reason for none.
Found = dict[str, Any] | str

#: The greatest factor by which a range is widened up to a setting. A C of 1e9 means
#: "no penalty"; most of a range up to there would be useless.
STRETCH = 100


@dataclass(frozen=True)
class Setting:
    """The input of a rule."""

    params: Mapping[str, Any]  # the settings of the estimator
    data: Data  # the facts about its training data
    transforms: bool = False  # whether it is a step with other steps after it
    # Whether the estimator accepts only the parameters that it lists.
    lists_all: bool = True

    def own(self, name: str) -> Any:
        """Return the setting of a parameter; None if it has none."""
        return self.params.get(name)

    def number(
        self,
        name: str,
        low: float,
        high: float,
        *,
        log: bool = False,
        least: float | None = None,
        most: float | None = None,
    ) -> dict[str, Any]:
        """Return a range of numbers around the setting.

        The values from `low` to `high` are good ones. `least` and `most` are hard
        limits, beyond which a fit may fail. They hold even if the setting lies beyond.
        """
        low, high = _rounded(low), _rounded(high)
        ends = _ends(self.own(name), low, high, log=log, least=least, most=most)
        return self._beside(name, Float(*ends, log=log), Real) if ends else {}

    def fraction(
        self, name: str, low: float, high: float, *, least: float | None = None
    ) -> dict[str, Any]:
        """Return a range of shares; an integer setting, a count, stays beside it."""
        own = self.own(name)
        share = None if isinstance(own, Integral) else own
        ends = _ends(share, _rounded(low), high, log=False, least=least, most=1.0)
        return self._beside(name, Float(*ends), float) if ends else {}

    def whole(
        self,
        name: str,
        low: int,
        high: int,
        *,
        log: bool = False,
        least: int = 1,
        most: float | None = None,
    ) -> dict[str, Any]:
        """Return a range of integers around the setting, as `number` does."""
        own = self.own(name)
        count = own if isinstance(own, Integral) else None
        ends = _ends(count, low, high, log=log, least=least, most=most)
        if ends is None:
            return {}
        bottom, top = map(int, ends)
        return self._beside(name, Int(bottom, top, log=log), Integral)

    def up_to(self, name: str, most: int) -> dict[str, Any]:
        """Return a range of counts from 1 to a hard limit, logarithmic if wide."""
        return self.whole(name, 1, most, log=most > 20, most=most)

    def options(self, name: str, values: Sequence[Any]) -> dict[str, Any]:
        """Return values to choose from; none if the setting is not among them."""
        if name not in self.params:
            return {} if self.lists_all else {name: list(values)}
        own = self.params[name]
        others = [v for v in values if not same_value(v, own)]
        known = len(others) < len(values)
        return {name: [own, *others]} if known and others else {}

    def _beside(
        self, name: str, domain: Float | Int, kind: type[Any]
    ) -> dict[str, Any]:
        """Return a range, with the setting beside it if the range cannot contain it."""
        if name not in self.params:
            return {} if self.lists_all else {name: domain}
        own = self.params[name]
        number = isinstance(own, Real) and not isinstance(own, bool)
        if number and isinstance(own, kind):
            apart = domain.log and own <= 0
            return {name: Choice([own, domain]) if apart else domain}
        if number or own is None or isinstance(own, str):
            return {name: Choice([own, domain])}
        return {}  # an array or a function: no range can contain it


def _ends(
    own: Any,
    low: float,
    high: float,
    *,
    log: bool,
    least: float | None,
    most: float | None,
) -> tuple[float, float] | None:
    """Return the ends of a range around a setting; None if there is no room."""
    room = high - low
    if isinstance(own, Real) and not isinstance(own, bool):
        value = float(own)
        below = low / STRETCH if log else low - room
        above = high * STRETCH if log else high + room
        if below <= value <= above and (value > 0 or not log):
            low, high = min(low, value), max(high, value)
    low = low if least is None else max(low, least)
    high = high if most is None else min(high, most)
    return (low, high) if low < high else None


def _rounded(value: float) -> float:
    """Return a number rounded to three digits, for people to read."""
    return float(f"{value:.3g}")


#: A rule makes the space of an estimator from its settings and data.
Rule = Callable[[Setting], Found]


def by_class(*tables: Mapping[str, Rule]) -> dict[str, Rule]:
    """Return the rule of each class; a key of a table names one class or several."""
    return {
        name: rule
        for table in tables
        for names, rule in table.items()
        for name in names.split()
    }
