"""StopRule: the interface to early stopping of one kind of estimator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sksearch.evaluation._early_stopping import EarlyStopping


@dataclass(frozen=True, eq=False)
class HoldOut:
    """Training data in two parts: one to fit to, and one to stop by."""

    fitted: tuple[Any, ...]  # fitted, held: x and y of each part
    held: tuple[Any, ...]
    params: Mapping[str, Any]  # other arguments of ``fit``, for the fitted rows
    weight: Any  # weights of the held-back rows
    patience: int  # number of rounds without improvement after which to stop


@dataclass(frozen=True, eq=False)
class StopRule:
    """How to stop one kind of estimator early, and read its number of rounds."""

    # ``rounds(model)`` returns the number of rounds found, if any.
    rounds: Callable[[Any], int | None]
    # Possible names of the number of rounds; the last one is set if none is set.
    counts: tuple[str, ...]
    default: int  # the library's default number of rounds
    # patience, fraction: the parameters that take the fields of an `EarlyStopping`.
    patience: str | None = None
    fraction: str | None = None
    # Other parameters to set before the fit.
    on: Mapping[str, Any] = field(default_factory=dict)
    # Other parameters for early stopping that a user may have set, with values that
    # switch it off.
    own: Mapping[str, Any] = field(default_factory=dict)
    # More parameters to set for a fit with a fixed number of rounds. Parameters of
    # `own` and `off` that are not set on a model are left alone.
    off: Mapping[str, Any] = field(default_factory=dict)
    # ``fit(model, parts)``; None for estimators that set rows aside themselves.
    fit: Callable[[Any, HoldOut], None] | None = None
    # Tells whether an item of ``callbacks`` stops a fit.
    is_stop: Callable[[Any], bool] | None = None

    @property
    def alone(self) -> bool:
        """Whether the estimator sets rows aside itself."""
        return self.fit is None

    @property
    def sets(self) -> set[str]:
        """The parameters that the rule sets for fits with early stopping."""
        names = {self.patience, self.fraction, *self.on, *self.own}
        return {name for name in names if name is not None}

    def switch_on(self, model: Any, stopping: EarlyStopping) -> None:
        """Switch on early stopping of a model."""
        params = {**self._without_own(model, self.own), **self.on}
        if self.patience is not None:
            params[self.patience] = stopping.patience
        if self.fraction is not None:
            params[self.fraction] = stopping.validation_fraction
        model.set_params(**params)

    def fix(self, model: Any, n_rounds: int) -> None:
        """Set a model to a fixed number of rounds, at most its present number."""
        own = model.get_params(deep=False)
        off = self._without_own(model, {**self.own, **self.off})
        given = [name for name in self.counts if own.get(name) is not None]
        name = given[0] if given else self.counts[-1]
        allowed = int(own[name]) if given else self.default
        model.set_params(**{**off, name: min(n_rounds, allowed)})

    def without_callbacks(
        self, params: Mapping[str, Any], name: str = "callbacks"
    ) -> dict[str, Any]:
        """Return parameters without the callbacks that would stop a fit."""
        kept = dict(params)
        stops = self._stops_of(kept.get(name))
        if stops:
            kept[name] = [c for c in kept[name] if c not in stops] or None
        return kept

    def wants_rows(self, model: Any, callbacks: Any) -> str | None:
        """Return the setting that makes a fit fail without rows to stop by.

        A parameter of the model, which does not set rows aside itself, or
        ``"callbacks"`` for the argument of ``fit``; None if there is none.
        """
        if self.is_stop is None:
            return None
        own = model.get_params(deep=False)
        if self._stops_of(callbacks) or self._stops_of(own.get("callbacks")):
            return "callbacks"
        return next((name for name in self.own if own.get(name)), None)

    def lost_without_rows(self, model: Any) -> str | None:
        """Return a callback that makes the last fit fail, without rows held back."""
        return None

    def _without_own(self, model: Any, off: Mapping[str, Any]) -> dict[str, Any]:
        """Return parameters that switch off early stopping set by the user."""
        own = model.get_params(deep=False)
        found = {name: v for name, v in off.items() if own.get(name) is not None}
        if self._stops_of(own.get("callbacks")):
            found |= self.without_callbacks({"callbacks": own["callbacks"]})
        return found

    def _stops_of(self, callbacks: Any) -> list[Any]:
        """Return the callbacks that stop a fit."""
        if self.is_stop is None or not isinstance(callbacks, list | tuple):
            return []
        return [callback for callback in callbacks if self.is_stop(callback)]
