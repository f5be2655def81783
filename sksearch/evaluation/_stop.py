"""Stop: how estimators of one kind are stopped, and what they are given to stop by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sksearch.evaluation._early_stopping import EarlyStopping


@dataclass(frozen=True, eq=False)
class Parts:
    """What a model is fitted to, and what is held back.

    Parameters
    ----------
    fitted, held : tuple
        X and y of each.
    params : dict
        What ``fit`` takes besides, for the rows that it is fitted to.
    weight : array-like or None
        The weights of the rows that are held back.
    patience : int
        After how many rounds without an improvement to stop.
    """

    fitted: tuple[Any, ...]
    held: tuple[Any, ...]
    params: Mapping[str, Any]
    weight: Any
    patience: int


@dataclass(frozen=True, eq=False)
class Stop:
    """How estimators of one kind are stopped.

    Parameters
    ----------
    rounds : callable
        ``rounds(model)`` returns how many rounds were found, if any.
    counts : tuple of str
        What the number of rounds may be called; the last is set if none is.
    default : int
        How many there are if nothing is said.
    patience, fraction : str or None, default=None
        The parameters that take the fields of an `EarlyStopping`.
    on : dict, default={}
        Other parameters to set before the fit.
    off : dict, default={}
        What to set for a fit of a fixed number of rounds, parameters that are not set
        excepted.
    fit : callable or None, default=None
        ``fit(model, parts)``; None for those that set rows aside themselves.
    """

    rounds: Callable[[Any], int | None]
    counts: tuple[str, ...]
    default: int
    patience: str | None = None
    fraction: str | None = None
    on: Mapping[str, Any] = field(default_factory=dict)
    off: Mapping[str, Any] = field(default_factory=dict)
    fit: Callable[[Any, Parts], None] | None = None

    @property
    def alone(self) -> bool:
        """Whether it sets rows aside itself."""
        return self.fit is None

    def switch_on(self, model: Any, stopping: EarlyStopping) -> None:
        """Set what makes a model stop."""
        params = dict(self.on)
        if self.patience is not None:
            params[self.patience] = stopping.patience
        if self.fraction is not None:
            params[self.fraction] = stopping.validation_fraction
        model.set_params(**params)

    def fix(self, model: Any, n_rounds: int) -> None:
        """Set a model to make just so many rounds, or all that it has been allowed."""
        own = model.get_params(deep=False)
        off = {name: v for name, v in self.off.items() if own.get(name) is not None}
        given = [name for name in self.counts if own.get(name) is not None]
        name = given[0] if given else self.counts[-1]
        allowed = int(own[name]) if given else self.default
        model.set_params(**{**off, name: min(n_rounds, allowed)})
