"""DrivenByMetric: the metric that drives a search, and the scores by it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sksearch.engine import metric_names
from sksearch.evaluation import SINGLE, Evaluator
from sksearch.search.selection._one_standard_error import metric_of
from sksearch.trials import Candidate


class DrivenByMetric:
    """A search driven by the metric of `refit`, or else by the first metric."""

    refit: Any
    scoring: Any
    _check_refit_for_multimetric: Any

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
    """Return the metric that drives a search: that of `refit`, or the first one.

    Parameters
    ----------
    refit : bool, str or callable
        The `refit` of the search.
    names : sequence of str
        The names of the metrics.
    """
    wanted = metric_of(refit)
    return wanted if isinstance(wanted, str) and wanted in names else names[0]
