"""``estimate_score``: an estimate of the winner's score on new data."""

from __future__ import annotations

from collections.abc import Callable
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import get_scorer
from sklearn.utils.validation import check_is_fitted

from sksearch.evaluation import OutOfFold
from sksearch.honesty import FoldScores, ScoreEstimate, estimate
from sksearch.search.honest._by_rows import Scored, by_rows
from sksearch.search.honest._range_of_metric import range_of
from sksearch.search.selection import DrivenByMetric, complete_scores, rule_of

#: Seed of the random divisions. It is fixed, so that the estimate is always the same,
#: whatever the `random_state` of the search.
SEED = 0


class EstimatesScore(DrivenByMetric):
    """A search that can estimate the winner's score on new data."""

    multimetric_: bool
    scorer_: Any
    candidate_estimator: Callable[[int], Any]
    _test_parts: dict[str, Any]

    def estimate_score(self, confidence: float = 0.95) -> ScoreEstimate:
        """Estimate the score of the winner on new data, without a fit.

        ``best_score_`` is optimistic: it is the best of many scores, and luck helped to
        make it the best. Here the choice is repeated on a part of the data and judged
        on the rest [1]_. With ``return_oof=True`` the parts are rows; otherwise they
        are folds, which gives wider intervals.

        Parameters
        ----------
        confidence : float, default=0.95
            Probability with which the interval shall cover the true score, between 0
            and 1.

        Returns
        -------
        estimate : ScoreEstimate
            The score, an interval, and the optimism of ``best_score_``. With several
            metrics, they are for the one that drives the search. If `refit` is a
            function, the optimism of the best score is subtracted from its winner's
            score, which is rather too much than too little. A winner confirmed by
            `confirm` owes less to luck than the best score; the optimism is what its
            first score has beyond the repeated choices. They do not confirm, so it is
            still a little too much. For metrics of scikit-learn no number is beyond
            what the metric can be: 1, for instance, for accuracy and R², and 0 for
            losses such as ``neg_log_loss``.

        Raises
        ------
        NotFittedError
            If the search is not fitted.
        ValueError
            If `confidence` is not between 0 and 1, no candidate has a score on each
            fold, or there is one fold and no predictions.

        References
        ----------
        .. [1] Tsamardinos, Greasidou and Borboudakis, "Bootstrapping the out-of-sample
           predictions for efficient and accurate cross-validation", Machine Learning
           107, 2018.
        """
        check_confidence(confidence)
        check_is_fitted(self, "cv_results_")
        metric = self._metric
        failed = [row for row, _ in self._stand_ins(metric)]
        rows, scores = complete_scores(self.cv_results_, metric, failed)
        if not len(rows):
            msg = "No candidate has a score on each fold, so there is none to estimate."
            raise ValueError(msg)
        means = scores.mean(axis=1)
        best = float(means.max())
        winner = np.flatnonzero(rows == getattr(self, "best_index_", -1))
        chosen = float(means[winner[0]]) if winner.size else best
        # Without a function, only `confirm` takes another than the best. That one is at
        # least as good, so it is worth what the repeated choices are.
        if not callable(rule_of(self.refit, several=self.multimetric_)):
            best = chosen
        divided = self._divided(rows, scores, metric)
        row = int(rows[winner[0] if winner.size else means.argmax()])
        model = self.candidate_estimator(row)
        ends = range_of(self._scorer_named(metric), model, scores)
        return estimate(divided, best, chosen, confidence, SEED, ends)

    def _divided(
        self, rows: NDArray[np.intp], scores: NDArray[np.float64], metric: str
    ) -> Any:
        """Return scores by rows if there are predictions, else by folds."""
        kept = getattr(self, "_test_parts", {})
        oof = getattr(self, "oof_predictions_", None)
        if oof is not None and any(p is not None for p in oof.predictions):
            groups, params = kept.get("groups"), kept.get("params", {})
            scorer = self._scorer_of(metric, oof)
            found = by_rows(oof, Scored(rows, scores, scorer, metric, groups, params))
            if found is not None:
                return found
        n_folds = scores.shape[1]
        if n_folds < 2:
            msg = (
                "One fold alone does not tell how much its scores vary. Write "
                "return_oof=True, or more folds."
            )
            raise ValueError(msg)
        every = np.zeros(n_folds, dtype=np.intp)
        return FoldScores(scores, kept.get("repetitions", every))

    def _scorer_of(self, metric: str, oof: OutOfFold) -> Any:
        """Return the scorer of a metric; without `scoring`, the default one."""
        if self.scoring is None:
            kept = next(p for p in oof.predictions if p is not None)
            return get_scorer("r2" if kept[0].classes is None else "accuracy")
        return self._scorer_named(metric)

    def _scorer_named(self, metric: str) -> Any:
        """Return the scorer of a metric; None for ``score`` of the estimator."""
        if self.scoring is None:
            return None
        scorer = self.scorer_
        return scorer[metric] if isinstance(scorer, dict) else scorer


def check_confidence(confidence: object) -> None:
    """Raise unless it is a number between 0 and 1."""
    real = isinstance(confidence, Real) and not isinstance(confidence, bool)
    if not real:
        msg = f"confidence must be a number between 0 and 1, got {confidence!r}."
        raise TypeError(msg)
    if not 0 < float(confidence) < 1:  # type: ignore[arg-type]
        hint = ""
        if 1 < float(confidence) < 100:  # type: ignore[arg-type]
            hint = f" Write {float(confidence) / 100:g}."  # type: ignore[arg-type]
        msg = f"confidence must be between 0 and 1, got {confidence!r}.{hint}"
        raise ValueError(msg)
