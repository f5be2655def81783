"""DrivenByMetric: the metric that drives a search, and the scores by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sksearch._sklearn import BaseSearchCV
from sksearch.engine import metric_names
from sksearch.evaluation import SINGLE, Evaluator
from sksearch.reports import metrics_of, stand_ins
from sksearch.search.selection._one_standard_error import metric_of
from sksearch.trials import Candidate


class DrivenByMetric(BaseSearchCV):
    """A search driven by the metric of `refit`, or else by the first metric."""

    cv_results_: dict[str, Any]
    failures_: dict[str, list[Any]]

    @property
    def _metrics(self) -> list[str]:
        """The names of the metrics of a fitted search, in order."""
        return metrics_of(self.cv_results_)

    @property
    def _metric(self) -> str:
        """The name of the metric that drove a fitted search."""
        return metric_among(self.refit, self._metrics)

    def _stand_ins(self, metric: str) -> list[list[int]]:
        """Return row and fold of each failed fold that has a number for a score."""
        return stand_ins(self.cv_results_, self.failures_, metric, self.error_score)

    def _objective(self, candidate: Candidate, evaluator: Evaluator) -> float:
        """Return the mean score of the metric that drives the search."""
        metric = self._driving_metric(candidate, evaluator)
        return candidate.mean(metric, evaluator.failed_score)

    def _values(self, candidate: Candidate, evaluator: Evaluator) -> list[float]:
        """Return the scores by fold, of the metric that drives the search."""
        metric = self._driving_metric(candidate, evaluator)
        return candidate.values(metric, evaluator.failed_score)

    def _driving_scores(
        self, evaluator: Evaluator, candidate: Candidate, folds: Sequence[int]
    ) -> list[float]:
        """Return the scores of some folds by the metric that drives the search."""
        metric = self._driving_metric(candidate, evaluator)
        return candidate.scores(folds, metric, evaluator.failed_score)

    def _driving_metric(self, candidate: Candidate, evaluator: Evaluator) -> str:
        """Return the name of the metric that drives the search."""
        metrics = metric_names([candidate], evaluator.scorer)
        if callable(self.scoring) and metrics != [SINGLE]:
            self._check_refit_for_multimetric(dict.fromkeys(metrics))
        return metric_among(self.refit, metrics)


def metric_among(refit: Any, names: Sequence[str]) -> str:
    """Return the metric that drives a search: that of `refit`, or the first one."""
    return driving_metrics(refit, names)[0]


def driving_metrics(refit: object, names: Sequence[str]) -> list[str]:
    """Return the metrics of which one must have a score.

    If `refit` names a metric, only that counts.
    """
    wanted = metric_of(refit)
    return [wanted] if isinstance(wanted, str) and wanted in names else list(names)


def driving_metric(scoring: object, refit: object) -> str | None:
    """Return the name of the metric that drives a search; "" if it has no name."""
    if scoring is None or isinstance(scoring, str):
        return scoring
    refit = metric_of(refit)
    if isinstance(refit, str):
        named = scoring.get(refit) if isinstance(scoring, Mapping) else refit
        return named if isinstance(named, str) else refit
    return ""
