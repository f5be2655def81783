"""BaseSearch: what all faces share. ``fit`` reads, runs, selects, refits.

Prediction, scoring, tags, routing and the HTML diagram are inherited from
scikit-learn's own base class; ``fit`` is not, since that one splits anew for each batch
of candidates, waits for all of a batch, and keeps nothing when it is interrupted.
"""

from __future__ import annotations

import copy
import time
from abc import abstractmethod
from collections.abc import Callable, Mapping
from numbers import Integral, Real
from typing import Any, ClassVar, Self

import numpy as np
from sklearn.base import clone, is_classifier
from sklearn.model_selection import check_cv
from sklearn.utils import check_random_state, indexable
from sklearn.utils.validation import check_is_fitted

from sksearch._joblib import n_dispatched
from sksearch._sklearn import (
    BaseSearchCV,
    HasMethods,
    Interval,
    MultimetricScorer,
    StrOptions,
    check_method_params,
    fit_context,
    needs_fit_contexts,
    report_fit_failures,
    root_callback_context,
)
from sksearch.engine import (
    Budget,
    Candidate,
    Pool,
    Runner,
    announce,
    format_results,
    metric_names,
)
from sksearch.evaluation import SINGLE, Evaluator, Folds, make_folds
from sksearch.samplers import Sampler
from sksearch.search._checks import (
    check_callbacks,
    check_estimator_choice,
    check_return_oof,
    check_sampler_params,
    check_scoring_names,
)
from sksearch.search._out_of_fold import gather_predictions
from sksearch.search._slot import SLOT, Slot
from sksearch.space import (
    Choice,
    Space,
    as_space,
    check_names,
    complete_point,
    default_points,
)


class BaseSearch(BaseSearchCV):
    """Base class of the faces; a subclass chooses the sampler."""

    _parameter_constraints: ClassVar[dict[str, Any]] = {
        **BaseSearchCV._parameter_constraints,
        "estimator": [HasMethods(["fit"]), Choice],
        "n_iter": [Interval(Integral, 1, None, closed="left")],
        "random_state": ["random_state"],
        "timeout": [Interval(Real, 0, None, closed="neither"), None],
        "initial_points": [StrOptions({"default"}), "array-like", None],
        "return_oof": ["boolean"],
        "sampler_params": [dict, None],
    }

    @abstractmethod
    def __init__(
        self,
        estimator: Any,
        param_distributions: Any,
        *,
        n_iter: int,
        scoring: Any,
        n_jobs: int | None,
        refit: Any,
        cv: Any,
        verbose: int,
        pre_dispatch: int | str,
        random_state: Any,
        error_score: Any,
        return_train_score: bool,
        timeout: float | None,
        initial_points: Any,
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
        self.n_iter = n_iter
        self.random_state = random_state
        self.timeout = timeout
        self.initial_points = initial_points
        self.callbacks = callbacks
        self.return_oof = return_oof
        self.sampler_params = sampler_params

    @abstractmethod
    def _sampler_class(self) -> type[Sampler]:
        """Return the sampler that this face stands for."""

    def _sampler_settings(self) -> dict[str, Any]:
        """Return settings of the sampler that hold unless `sampler_params` differs."""
        return {}

    # ------------------------------------------------- a Choice as the estimator

    def _representative(self) -> Self:
        """Return this search with one estimator, where the estimator is a `Choice`."""
        if not isinstance(self.estimator, Choice):
            return self
        twin = copy.copy(self)
        twin.estimator = self.estimator.values[0]
        return twin

    def __sklearn_tags__(self) -> Any:
        return super(BaseSearch, self._representative()).__sklearn_tags__()

    def get_metadata_routing(self) -> Any:
        """Get the metadata routing of this object.

        Returns
        -------
        routing : MetadataRouter
            As of every scikit-learn meta-estimator.
        """
        return super(BaseSearch, self._representative()).get_metadata_routing()

    def __getattr__(self, name: str) -> Any:
        # Reached when a delegated method was not found. Before the fit, those who look
        # find the methods that the first estimator of a Choice has.
        state = self.__dict__
        choice = state.get("estimator")
        if (
            name in _DELEGATED
            and isinstance(choice, Choice)
            and state.get("refit")
            and "best_estimator_" not in state
            and hasattr(choice.values[0], name)
        ):
            return _not_fitted(self, name)
        return object.__getattribute__(self, name)

    # ------------------------------------------------------------------------- fit

    def _validate_params(self) -> None:
        check_scoring_names(self.scoring)
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
            If all fits failed, or a parameter has a value it cannot have.
        """
        scorer, refit_metric = self._representative()._get_scorers()
        X, y = indexable(X, y)
        params = check_method_params(X, params=params)
        routed = self._representative()._get_routed_params_for_fit(params)
        weights = params.get("sample_weight")
        hook = {
            "estimator": self,
            "X": X,
            "y": y,
            "metadata": None if weights is None else {"sample_weight": weights},
        }
        root = root_callback_context(self, max_subtasks=1 + (self.refit is not False))
        root.call_on_fit_task_begin(**hook)

        sampler = self._make_sampler()
        callbacks = check_callbacks(self.callbacks)
        estimator = self._representative().estimator
        check_return_oof(self.return_oof, estimator)
        self._checked_cv_orig = check_cv(
            self.cv, y, classifier=is_classifier(estimator)
        )
        folds = make_folds(self._checked_cv_orig, X, y, routed.splitter.split)
        self.n_splits_ = len(folds)
        n_candidates = int(min(self.n_iter, sampler.space.size))
        context = root.subcontext(
            task_name="search",
            max_subtasks=n_candidates * len(folds),
            sequential_subtasks=False,
        ).call_on_fit_task_begin(estimator=self)
        # All of them now: one may not be made while another is on its way to a worker.
        n_contexts = n_candidates * len(folds) * needs_fit_contexts(self, estimator)
        contexts = [
            context.subcontext(task_name="candidate-split-evaluation", task_id=task)
            for task in range(n_contexts)
        ]
        announce(self.verbose, len(folds), n_candidates)
        with Pool(self.n_jobs) as pool:
            evaluator = self._evaluator(
                folds,
                scorer,
                routed,
                inner_threads=pool.inner_threads,
                caller=self if contexts else None,
            )
            runner = Runner(
                sampler,
                evaluator,
                X,
                y,
                Budget(self.n_iter, self.timeout),
                objective=lambda candidate: self._objective(candidate, evaluator),
                callbacks=callbacks,
                max_dispatched=n_dispatched(self.pre_dispatch, pool.n_jobs),
                contexts=contexts,
                verbose=self.verbose,
            )
            candidates = runner.run(pool)
        context.call_on_fit_task_end(estimator=self)
        self._store(candidates, evaluator, refit_metric)
        if self.return_oof:
            self.oof_predictions_ = gather_predictions(candidates, folds, y)
        if self.refit:
            self._refit(evaluator, root, hook)
        root.call_on_fit_task_end(**hook)
        return self

    def _make_sampler(self) -> Sampler:
        """Return the sampler, after all checks of the space and of the points in it."""
        kind = self._sampler_class()
        chosen = check_sampler_params(kind, self.sampler_params)
        settings = {**self._sampler_settings(), **chosen}
        space, base = self._space()
        if self.initial_points == "default" and isinstance(self.initial_points, str):
            points = default_points(space, base)
        else:
            points = [
                complete_point(space, base, point)
                for point in self.initial_points or ()
            ]
        rng = check_random_state(self.random_state)
        seed = int(rng.randint(np.iinfo(np.int32).max))
        return kind(space, random_state=seed, initial_points=points, **settings)

    def _space(self) -> tuple[Space, Any]:
        """Return the space, checked, and what its configurations are set on."""
        specification = self.param_distributions
        if isinstance(self.estimator, Choice):
            check_estimator_choice(self.estimator)
            specification = {SLOT: self.estimator, **(specification or {})}
            base: Any = Slot()
        else:
            base = self.estimator
        space = as_space(specification)
        check_names(space, base)
        return space, base

    def _evaluator(
        self, folds: Folds, scorer: Any, routed: Any, **engine: Any
    ) -> Evaluator:
        chosen = isinstance(self.estimator, Choice)
        return Evaluator(
            Slot() if chosen else clone(self.estimator),
            SLOT if chosen else None,
            folds,
            scorer,
            fit_params=routed.estimator.fit,
            score_params=routed.scorer.score,
            error_score=self.error_score,
            return_train_score=self.return_train_score,
            return_oof=self.return_oof,
            **engine,
        )

    def _objective(self, candidate: Candidate, evaluator: Evaluator) -> float:
        """Return the mean score of the metric that drives the search."""
        metrics = metric_names([candidate], evaluator.scorer)
        named = isinstance(self.refit, str) and self.refit in metrics
        metric = self.refit if named else metrics[0]
        return candidate.mean(metric, evaluator.failed_score)

    def _store(
        self, candidates: list[Candidate], evaluator: Evaluator, refit_metric: Any
    ) -> None:
        """Set the attributes that tell what was found."""
        scorer = evaluator.scorer
        several = isinstance(scorer, MultimetricScorer)
        fits = [c.folds[i] for c in candidates for i in range(c.n_splits)]
        errors = [{"fit_error": fold.error} for fold in fits]
        report_fit_failures(errors, self.error_score)
        metrics = metric_names(candidates, scorer)
        self.multimetric_ = several or metrics != [SINGLE]
        if self.multimetric_ and callable(self.scoring):
            self._check_refit_for_multimetric(dict.fromkeys(metrics))
            refit_metric = self.refit
        results = format_results(
            candidates,
            metrics,
            evaluator.failed_score,
            return_train_score=self.return_train_score,
        )
        if self.refit or not self.multimetric_:
            best = self._select_best_index(self.refit, refit_metric, results)
            self.best_index_ = best
            self.best_params_ = results["params"][best]
            if not callable(self.refit):
                self.best_score_ = results[f"mean_test_{refit_metric}"][best]
        self.scorer_ = scorer._scorers if several else scorer
        self.cv_results_ = results

    def _refit(self, evaluator: Evaluator, root: Any, hook: Mapping[str, Any]) -> None:
        """Fit the best configuration on all the data."""
        self.best_estimator_ = evaluator.build(self.best_params_)
        data = (hook["X"],) if hook["y"] is None else (hook["X"], hook["y"])
        context = root.subcontext(task_name="refit-with-best-params")
        with context.propagate_callback_context(self.best_estimator_):
            context.call_on_fit_task_begin(**hook)
            start = time.time()
            self.best_estimator_.fit(*data, **evaluator.fit_params)
            self.refit_time_ = time.time() - start
        if hasattr(self.best_estimator_, "feature_names_in_"):
            self.feature_names_in_ = self.best_estimator_.feature_names_in_
        context.call_on_fit_task_end(**hook)


def _not_fitted(search: BaseSearch, name: str) -> Callable[..., None]:
    """Return what stands for a method of an estimator that is not chosen yet."""

    def method(*_: Any, **__: Any) -> None:
        check_is_fitted(search)

    method.__name__ = name
    return method


_DELEGATED = frozenset(
    {
        "decision_function",
        "inverse_transform",
        "predict",
        "predict_log_proba",
        "predict_proba",
        "score_samples",
        "transform",
    }
)
