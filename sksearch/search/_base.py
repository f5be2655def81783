"""BaseSearch: the base class of all searches. ``fit`` reads, runs, selects, refits.

Prediction, scoring, tags, routing and the HTML diagram are inherited from
scikit-learn's own base class. ``fit`` is not, since scikit-learn splits again for each
batch of candidates, waits for the whole batch, and keeps nothing when interrupted.
"""

from __future__ import annotations

import inspect
import os
import time
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from numbers import Integral, Real
from typing import Any, ClassVar, Self

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
    CandidateRecord,
    Confirmation,
    Interrupt,
    Journal,
    KeptModels,
    Logbook,
    Racing,
    Runner,
)
from sksearch.evaluation import (
    EarlyStopping,
    Evaluator,
    SharedSteps,
    as_shared_steps,
    open_steps,
)
from sksearch.progress import Progress
from sksearch.racing import FoldRace
from sksearch.search._contexts import ContextTree
from sksearch.search._resume import begin, open_journal, random_bits
from sksearch.search._shown import progress_of
from sksearch.search.checks import (
    WINDOW,
    check_callbacks,
    check_confirm,
    check_no_metric,
    check_numbers,
    check_parameters,
    check_sampler,
    check_sendable,
)
from sksearch.search.confirmation import Finals, read_finals, read_resplit
from sksearch.search.honest import EstimatesScore
from sksearch.search.outcome import KeepsOutcome, first_failures, telling_end
from sksearch.search.plan import FitData, FoldKeeper, Plan, Plans
from sksearch.search.selection import DrivenByMetric
from sksearch.space import Choice
from sksearch.trials import Candidate
from sksearch.workers import Pool, n_dispatched


class BaseSearch(DrivenByMetric, Plans, KeepsOutcome, EstimatesScore):
    """Base class of the searches; a subclass implements `_plan`.

    A search that fits each candidate with all resources at once has a parameter
    ``n_iter`` and chooses a sampler; the base class does the rest::

        def _plan(self, data, rng):
            return self._all_at_once(RandomSampler, data, rng)
    """

    _parameter_constraints: ClassVar[dict[str, Any]] = {
        **BaseSearchCV._parameter_constraints,
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

    @fit_context(prefer_skip_nested_validation=False)
    def fit(self, X: Any, y: Any = None, **params: Any) -> Self:
        """Search for the best configuration, and refit it on all the data.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Training data, passed unchanged to the estimator.
        y : array-like of shape (n_samples,) or (n_samples, n_outputs), default=None
            Target.
        **params : dict of str to object
            Further arguments of ``fit`` of the estimator, of the scorer and of the
            splitter, such as ``groups`` and ``sample_weight``. Arguments with one entry
            per sample are split along with `X`.

        Returns
        -------
        self : object
            The fitted search.

        Raises
        ------
        SpaceError
            If the space cannot be read, or has a name that the estimator lacks.
        ValueError
            If no candidate has a score, or a parameter has an invalid value. The tried
            candidates are in ``cv_results_`` and ``failures_``.
        TypeError
            If ``fit`` got an argument that no estimator takes.
        WorkersDiedError
            If all workers die, one after the other. The finished candidates are in
            ``cv_results_`` and in the journal.
        JournalError
            If the search cannot be resumed from the file `storage`.
        """
        began = time.monotonic()  # `timeout` includes the time before the first fit
        with open_journal(self.storage, self.resume) as journal, telling_end(self):
            return self._fit(X, y, params, journal, began)

    def _fit(
        self,
        X: Any,
        y: Any,
        params: Mapping[str, Any],
        journal: Journal | None,
        began: float,
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
        data = self._read(X, y, params, keeper)
        callbacks = check_callbacks(self.callbacks)
        scorer, _ = self._unfitted()._get_scorers()
        plan = self._plan(data, rng)
        evaluator = self._evaluator(data, plan, scorer, rng)
        resplit = read_resplit(
            self.resplit,
            data,
            rng,
            prune_folds=self.prune_folds,
            return_oof=self.return_oof,
        )
        evaluator = replace(evaluator, resplit=resplit)
        finals = read_finals(self.confirm, plan, data, rng)
        for name, value in plan.attributes.items():
            setattr(self, name, value)
        self.n_splits_: int = len(data.folds)
        self._remember_parts(data)
        n_fits = {rung: n * self.n_splits_ for rung, n in plan.sizes.items()}
        tree = ContextTree(self, root, n_fits, by_rung=plan.by_rung)
        progress = progress_of(
            self.verbose,
            plan,
            self.n_splits_,
            finals,
            timeout=self.timeout,
            began=began,
            at_most=self.prune_folds,
            n_times=self.n_repeats,
        )
        if journal is not None:
            begin(
                journal,
                type(self),
                self._all_params(),
                data,
                plan,
                evaluator,
                fit_timeout=self.fit_timeout,
            )
        notices = Notices()
        parts = plan, evaluator, progress, tree, journal, callbacks, notices, finals
        with Interrupt() as interrupt:
            candidates, evaluator = self._run(data, *parts)
            interrupt.hand_on()
        if self.refit:
            best = candidates[self.best_index_]
            given = plan.top_only.give(evaluator, best.resource)
            self._refit(best, given, data.n_rows, root, hook)
        root.call_on_fit_task_end(**hook)
        notices.raise_first()
        return self

    def _run(
        self,
        data: FitData,
        plan: Plan,
        evaluator: Evaluator,
        progress: Progress,
        tree: ContextTree,
        journal: Journal | None,
        callbacks: Sequence[Callable[[CandidateRecord], object]],
        notices: Notices,
        finals: Finals | None,
    ) -> tuple[list[Candidate], Evaluator]:
        """Evaluate candidates, store the results, and choose the best."""
        logbook, standing = Logbook(journal), progress.standing
        with (
            KeptModels(plan.n_kept_models) as kept_models,
            open_steps(as_shared_steps(self.cache), data.X, data.y) as steps,
            Pool(self.n_jobs, self.fit_timeout) as pool,
            progress,
        ):
            check_sendable(plan.tuned.space, pool)
            evaluator = replace(
                evaluator,
                inner_threads=pool.inner_threads,
                caller=self._caller(here=pool.here) if tree.fits else None,
                time_limit=pool.time_limit,
                steps=steps,
            )
            runner = Runner(
                plan.sampler,
                evaluator,
                data.X,
                data.y,
                standing.budget,
                objective=lambda candidate: self._objective(candidate, evaluator),
                callbacks=callbacks,
                max_dispatched=n_dispatched(self.pre_dispatch, pool.n_jobs),
                window=self.window,
                contexts=tree.fits,
                standing=standing,
                scheduler=plan.scheduler,
                repeat=plan.repeats,
                resource=plan.top_only,
                kept_models=kept_models,
                logbook=logbook,
                notices=notices,
                racing=Racing(
                    FoldRace(self.n_splits_) if self.prune_folds else None,
                    plan.scheduler.max_resource,
                    lambda *known: self._driving_scores(evaluator, *known),
                ),
                first_failures=first_failures(self.refit, plan, evaluator),
            )
            with self._keeping(runner, progress, evaluator, data, plan):
                candidates = runner.run(pool)
        tree.end()
        confirmation = None
        if finals is not None:
            confirmation = Confirmation(
                finals.k,
                finals.evaluators(replace(evaluator, steps=None)),
                data.X,
                data.y,
                budget=replace(standing.budget, timeout=self.timeout),
                values=lambda candidate: self._values(candidate, evaluator),
                max_dispatched=runner.max_dispatched,
                standing=standing,
                resource=finals.resource,
                logbook=logbook,
                notices=notices,
                ending=runner.ending,
            )
            if not (runner.gave_up or runner.ending.interrupted):
                with self._keeping(runner, progress, evaluator, data, plan):
                    self._confirm(confirmation, progress, candidates, evaluator)
        self._keep(candidates, evaluator, data, plan)
        self._tell_end(runner, progress)
        self._select(
            candidates,
            evaluator,
            notices,
            short=plan.is_short or plan.nan_may_win,
            ended_early=runner.gave_up,
            confirmed=self._add_confirmed(confirmation, candidates, evaluator),
        )
        return candidates, evaluator

    def _confirm(
        self,
        confirmation: Confirmation,
        progress: Progress,
        candidates: Sequence[Candidate],
        evaluator: Evaluator,
    ) -> None:
        """Evaluate the best candidates again, in a new pool of workers."""
        limit = None if evaluator.time_limit is None else self.fit_timeout
        with Pool(self.n_jobs, limit) as pool, progress:
            confirmation.limit_time(pool.time_limit)
            confirmation.run(pool, candidates)
