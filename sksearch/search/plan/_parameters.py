"""HasParameters: the parameters that all searches have, and how they are checked."""

from __future__ import annotations

import inspect
import os
from collections.abc import Mapping
from numbers import Integral, Real
from typing import Any, ClassVar

from sksearch._sklearn import HasMethods, Interval, StrOptions
from sksearch.engine import UNORDERED
from sksearch.evaluation import EarlyStopping, SharedSteps
from sksearch.search.checks import (
    check_constraints,
    check_no_metric,
    check_numbers,
    check_parameters,
    check_sampler,
)
from sksearch.search.plan._finals import check_confirm
from sksearch.search.plan._tunes_choice import TunesChoice
from sksearch.space import Choice

#: Parameters that some searches do not have.
OF_SOME = ("initial_points", "n_repeats", "resplit", "sampler", "sampler_params")


class HasParameters(TunesChoice):
    """A search with the parameters that all searches have."""

    _parameter_constraints: ClassVar[dict[str, Any]] = {
        **TunesChoice._parameter_constraints,
        "estimator": [HasMethods(["fit"]), Choice],
        "n_iter": [Interval(Integral, 1, None, closed="left")],
        "random_state": ["random_state"],
        "timeout": [Interval(Real, 0, None, closed="neither"), None],
        "fit_timeout": [Interval(Real, 0, None, closed="neither"), None],
        "storage": [str, os.PathLike, None],
        "window": [
            Interval(Integral, 1, None, closed="left"),
            StrOptions({UNORDERED}),
            None,
        ],
        "resume": ["boolean", StrOptions({"auto", "retry"})],
        "initial_points": [StrOptions({"auto", "default"}), "array-like", None],
        "prune_folds": ["boolean"],
        "early_stopping": [EarlyStopping, Integral, dict, None],
        "cache": ["boolean", str, os.PathLike, SharedSteps, None],
        "return_oof": ["boolean"],
        "confirm": [Interval(Integral, 0, None, closed="left"), None],
        "resplit": ["boolean"],
        "sampler_params": [dict, None],
        "n_repeats": [Interval(Integral, 1, None, closed="left")],
        "sampler": "no_validation",  # _validate_params says more
    }

    #: Names that the parameter `sampler` may have.
    _named_samplers: ClassVar[Mapping[str, Any]] = {}

    param_distributions: Any
    random_state: Any
    window: int | str | None
    timeout: float | None
    fit_timeout: float | None
    storage: str | os.PathLike[str] | None
    resume: bool | str
    prune_folds: bool
    early_stopping: Any
    cache: Any
    return_oof: bool
    confirm: int | None
    # Some searches have no parameter with these names.
    initial_points: Any = ()
    resplit: bool = False
    sampler_params: Mapping[str, Any] | None = None
    n_repeats: int = 1
    sampler: Any = None

    def _take(self, given: Mapping[str, Any]) -> None:
        """Set the arguments of a constructor, its ``locals()``, as attributes."""
        for name, value in given.items():
            if name != "self":
                setattr(self, name, value)

    def _validate_params(self) -> None:
        check_parameters(self._all_params())
        check_no_metric(self.scoring, only_sklearns=True)
        check_numbers(self.get_params(deep=False))
        check_constraints(self)
        check_confirm(self.confirm)
        check_sampler(self.sampler, self._named_samplers)

    def _all_params(self) -> dict[str, object]:
        """Return all parameters, including those that a subclass does not take."""
        own: dict[str, object] = {name: getattr(self, name) for name in OF_SOME}
        own.update(self.get_params(deep=False))
        for kind in type(self).__mro__:
            if kind.__module__.startswith("sksearch.") and "__init__" in vars(kind):
                for name in inspect.signature(kind).parameters:
                    own.setdefault(name, getattr(self, name))
        return own
