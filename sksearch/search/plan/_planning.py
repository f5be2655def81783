"""Plans: reads and checks the parameters of a search, and makes its plan."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from sklearn.base import is_classifier, is_regressor
from sklearn.model_selection import check_cv

from sksearch._rng import drawn_seed
from sksearch.engine import FoldKeeper
from sksearch.evaluation import Evaluator, Repeats, options_of
from sksearch.samplers import Sampler
from sksearch.schedulers import Full, Ladder
from sksearch.search.checks import (
    Callback,
    KnowsWords,
    Scorer,
    as_own_callbacks,
    check_callbacks,
    check_estimator_choice,
    check_features,
    check_fit_params,
    check_holes,
    check_placeholder,
    check_return_oof,
    check_row_weights,
    check_sampler_params,
    check_scoring,
    check_there_is_target,
    check_values_alike,
    check_values_taken,
    made_sampler,
    split_callback,
    warn_of_pairs,
    warn_without_effect,
    was_given,
)
from sksearch.search.plan._finals import n_for_search
from sksearch.search.plan._fit_data import FitData
from sksearch.search.plan._initial_points import beginning
from sksearch.search.plan._parameters import HasParameters
from sksearch.search.plan._plan import EPOCHS, Plan
from sksearch.search.plan._read_fitting import read_fit
from sksearch.search.plan._read_resplit import read_resplit
from sksearch.search.plan._read_space import AUTO, read_space, specification, whole
from sksearch.search.plan._tuned import Tuned
from sksearch.search.selection import driving_metric
from sksearch.space import (
    Choice,
    InPlace,
    Space,
    as_space,
    check_held,
    in_place,
    parameters_of,
    read_short_ranges,
)


class Plans(KnowsWords, HasParameters):
    """A search that reads and checks all parameters before it fits anything."""

    @abstractmethod
    def _plan(self, data: FitData, rng: np.random.RandomState) -> Plan:
        """Return the plan of the search, after all checks; nothing is fitted.

        The order is fixed, so that a journal can be resumed: first the space, then the
        sampler, then other parts that need `rng`.
        """

    def _specified(self) -> Any:
        """Return the space as the user gave it, in a form for `as_space`."""
        if self._reads_skopts_words:
            return read_short_ranges(self.param_distributions, named=False)
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
        check_placeholder(first.estimator, self.scoring)
        classify = is_classifier(first.estimator)
        if classify:
            check_values_alike(y)
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
        check_scoring(
            self, scorer, data, plan.tuned.likely_estimators, is_short=plan.is_short
        )
        fitting = read_fit(self, plan, data, rng)
        n_repeats = int(self.n_repeats)
        return Evaluator(
            plan.tuned.base,
            plan.tuned.slot,
            data.folds,
            scorer,
            fitting=fitting,
            fit_params=data.fit_params,
            score_params=data.score_params,
            error_score=self.error_score,
            return_train_score=self.return_train_score,
            return_oof=self.return_oof,
            repeats=None if n_repeats == 1 else Repeats(n_repeats, drawn_seed(rng)),
            resplit=read_resplit(self, data, rng),
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
        given, specified = self._given(), self._specified()
        if self._reads_skopts_words:
            warn_of_pairs(specified)
        asked = specification(
            specified,
            given.estimator,
            data,
            share=share,
            resource=resource,
            held=given.ranges,
        )
        tuned = read_space(given.estimator, asked, given.ranges, read)
        check_values_taken(tuned.space, tuned.base)
        if not tuned.is_replaced:
            options = options_of(given.estimator)
            check_there_is_target(options, data.y)
            if resource != EPOCHS:  # partial_fit takes other arguments
                own = list(self.get_params(deep=False))
                check_fit_params(options, data.fit_params, type(self).__name__, own)
        check_row_weights(data.X, data.params)
        users = [tuned.base, *tuned.listed_estimators()]
        warn_without_effect(type(self), users, tuned.likely_estimators())
        return tuned

    def _make_sampler(
        self,
        kind: Callable[..., Sampler],
        tuned: Tuned,
        data: FitData,
        rng: np.random.RandomState,
        settings: Mapping[str, object],
        *,
        offered: Mapping[str, object] | None = None,
        resource: str | None = None,
    ) -> Sampler:
        """Return the sampler with `settings`, overridden by `sampler_params`.

        Of the settings `offered` it gets those that it takes.
        """
        given = check_sampler_params(kind, self.sampler_params)
        points, scores = beginning(
            self.initial_points,
            tuned,
            data,
            metric=driving_metric(self.scoring, self.refit),
            resource=resource,
            verbose=self.verbose,
        )
        more = {**(offered or {})} | (
            {} if scores is None else {"known_scores": scores}
        )
        taken = parameters_of(kind) or {}
        words = {
            "random_state": drawn_seed(rng),
            "initial_points": points,
            **{name: value for name, value in more.items() if name in taken},
            **settings,
            **given,
        }
        return made_sampler(kind, tuned.space, words)
