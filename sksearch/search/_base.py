"""BaseSearch: what all faces share. ``fit`` reads, runs, selects, refits.

Prediction, scoring, tags, routing and the HTML diagram are inherited from
scikit-learn's own base class; ``fit`` is not, since that one splits anew for each batch
of candidates, waits for all of a batch, and keeps nothing when it is interrupted.
"""

from __future__ import annotations

import os
import time
from abc import abstractmethod
from collections.abc import Mapping
from inspect import signature
from numbers import Integral, Real
from typing import Any, ClassVar, Self

import numpy as np
from sklearn.base import is_classifier
from sklearn.model_selection import check_cv
from sklearn.utils import indexable

from sksearch._sklearn import (
    BaseSearchCV,
    HasMethods,
    Interval,
    StrOptions,
    check_method_params,
    fit_context,
    root_callback_context,
)
from sksearch._warn import Notices
from sksearch.engine import (
    Budget,
    Journal,
    KeptModels,
    Logbook,
    Runner,
    announce,
    metric_names,
)
from sksearch.evaluation import (
    SINGLE,
    EarlyStopping,
    Evaluator,
    Folds,
    PredictionsAtTop,
    Resource,
)
from sksearch.samplers import Sampler
from sksearch.schedulers import Full, Ladder, Scheduler
from sksearch.search._before import check_input, check_scorer, check_sendable
from sksearch.search._checks import (
    check_callbacks,
    check_parameters,
    check_return_oof,
    check_sampler_params,
)
from sksearch.search._contexts import ContextTree
from sksearch.search._early_stopping import is_on, read_fit
from sksearch.search._failures import asked_for, first_failures
from sksearch.search._initial_points import beginning
from sksearch.search._kept_folds import FoldKeeper
from sksearch.search._numbers import check_numbers
from sksearch.search._out_of_fold import gather_predictions
from sksearch.search._outcome import KeepsOutcome
from sksearch.search._ready_made import specification
from sksearch.search._refit import final_rounds, refit
from sksearch.search._scorers import check_no_metric
from sksearch.search._setup import Setup, is_short, lowest_rung
from sksearch.search._space import read_space
from sksearch.search._storage import begin, open_journal, random_bits
from sksearch.space import Choice, Space
from sksearch.trials import Candidate
from sksearch.workers import Pool, n_dispatched


class BaseSearch(KeepsOutcome):
    """Base class of the faces; a subclass chooses the sampler, and maybe a scheduler.

    One without a scheduler has a parameter ``n_iter``.
    """

    _parameter_constraints: ClassVar[dict[str, Any]] = {
        **BaseSearchCV._parameter_constraints,
        "estimator": [HasMethods(["fit"]), Choice],
        "n_iter": [Interval(Integral, 1, None, closed="left")],
        "random_state": ["random_state"],
        "timeout": [Interval(Real, 0, None, closed="neither"), None],
        "fit_timeout": [Interval(Real, 0, None, closed="neither"), None],
        "storage": [str, os.PathLike, None],
        "window": [Interval(Integral, 1, None, closed="left"), None],
        "resume": ["boolean", StrOptions({"auto", "retry"})],
        "initial_points": [StrOptions({"auto", "default"}), "array-like", None],
        "early_stopping": [EarlyStopping, Integral, dict, None],
        "return_oof": ["boolean"],
        "sampler_params": [dict, None],
    }

    #: Whether candidates are tried on several rungs.
    _halves: ClassVar[bool] = False

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
        window: int | None,
        random_state: Any,
        error_score: Any,
        return_train_score: bool,
        timeout: float | None,
        fit_timeout: float | None,
        storage: str | os.PathLike[str] | None,
        resume: bool | str,
        initial_points: Any,
        early_stopping: Any,
        callbacks: Any,
        return_oof: bool,
        sampler_params: Mapping[str, Any] | None,
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
        self.early_stopping = early_stopping
        self.callbacks = callbacks
        self.return_oof = return_oof
        self.sampler_params = sampler_params

    @abstractmethod
    def _sampler_class(self) -> type[Sampler]:
        """Return the sampler that this face stands for."""

    def _sampler_settings(self, scheduler: Scheduler) -> dict[str, Any]:
        """Return settings of the sampler that hold unless `sampler_params` differs."""
        return {}

    def _scheduler(
        self, space: Space, base: Any, X: Any, y: Any, split_params: Mapping[str, Any]
    ) -> Scheduler:
        """Return what decides how much each candidate gets."""
        return Full(Ladder((1,), n_candidates=int(self.n_iter)))

    def _resource(
        self, folds: Folds, X: Any, y: Any, split_params: Mapping[str, Any], rng: Any
    ) -> Resource:
        """Return what candidates get more of."""
        return Resource()

    def _budget(self, scheduler: Scheduler) -> Budget:
        """Return what the search may spend, and start the clock."""
        return Budget(self.n_iter, self.timeout)

    def _sizes(self, scheduler: Scheduler, space: Space) -> dict[int, int]:
        """Return how many candidates there are at most, by rung."""
        return {0: int(min(self.n_iter, space.size))}

    @property
    def _repeats(self) -> bool:
        """Whether configurations are tried again when there are no more."""
        return False

    # ------------------------------------------------------------------------- fit

    def _validate_params(self) -> None:
        check_parameters(self)
        check_no_metric(self.scoring, only_sklearns=True)
        check_numbers(self.get_params(deep=False))
        super()._validate_params()

    @fit_context(prefer_skip_nested_validation=False)
    def fit(self, X: Any, y: Any = None, **params: Any) -> Self:
        """Search for the best configuration, and refit it on all the data.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Training data; passed on as it is to the estimator.
        y : array-like of shape (n_samples,) or (n_samples, n_outputs), default=None
            Target.
        **params : dict of str to object
            What ``fit`` of the estimator, the scorer and the splitter take besides:
            ``groups``, ``sample_weight`` and others. What has one entry per sample is
            split along with `X`.

        Returns
        -------
        self : object
            The fitted search.

        Raises
        ------
        SpaceError
            If the space cannot be read, or has a name the estimator does not know.
        ValueError
            If no candidate has a score, or a parameter has a value it cannot have. What
            was tried is in ``cv_results_`` and ``failures_``.
        TypeError
            If ``fit`` was given what no estimator takes.
        WorkersDiedError
            If all workers die, one after the other. What was finished before is in
            ``cv_results_``, and in the journal.
        JournalError
            If `storage` is a file that the search cannot go on from.
        """
        began = time.monotonic()  # what comes before the first fit is time, too
        with open_journal(self.storage, self.resume) as journal:
            return self._fit(X, y, params, journal, began)

    def _fit(
        self, X: Any, y: Any, params: Any, journal: Journal | None, began: float
    ) -> Self:
        X, y = indexable(X, y)
        params = check_method_params(X, params=params)
        weights = params.get("sample_weight")
        hook = {
            "estimator": self,
            "X": X,
            "y": y,
            "metadata": None if weights is None else {"sample_weight": weights},
        }
        root = root_callback_context(self, max_subtasks=1 + (self.refit is not False))
        root.call_on_fit_task_begin(**hook)
        keeper = FoldKeeper(self.cv, journal)
        rng = random_bits(self.random_state, journal)
        setup = self._set_up(X, y, params, rng, keeper)
        self.n_splits_: int = len(setup.folds)
        tree = ContextTree(self, root, setup.n_fits, by_rung=self._halves)
        announce(self.verbose, self.n_splits_, sum(setup.sizes.values()))
        if journal is not None:
            folds = keeper.name(self._checked_cv_orig, setup.folds)
            begin(journal, self, setup, folds, self._more_columns([]), params)
        notices = Notices()
        candidates, evaluator = self._run(setup, tree, journal, notices, began)
        if self.refit:
            best = candidates[self.best_index_]
            given = setup.resource.give(evaluator, best.resource)
            refit(self, best, given, root, hook)
        root.call_on_fit_task_end(**hook)
        notices.raise_first()
        return self

    def _set_up(
        self, X: Any, y: Any, params: Mapping[str, Any], rng: Any, keeper: FoldKeeper
    ) -> Setup:
        """Read and check everything; nothing is fitted."""
        space, base = read_space(self.estimator, specification(self, X, y, params))
        scorer, refit_metric = self._unfitted()._get_scorers()
        routed = self._representative()._get_routed_params_for_fit(params)
        check_input(self, space, y, routed)
        callbacks = check_callbacks(self.callbacks)
        estimator = self._representative().estimator
        check_return_oof(self.return_oof, estimator)
        self._checked_cv_orig = check_cv(
            self.cv, y, classifier=is_classifier(estimator)
        )
        data = (X, y, routed.splitter.split)
        scheduler = self._scheduler(space, base, *data)
        sampler = self._make_sampler(space, base, scheduler, rng, (X, y))
        folds = keeper.make(self._checked_cv_orig, *data)
        if not is_short(scheduler, space):
            check_scorer(self, scorer, space, base, y, folds, routed.scorer.score)
        resource = PredictionsAtTop(
            self._resource(folds, *data, rng), scheduler.max_resource
        )
        rungs = (folds, lowest_rung(folds, resource, scheduler))
        fit = read_fit(self, space, base, rungs, data, routed.estimator.fit, rng)
        return Setup(
            X=X,
            y=y,
            folds=folds,
            fit=fit,
            routed=routed,
            scorer=scorer,
            refit_metric=refit_metric,
            sampler=sampler,
            scheduler=scheduler,
            resource=resource,
            sizes=self._sizes(scheduler, space),
            callbacks=callbacks,
        )

    def _run(
        self,
        setup: Setup,
        tree: ContextTree,
        journal: Journal | None,
        notices: Notices,
        began: float,
    ) -> tuple[list[Candidate], Evaluator]:
        """Try candidates, keep what was found, and choose the best."""
        budget = self._budget(setup.scheduler)
        budget.start = began
        with (
            KeptModels(setup.n_waiting) as kept_models,
            Pool(self.n_jobs, self.fit_timeout) as pool,
        ):
            check_sendable(setup.sampler.space, pool)
            evaluator = setup.evaluator(
                self,
                inner_threads=pool.inner_threads,
                caller=self if tree.fits else None,
                time_limit=pool.time_limit,
            )
            runner = Runner(
                setup.sampler,
                evaluator,
                setup.X,
                setup.y,
                budget,
                objective=lambda candidate: self._objective(candidate, evaluator),
                callbacks=setup.callbacks,
                max_dispatched=n_dispatched(self.pre_dispatch, pool.n_jobs),
                window=self.window,
                contexts=tree.fits,
                verbose=self.verbose,
                scheduler=setup.scheduler,
                repeat=self._repeats,
                resource=setup.resource,
                kept_models=kept_models,
                logbook=Logbook(journal),
                notices=notices,
                first_failures=first_failures(self, setup, evaluator),
            )
            try:
                candidates = runner.run(pool)
            except BaseException as error:
                if runner.complete and not asked_for(error, self.error_score):
                    self._keep(runner.complete, evaluator, setup)
                raise
        tree.end()
        self._keep(candidates, evaluator, setup)
        self._select(candidates, evaluator, setup, notices, ended_early=runner.gave_up)
        return candidates, evaluator

    def _keep(
        self, candidates: list[Candidate], evaluator: Evaluator, setup: Setup
    ) -> None:
        """Set the tables, and make members of what was found."""
        self._store(candidates, evaluator, setup.refit_metric)
        resource = setup.resource
        if is_on(self):
            self._final_rounds = final_rounds(candidates, evaluator, resource, setup.X)
        if self.return_oof:
            folds = resource.give(evaluator, resource.top).folds
            self.oof_predictions_ = gather_predictions(candidates, folds, setup)

    def _make_sampler(
        self, space: Space, base: Any, scheduler: Scheduler, rng: Any, data: Any
    ) -> Sampler:
        """Return the sampler, after all checks."""
        kind = self._sampler_class()
        chosen = check_sampler_params(kind, self.sampler_params)
        settings = {**self._sampler_settings(scheduler), **chosen}
        points, scores = beginning(self, space, base, data)
        if scores is not None and "known_scores" in signature(kind).parameters:
            settings.setdefault("known_scores", scores)
        seed = int(rng.randint(np.iinfo(np.int32).max))
        return kind(space, random_state=seed, initial_points=points, **settings)

    def _objective(self, candidate: Candidate, evaluator: Evaluator) -> float:
        """Return the mean score of the metric that drives the search."""
        metrics = metric_names([candidate], evaluator.scorer)
        if callable(self.scoring) and metrics != [SINGLE]:
            self._check_refit_for_multimetric(dict.fromkeys(metrics))
        named = isinstance(self.refit, str) and self.refit in metrics
        metric = self.refit if named else metrics[0]
        return candidate.mean(metric, evaluator.failed_score)
