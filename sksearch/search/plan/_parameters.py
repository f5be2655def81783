"""HasParameters: the parameters that all searches have, and how they are checked."""

from __future__ import annotations

import inspect
import os
from abc import abstractmethod
from collections.abc import Mapping
from numbers import Integral, Real
from typing import Any, ClassVar

from sksearch._sklearn import HasMethods, Interval, StrOptions
from sksearch.evaluation import EarlyStopping, SharedSteps
from sksearch.search.checks import (
    WINDOW,
    check_no_metric,
    check_numbers,
    check_parameters,
    check_sampler,
)
from sksearch.search.plan._finals import check_confirm
from sksearch.search.plan._tunes_choice import TunesChoice
from sksearch.space import Choice


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
        "window": WINDOW,
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

    @abstractmethod
    def __init__(
        self,
        estimator: Any,
        param_distributions: Any,
        *,
        scoring: Any,
        n_jobs: int | None,
        refit: Any,
        cv: Any,
        verbose: int,
        pre_dispatch: int | str,
        window: int | str | None,
        random_state: Any,
        error_score: Any,
        return_train_score: bool,
        timeout: float | None,
        fit_timeout: float | None,
        storage: str | os.PathLike[str] | None,
        resume: bool | str,
        initial_points: Any,
        prune_folds: bool,
        early_stopping: Any,
        cache: Any,
        callbacks: Any,
        return_oof: bool,
        confirm: int | None,
        resplit: bool,
        sampler_params: Mapping[str, Any] | None,
        n_repeats: int = 1,
        sampler: Any = None,
    ) -> None:
        super().__init__(
            estimator=estimator,
            scoring=scoring,
            n_jobs=n_jobs,
            refit=refit,
            cv=cv,
            verbose=verbose,
            pre_dispatch=pre_dispatch,
            error_score=error_score,
            return_train_score=return_train_score,
        )
        self.param_distributions = param_distributions
        self.random_state = random_state
        self.window = window
        self.timeout = timeout
        self.fit_timeout = fit_timeout
        self.storage = storage
        self.resume = resume
        self.initial_points = initial_points
        self.prune_folds = prune_folds
        self.early_stopping = early_stopping
        self.cache = cache
        self.callbacks = callbacks
        self.return_oof = return_oof
        self.confirm = confirm
        self.resplit = resplit
        self.sampler_params = sampler_params
        self.n_repeats = n_repeats
        self.sampler = sampler

    def _validate_params(self) -> None:
        check_parameters(self._all_params())
        check_no_metric(self.scoring, only_sklearns=True)
        check_numbers(self.get_params(deep=False))
        super()._validate_params()
        check_confirm(self.confirm)
        check_sampler(self.sampler, self._named_samplers)

    def _all_params(self) -> dict[str, object]:
        """Return all parameters, including those that a subclass does not take."""
        own: dict[str, object] = self.get_params(deep=False)
        for kind in type(self).__mro__:
            if kind.__module__.startswith("sksearch.") and "__init__" in vars(kind):
                for name in inspect.signature(kind).parameters:
                    own.setdefault(name, getattr(self, name))
        return own
