"""RowWish: the values of a configuration of the table, asked of a user's space."""

from __future__ import annotations

from typing import Any

from sksearch.knowledge._data import Data
from sksearch.knowledge._in_numbers import UNLIMITED, in_numbers, of_columns
from sksearch.knowledge._learner import (
    CROSSED,
    OTHER,
    REDUCTIONS,
    SCALERS,
    distance,
    named,
    share_of,
    steps_in,
)
from sksearch.knowledge._table import Measured
from sksearch.space import UNSET, Settings, has_params, is_number

#: Parameters in units of the target, with the power of the unit. For the elastic net
#: the power is its l1_ratio.
IN_UNITS_OF_TARGET: dict[tuple[str, str], Any] = {
    ("ElasticNet", "alpha"): "l1_ratio",
    ("Lasso", "alpha"): 1.0,
    ("LinearSVR", "C"): 1.0,
    ("LinearSVR", "epsilon"): 1.0,
    ("SVR", "C"): 1.0,
    ("SVR", "epsilon"): 1.0,
}


class RowWish:
    """The values of one configuration of the table, by parameter.

    The table has targets with a spread of 1, unlike the data of the search.
    """

    def __init__(self, measured: Measured, data: Data) -> None:
        self.measured = measured
        self.n_columns = data.n_columns
        self._data = data
        self._params = _in_units(measured, data.spread)

    def __call__(self, domain: Any, owner: Any, parameter: str) -> Any:
        """Return the wished value of a parameter; `UNSET` if there is none."""
        values = getattr(domain, "values", None)
        if values is not None and any(map(has_params, values)):
            return self._step(values)
        if owner is None:
            value = self._params.get(parameter, UNSET)
            return self._setting(domain, value, parameter)
        if named(owner, {self.measured.learner}):
            value = self._params.get(parameter, UNSET)
            if value is UNSET:
                scaler = self.measured.steps.get("scaler", "none")
                return in_numbers(domain, owner, parameter, self._data, scaler)
            return self._setting(domain, value, parameter)
        return self._of_step(owner, parameter)

    def _step(self, values: Any) -> Any:
        """Return the step among `values` that the configuration was measured with."""
        for names, step in ((SCALERS, "scaler"), (REDUCTIONS, "reduction")):
            found = [names.get(named(v, names) or "", "none") for v in values]
            if any(name != "none" for name in found):
                wanted = self.measured.steps.get(step)
                return values[found.index(wanted)] if wanted in found else UNSET
        if any(named(v, {CROSSED}) for v in values):
            crossed = self.measured.steps.get("degree", 1) > 1
            for value in values:
                if bool(named(value, {CROSSED})) == crossed:
                    return value
        return UNSET

    def _setting(self, domain: Any, value: Any, parameter: str) -> Any:
        """Return a setting of the learner, or the nearest one of a list."""
        values = getattr(domain, "values", None)
        if values is None and parameter == "max_features" and is_number(value):
            return of_columns(domain, value, self.n_columns)
        if value is UNSET or values is None:
            return UNLIMITED if value is None else value
        if parameter == "max_features" and is_number(value):
            shares = [share_of(parameter, v, self.n_columns) for v in values]
            near = [(abs(share - value), i) for i, share in enumerate(shares) if share]
            return values[min(near)[1]] if near else UNSET
        if value is None and None not in values:
            return UNLIMITED
        if isinstance(value, tuple):
            return min(values, key=lambda v: _unlike(v, value))
        return value

    def _of_step(self, owner: Any, parameter: str) -> Any:
        """Return a setting of a step before the learner."""
        steps = self.measured.steps
        if parameter == "degree" and named(owner, {CROSSED}):
            return steps.get("degree", UNSET)
        if parameter not in ("n_components", "k", "percentile"):
            return UNSET
        if named(owner, REDUCTIONS) is None:
            return UNSET
        share = steps.get("share", 1.0)
        if parameter == "percentile":
            return round(100 * share)
        n_columns = self.n_columns
        if n_columns is None:
            return UNLIMITED if share == 1.0 else UNSET
        return max(1, round(share * n_columns))

    def distance(self, settings: Settings, learner: Any) -> float:
        """Return the distance between the wish and `learner` with its `settings`."""
        total = 0.0
        own = settings.of(learner)
        for name, value in self._params.items():
            got = own.get(name, UNSET)
            if got is UNSET:
                continue
            if name == "max_features":
                got = share_of(name, got, self.n_columns)
            if value is None and is_number(got):
                continue  # the number stands for no limit
            total += distance(got, value)
        made, steps = steps_in(settings), self.measured.steps
        if "scaler" in steps:
            total += OTHER * (made.scaler != steps["scaler"])
        if "reduction" in steps:
            total += OTHER * (made.reduction != steps["reduction"])
        if "degree" in steps:
            total += OTHER * (made.degree != steps["degree"])
        return total


def _unlike(value: Any, wanted: tuple[Any, ...]) -> float:
    """Return the difference of two layer sizes, in their number and their units."""
    if not isinstance(value, tuple):
        return UNLIMITED
    if not all(map(is_number, (*value, *wanted))):
        return UNLIMITED
    units = abs(float(sum(value)) - float(sum(wanted)))
    return abs(len(value) - len(wanted)) + units / 100.0


def _in_units(measured: Measured, spread: float) -> dict[str, Any]:
    """Return the settings of a configuration, scaled to the spread of the target."""
    params = dict(measured.params)
    for name in params:
        power = IN_UNITS_OF_TARGET.get((measured.learner, name), 0.0)
        if isinstance(power, str):
            power = params.get(power, 0.5)
        if power:
            params[name] *= spread**power
    return params
