"""Plans: reads and checks the parameters of a search, and makes its plan."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from sklearn.base import is_classifier, is_regressor
from sklearn.model_selection import check_cv

from sksearch.evaluation import Evaluator, Repeats
from sksearch.samplers import Sampler
from sksearch.schedulers import Full, Ladder
from sksearch.search._tuned import Tuned, TunesChoice, options_of
from sksearch.search.checks import (
    Callback,
    KnowsWords,
    Scorer,
    all_scorers,
    as_own_callbacks,
    check_call,
    check_callbacks,
    check_data,
    check_estimator_choice,
    check_features,
    check_fit_params,
    check_has_target,
    check_holes,
    check_methods,
    check_metric,
    check_no_metric,
    check_return_oof,
    check_row_weights,
    check_sampler_params,
    check_there_is_target,
    driving_scorer,
    likely_estimators,
    made_sampler,
    n_for_search,
    split_callback,
    takes,
    warn_of_made_early,
    warn_of_misjudging,
    was_given,
)
from sksearch.search.plan._fit_data import FitData
from sksearch.search.plan._initial_points import beginning, driving_metric
from sksearch.search.plan._kept_folds import FoldKeeper
from sksearch.search.plan._plan import EPOCHS, Plan
from sksearch.search.plan._read_fitting import read_fit, read_stopping
from sksearch.search.plan._read_space import read_space, whole
from sksearch.search.plan._ready_made import AUTO, specification
from sksearch.space import Choice, InPlace, Space, as_space, check_held, in_place


class Plans(KnowsWords, TunesChoice):
    """A search that reads and checks all parameters before it fits anything."""

    @abstractmethod
    def _plan(self, data: FitData, rng: np.random.RandomState) -> Plan:
        """Return the plan of the search, after all checks; nothing is fitted.

        The order is fixed, so that a journal can be resumed: first the space, then the
        sampler, then other parts that need `rng`.
        """

    def _specified(self) -> Any:
        """Return the space as the user gave it, in a form for `as_space`."""
        return self.param_distributions

    def _read(
        self, X: Any, y: Any, params: Mapping[str, Any], keeper: FoldKeeper
    ) -> FitData:
        """Read the arguments of ``fit``."""
        check_features(X)
        given = self._given().estimator
        first = self._representative()
        params, callback = split_callback(params, options_of(given))
        check_holes(options_of(given), self.scoring, y)
        check_return_oof(self.return_oof, first.estimator)
        classify = is_classifier(first.estimator)
        regress = is_regressor(first.estimator)
        routed = first._get_routed_params_for_fit(params)
        return FitData(
            X,
            y,
            cv=check_cv(self.cv, y, classifier=classify),
            kind="classifier" if classify else "regressor" if regress else "",
            params=params,
            callback=callback,
            fit_params=routed.estimator.fit,
            score_params=routed.scorer.score,
            split_params=routed.splitter.split,
            keeper=keeper,
        )

    def _own_callbacks(self, data: FitData, plan: Plan) -> list[Callback]:
        """Return all callbacks, also those of other libraries, after all checks."""
        return as_own_callbacks(
            check_callbacks(self.callbacks),
            data.callback,
            plan.tuned.space,
            type(self),
            by_rung=plan.by_rung,
        )

    def _given(self) -> InPlace:
        """Return the estimator, or a checked `Choice`, and the ranges in it."""
        if isinstance(self.estimator, Choice):
            given = in_place(self.estimator)
            check_estimator_choice(given.estimator)
            return given
        check_held(self.estimator)
        return in_place(self.estimator)

    def _space(self) -> object:
        """Return the space as the user gave it, in a dict or in the estimator."""
        given = self._specified()
        return given if given == AUTO else whole(self._given(), given)

    def _evaluator(
        self, data: FitData, plan: Plan, scorer: Scorer, rng: np.random.RandomState
    ) -> Evaluator:
        """Return the evaluator, after the checks that need the folds."""
        self._check_scorer(scorer, plan.tuned, data, is_short=plan.is_short)
        stopping = read_stopping(self.early_stopping)
        return Evaluator(
            plan.tuned.base,
            plan.tuned.slot,
            data.folds,
            scorer,
            fitting=read_fit(stopping, plan, data, rng, type(self).__name__),
            fit_params=data.fit_params,
            score_params=data.score_params,
            error_score=self.error_score,
            return_train_score=self.return_train_score,
            return_oof=self.return_oof,
            repeats=self._repeats(rng),
        )

    def _repeats(self, rng: np.random.RandomState) -> Repeats | None:
        """Return the repeats of each fit; None for one fit per fold."""
        n = int(self.n_repeats)
        return None if n == 1 else Repeats(n, int(rng.randint(np.iinfo(np.int32).max)))

    def _check_scorer(
        self, scorer: Scorer, tuned: Tuned, data: FitData, *, is_short: bool
    ) -> None:
        """Raise ValueError if no candidate can have a score by the driving metric.

        The metric may not suit the target, or no estimator can be fitted to the data.
        """
        if not is_short:  # scikit-learn lets a function fail with so few candidates
            check_no_metric(self.scoring)
            check_call(self.scoring, data.y, data.score_params)
        driving = driving_scorer(self.scoring, scorer, self.refit, self.error_score)
        if driving is None:
            return
        check_has_target(*driving, data.y)
        check_data(data.X, data.y, likely_estimators(tuned))
        # scikit-learn looks for the methods of all metrics before it computes any.
        for name, one in all_scorers(driving[0], scorer).items():
            check_methods(name, one, likely_estimators(tuned))
        if data.kind:
            check_metric(
                *driving,
                data.y,
                data.folds,
                likely_estimators(tuned),
                classify=data.classify,
            )
            warn_of_misjudging(
                *driving, data.y, data.folds, data.score_params, classify=data.classify
            )

    def _all_at_once(
        self,
        kind: Callable[..., Sampler],
        data: FitData,
        rng: np.random.RandomState,
        **settings: object,
    ) -> Plan:
        """Return the plan of a search that gives `n_iter` candidates everything.

        The `sampler` of the user takes the place of `kind`.
        """
        tuned = self._tuned(data)
        n_iter = n_for_search(int(self.n_iter), self.confirm)
        if self.sampler is not None:  # the settings are for the sampler of the face
            kind, settings = self.sampler, {}
        return Plan(
            tuned,
            self._make_sampler(kind, tuned, data, rng, settings),
            Full(Ladder((1,), n_candidates=n_iter)),
            sizes={0: int(min(n_iter, tuned.space.size))},
            is_given=was_given(self, "n_iter"),
        )

    def _tuned(
        self,
        data: FitData,
        *,
        share: float = 1.0,
        resource: str | None = None,
        read: Callable[[Any], Space] = as_space,
    ) -> Tuned:
        """Return the estimator and the space, after all checks.

        In a search on rungs, `share` is the share of the rows on the lowest rung, and
        `resource` the parameter that is the resource.
        """
        given = self._given()
        asked = specification(
            self._specified(),
            given.estimator,
            data,
            share=share,
            resource=resource,
            held=given.ranges,
        )
        tuned = read_space(given.estimator, asked, given.ranges, read)
        if not tuned.is_replaced:
            check_there_is_target(options_of(given.estimator), data.y)
        if resource != EPOCHS:  # partial_fit takes other arguments
            own = list(self.get_params(deep=False))
            check_fit_params(tuned, data.fit_params, type(self).__name__, own)
        check_row_weights(data.X, data.params)
        warn_of_made_early(tuned)
        return tuned

    def _make_sampler(
        self,
        kind: Callable[..., Sampler],
        tuned: Tuned,
        data: FitData,
        rng: np.random.RandomState,
        settings: Mapping[str, object],
        *,
        resource: str | None = None,
    ) -> Sampler:
        """Return the sampler with `settings`, overridden by `sampler_params`."""
        chosen = {**settings, **check_sampler_params(kind, self.sampler_params)}
        points, scores = beginning(
            self.initial_points,
            tuned,
            data,
            metric=driving_metric(self.scoring, self.refit),
            resource=resource,
            verbose=self.verbose,
        )
        if scores is not None and takes(kind, "known_scores"):
            chosen.setdefault("known_scores", scores)
        seed = int(rng.randint(np.iinfo(np.int32).max))
        words = {"random_state": seed, "initial_points": points, **chosen}
        return made_sampler(kind, tuned.space, words)
