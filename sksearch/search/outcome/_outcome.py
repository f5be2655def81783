"""KeepsOutcome: sets the fitted attributes of a search, however it ends.

The tables come first and stay, whatever happens later. Then comes the best candidate,
or an error if there is none. Warnings are raised so that the tables are kept.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

import numpy as np

from sksearch._sklearn import BaseSearchCV, MultimetricScorer
from sksearch.engine import (
    Confirmation,
    Runner,
    confirmed_columns,
    format_results,
    metric_names,
    rounds_of,
    warn_not_finite,
)
from sksearch.evaluation import SINGLE, Evaluator, OutOfFold, StoppedFitting, untouched
from sksearch.progress import Progress
from sksearch.search.outcome._answers_others import AnswersOthers
from sksearch.search.outcome._failures import (
    check_scores,
    failures_of,
    told_what_refit_returns,
    warn_of_failures,
)
from sksearch.search.outcome._for_ensembles import gather_predictions
from sksearch.search.outcome._has_reports import params_of
from sksearch.search.outcome._kept_facts import (
    facts_for_reports,
    final_rounds,
    target_of,
    test_parts_of,
    timeline_of,
)
from sksearch.search.outcome._shows_itself import ShowsItself
from sksearch.search.plan import TunesChoice
from sksearch.search.selection import (
    OneStandardError,
    check_rule,
    driving_metrics,
    metric_of,
    rule_of,
)
from sksearch.search.session import Session
from sksearch.space import Space
from sksearch.trials import Candidate

#: Attributes that an earlier fit may have left, and that would not match new tables.
_OF_THE_WINNER = (
    "best_estimator_",
    "best_index_",
    "best_params_",
    "best_score_",
    "confirmed_score_",
    "feature_names_in_",
    "final_rounds_",
    "oof_predictions_",
    "refit_time_",
)


class KeepsOutcome(ShowsItself, AnswersOthers, TunesChoice):
    """A search that keeps its tables, whatever is raised after they are set."""

    timeline_: dict[str, list[Any]]
    oof_predictions_: OutOfFold
    n_splits_: int
    space_: Space
    end_reason_: str
    end_counts_: dict[str, int]
    best_estimator_: Any
    best_index_: int
    best_params_: dict[str, Any]
    best_score_: float
    prune_folds: bool
    confirmed_score_: float
    refit_time_: float

    def _keep(self, runner: Runner, session: Session) -> None:
        """Set the tables and what belongs to them, and tell why the search ended."""
        candidates, evaluator = runner.finished, runner.evaluator
        data, plan = session.data, session.plan
        self._store(runner, plan.columns)
        for name, value in plan.attributes.items():
            setattr(self, name, value)
        self.n_splits_ = len(data.folds)
        self.space_ = plan.tuned.space
        self._for_reports = {
            **facts_for_reports(candidates, self.space_),
            "target": target_of(data),
        }
        self._test_parts = test_parts_of(data, by_rows=self.return_oof)
        resource = plan.top_only
        if isinstance(evaluator.fitting, StoppedFitting):
            self.final_rounds_ = final_rounds(
                candidates, evaluator, resource, data.n_rows
            )
        if self.return_oof:
            folds = resource.give(evaluator, resource.top).folds
            self.oof_predictions_ = gather_predictions(candidates, folds, data)
        self._tell_end(runner, session.progress)

    def _store(self, runner: Runner, columns: Sequence[str]) -> None:
        """Set the tables. Code of the user cannot make this fail."""
        candidates, evaluator = runner.finished, runner.evaluator
        for name in _OF_THE_WINNER:
            self.__dict__.pop(name, None)
        scorer = evaluator.scorer
        several = isinstance(scorer, MultimetricScorer)
        self.suggestions_ = [c.trial.given for c in candidates]
        self.failures_ = failures_of(candidates)
        self.timeline_ = timeline_of(candidates)
        metrics = metric_names(candidates, scorer)
        self.multimetric_ = several or metrics != [SINGLE]
        self.scorer_ = scorer._scorers if several else scorer  # noqa: SLF001
        self.cv_results_ = format_results(
            candidates,
            metrics,
            evaluator.failed_score,
            return_train_score=self.return_train_score,
            columns=columns,
            rounds=isinstance(evaluator.fitting, StoppedFitting),
            n_folds=self.prune_folds,
        )

    def _add_confirmed(
        self, confirmation: Confirmation | None, runner: Runner
    ) -> int | None:
        """Add the columns of a confirmation; return the row of its winner."""
        if confirmation is None:
            return None
        candidates, failed = runner.finished, runner.evaluator.failed_score
        self.cv_results_.update(
            confirmed_columns(candidates, confirmation.repeats, self._metrics, failed)
        )
        numbers = [candidate.number for candidate in candidates]
        winner = confirmation.winner
        return None if winner is None else numbers.index(winner.number)

    def _tell_end(self, runner: Runner, progress: Progress) -> None:
        """Set, write and print the reason of the end, and the counts."""
        self.end_reason_ = runner.ending.reason
        self.end_counts_ = {
            "planned": runner.scheduler.n_planned,
            "finished": len(runner.finished),
            "known": runner.ending.n_known,
            "failed": len(set(self.failures_["candidate"])),
        }
        runner.logbook.end(
            self.end_reason_, self.end_counts_, progress.standing.budget.elapsed
        )
        progress.end(self.end_reason_, self.end_counts_)

    def _select(
        self, runner: Runner, session: Session, confirmation: Confirmation | None
    ) -> None:
        """Set the attributes of the best candidate.

        It is the winner of the confirmation, unless a function chooses. Raise
        ValueError if no candidate has a score, or `refit` names no metric.
        """
        candidates, evaluator = runner.finished, runner.evaluator
        confirmed = self._add_confirmed(confirmation, runner)
        names = self._metrics
        several = isinstance(evaluator.scorer, MultimetricScorer)
        named = several or (self.multimetric_ and callable(self.scoring))
        metric = self.refit if named else SINGLE
        check_scores(
            candidates,
            self.refit,
            driving_metrics(self.refit, names),
            evaluator.failed_score,
            short=session.plan.is_short or session.plan.nan_may_win,
            ended_early=runner.gave_up,
        )
        warn_of_failures(candidates, self.error_score, session.notices)
        warn_not_finite(self.cv_results_, names, session.notices)
        if self.multimetric_ and not self.refit:
            return
        refit, table = rule_of(self.refit, several=named), self.cv_results_
        by_rule = isinstance(refit, OneStandardError)
        if by_rule:
            metric = refit.column(table)
            table = self._earned(metric)
        with told_what_refit_returns(len(candidates)):
            best = self._select_best_index(refit, metric, table)
        if confirmed is not None and not callable(refit):
            best = confirmed
        self.best_index_ = best
        self.best_params_ = params_of(candidates[best])
        if by_rule or not callable(refit):
            self.best_score_ = self.cv_results_[f"mean_test_{metric}"][best]
            if "n_confirmations" in self.cv_results_:
                pooled = self.cv_results_[f"mean_confirmed_{metric}"]
                self.confirmed_score_ = pooled[best]

    def _earned(self, metric: str) -> dict[str, Any]:
        """Return the table, with nan for each number that stands for a failed fold.

        Beside the scores of the other folds it is far off: the standard error would be
        so large that a candidate which fails is near the best.
        """
        table = dict(self.cv_results_)
        for row, fold in self._stand_ins(metric):
            key = f"split{fold}_test_{metric}"
            table[key] = np.array(table[key], dtype=float)
            table[key][row] = np.nan
        return table

    def _refit(
        self,
        best: Candidate,
        evaluator: Evaluator,
        n_rows: int,
        root: Any,
        hook: Mapping[str, Any],
    ) -> None:
        """Fit the best configuration on all the data, and set the attributes.

        An exception of the user's space function for the best trial is raised here.
        """
        X, y = hook["X"], hook["y"]
        if best.trial.error is not None:  # `error_score` is better than all scores
            raise best.trial.error
        estimator = evaluator.build(self.best_params_)
        if self.return_oof:
            X = untouched(estimator, X)  # an ensemble will be fitted to it
        fitting, folds = evaluator.fitting, evaluator.folds
        [n_rounds] = fitting.final_rounds(folds, [rounds_of(best)], n_rows)
        fitting = fitting.for_all(n_rounds)
        self.best_estimator_ = estimator
        context = root.subcontext(task_name="refit-with-best-params")
        with context.propagate_callback_context(estimator):
            context.call_on_fit_task_begin(**hook)
            start = time.time()
            fitting.fit(estimator, (X,) if y is None else (X, y), evaluator.fit_params)
            self.refit_time_ = time.time() - start
        if hasattr(estimator, "feature_names_in_"):
            self.feature_names_in_ = estimator.feature_names_in_
        context.call_on_fit_task_end(**hook)

    def _check_refit_for_multimetric(self, scores: Mapping[str, Any]) -> None:
        """Raise ValueError if `refit` names none of several metrics."""
        check_rule(self.refit, list(scores))
        try:
            super()._check_refit_for_multimetric(scores)
        except ValueError as error:
            names = list(scores)
            got = self.refit if isinstance(self.refit, str) else ""
            near = [name for name in names if got and got in name]
            near += get_close_matches(got, names, 1)
            msg = (
                f"{error} The metrics are {', '.join(map(repr, names))}: write "
                f"refit={(near or names)[0]!r}{'' if near else ', for example'}."
            )
            raise ValueError(msg) from None

    def score(self, X: Any, y: Any = None, **params: Any) -> Any:
        """Score the best estimator by the metric that drove the search.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Data.
        y : array-like of shape (n_samples,) or (n_samples, n_outputs), default=None
            Target.
        **params : dict
            Other arguments of the scorer, if metadata routing is enabled.

        Returns
        -------
        score : float
            With several metrics, the score by the one that `refit` names; by the first
            one if `refit` is a function.
        """
        search = self
        if callable(self.refit) and getattr(self, "multimetric_", False):
            search = copy.copy(self)
            wanted = metric_of(self.refit)
            search.refit = wanted if isinstance(wanted, str) else self._metrics[0]
        found = BaseSearchCV.score(search, X, y, **params)
        if isinstance(found, dict):  # a scorer may return a dict with a single metric
            found = found[self._metrics[0]]
        return found.item() if isinstance(found, np.ndarray) else found
