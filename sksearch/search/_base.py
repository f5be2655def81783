"""BaseSearch: the base class of all searches. ``fit`` reads, runs, selects, refits.

Prediction, scoring, tags, routing and the HTML diagram are inherited from
scikit-learn's own base class. ``fit`` is not, since scikit-learn splits again for each
batch of candidates, waits for the whole batch, and keeps nothing when interrupted.

What a search can do has a class for each part, in the folders beside this file::

    Plans             reads and checks all parameters, and makes the plan
      KnowsWords        names of parameters in other libraries
      HasParameters     the parameters that all searches have
    KeepsOutcome      sets the fitted attributes
      ShowsItself       in a notebook
      AnswersOthers     attributes of other libraries' searches
      HasReports        tables, points and models
      EstimatesScore    on new data
      DrivenByMetric    scores by the metric that drives the search
    TunesChoice       scikit-learn's base class, with a `Choice` as the estimator
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from types import GeneratorType
from typing import Any, Self

from sklearn.utils import indexable

from sksearch._sklearn import (
    check_method_params,
    fit_context,
    hook_arguments,
    root_callback_context,
)
from sksearch._warn import Notices
from sksearch.engine import (
    Budget,
    Confirmation,
    FoldKeeper,
    Interrupt,
    Journal,
    KeptModels,
    Logbook,
    Planned,
    Racing,
    Runner,
)
from sksearch.evaluation import Evaluator, as_shared_steps, open_steps
from sksearch.progress import Progress, announce
from sksearch.racing import FoldRace
from sksearch.search.checks import check_lengths
from sksearch.search.outcome import KeepsOutcome, asked_for, first_failures, telling_end
from sksearch.search.plan import Finals, Plan, Plans, read_finals
from sksearch.search.session import (
    ContextTree,
    Session,
    begin,
    open_journal,
    random_bits,
)
from sksearch.workers import Pool, n_dispatched


class BaseSearch(Plans, KeepsOutcome):
    """Base class of the searches; a subclass implements `_plan`.

    A search that fits each candidate with all resources at once has a parameter
    ``n_iter`` and chooses a sampler; the base class does the rest::

        def _plan(self, data, rng):
            return self._all_at_once(RandomSampler, data, rng)
    """

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
            per sample are split along with `X`. ``callback`` is called with a result
            after each candidate, as in scikit-optimize, unless an estimator takes it.

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

    def __sklearn_clone__(self) -> Self:
        """Return a clone; TypeError if folds are left that only one fit can take."""
        if isinstance(self.cv, GeneratorType):
            msg = (
                "The 'cv' parameter is a generator, which cannot be copied, and so the "
                "search cannot be cloned. Write cv=KFold(5), or another splitter; or "
                "cv=list(...) if all copies get the same rows."
            )
            raise TypeError(msg)
        copied: Self = super().__sklearn_clone__()
        return copied

    def _fit(
        self,
        X: Any,
        y: Any,
        params: Mapping[str, Any],
        journal: Journal | None,
        began: float,
    ) -> Self:
        check_lengths(X, y)
        X, y = indexable(X, y)
        params = check_method_params(X, params=params)
        hook = hook_arguments(self, X, y, params)
        root = root_callback_context(self, max_subtasks=1 + (self.refit is not False))
        root.call_on_fit_task_begin(**hook)
        session = self._session(X, y, params, journal, began, root)
        with Interrupt() as interrupt:
            runner = self._run(session)
            interrupt.hand_on()
        if self.refit:
            best = runner.finished[self.best_index_]
            given = session.plan.top_only.give(runner.evaluator, best.resource)
            self._refit(best, given, session.data.n_rows, root, hook)
        root.call_on_fit_task_end(**hook)
        session.notices.raise_first()
        return self

    def _session(
        self,
        X: Any,
        y: Any,
        params: Mapping[str, Any],
        journal: Journal | None,
        began: float,
        root: Any,
    ) -> Session:
        """Read the data, plan the search, and begin or resume its journal."""
        keeper = FoldKeeper(self.cv, journal)
        rng = random_bits(self.random_state, journal)
        data = self._read(X, y, params, keeper)
        scorer, _ = self._unfitted()._get_scorers()
        plan = self._plan(data, rng)
        callbacks = self._own_callbacks(data, plan)
        evaluator = self._evaluator(data, plan, scorer, rng)
        finals = read_finals(self.confirm, plan, data, rng)
        n_fits = {rung: n * len(data.folds) for rung, n in plan.sizes.items()}
        tree = ContextTree(self, root, n_fits, by_rung=plan.by_rung)
        progress = self._progress(plan, len(data.folds), finals, began)
        if journal is not None:
            begin(journal, type(self), self._all_params(), data, plan, evaluator)
        logbook, notices = Logbook(journal), Notices()
        return Session(
            data, plan, evaluator, finals, callbacks, tree, progress, logbook, notices
        )

    def _progress(
        self, plan: Plan, n_splits: int, finals: Finals | None, began: float
    ) -> Progress:
        """Announce the plan of the search, and return its progress display."""
        scheduler, timeout = plan.scheduler, self.timeout
        planned = Planned(
            plan.sizes,
            n_splits,
            scheduler.resources,
            finals.n_repeats if finals else 0,
            timeout,
        )
        announce(
            self.verbose, planned, at_most=self.prune_folds, n_times=self.n_repeats
        )
        seconds = finals.before(timeout) if finals else timeout
        budget = Budget(
            scheduler.n_candidates, seconds, plan.asked, began, plan.is_given
        )
        return Progress(self.verbose, planned, budget, plan.tuned.label_of)

    # ------------------------------------------------------------------------- run

    def _run(self, session: Session) -> Runner:
        """Evaluate candidates, store the results, and choose the best."""
        runner = self._search(session)
        confirmation = self._confirm(session, runner)
        self._keep(runner, session)
        self._select(runner, session, confirmation)
        return runner

    def _search(self, session: Session) -> Runner:
        """Evaluate candidates; return the runner that did it."""
        data, plan = session.data, session.plan
        with (
            KeptModels(plan.n_kept_models) as kept_models,
            open_steps(as_shared_steps(self.cache), data.X, data.y) as steps,
            Pool(self.n_jobs, self.fit_timeout) as pool,
            session.progress,
        ):
            plan.tuned.check_sendable(pool)
            evaluator = replace(
                session.evaluator,
                inner_threads=pool.inner_threads,
                caller=self._caller(here=pool.here) if session.tree.fits else None,
                time_limit=pool.time_limit,
                steps=steps,
                own_arguments=not pool.here,
            )
            n_tasks = n_dispatched(self.pre_dispatch, pool.n_jobs)
            runner = self._runner(session, evaluator, kept_models, n_tasks)
            with self._keeping(runner, session):
                runner.run(pool)
        session.tree.end()
        return runner

    def _runner(
        self,
        session: Session,
        evaluator: Evaluator,
        kept_models: KeptModels,
        n_tasks: float,
    ) -> Runner:
        """Return the loop of the search, with at most `n_tasks` at the workers."""
        data, plan = session.data, session.plan
        standing = session.progress.standing
        race = FoldRace(len(data.folds), data.repetitions) if self.prune_folds else None
        return Runner(
            plan.sampler,
            evaluator,
            data.X,
            data.y,
            standing.budget,
            objective=lambda candidate: self._objective(candidate, evaluator),
            callbacks=session.callbacks,
            max_dispatched=n_tasks,
            window=self.window,
            contexts=session.tree.fits,
            standing=standing,
            scheduler=plan.scheduler,
            repeat=plan.repeats,
            resource=plan.top_only,
            kept_models=kept_models,
            logbook=session.logbook,
            notices=session.notices,
            racing=Racing(
                race,
                plan.scheduler.max_resource,
                lambda *known: self._driving_scores(evaluator, *known),
            ),
            first_failures=first_failures(self.refit, plan, evaluator),
        )

    def _confirm(self, session: Session, runner: Runner) -> Confirmation | None:
        """Evaluate the best candidates again, in a new pool; None if not wanted."""
        finals, evaluator = session.finals, runner.evaluator
        if finals is None:
            return None
        confirmation = Confirmation(
            finals.k,
            finals.evaluators(replace(evaluator, steps=None)),
            session.data.X,
            session.data.y,
            budget=replace(runner.budget, timeout=self.timeout),
            values=lambda candidate: self._values(candidate, evaluator),
            max_dispatched=runner.max_dispatched,
            standing=runner.standing,
            resource=finals.resource,
            logbook=session.logbook,
            notices=session.notices,
            ending=runner.ending,
        )
        if runner.gave_up or runner.ending.interrupted:
            return confirmation
        limit = None if evaluator.time_limit is None else self.fit_timeout
        with (
            self._keeping(runner, session),
            Pool(self.n_jobs, limit) as pool,
            session.progress,
        ):
            confirmation.limit_time(pool.time_limit)
            confirmation.run(pool, runner.finished)
        return confirmation

    @contextmanager
    def _keeping(self, runner: Runner, session: Session) -> Iterator[None]:
        """Keep the finished candidates if the block raises, and tell why it ended."""
        try:
            yield
        except BaseException as error:
            if runner.finished and not asked_for(error, self.error_score):
                self._keep(runner, session)
            raise
