"""``estimate_score``: an estimate of the winner's score on new data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import get_scorer
from sklearn.utils.validation import check_is_fitted

from sksearch.evaluation import Folds, OutOfFold
from sksearch.honesty import FoldScores, ScoreEstimate, estimate
from sksearch.reports import stand_ins
from sksearch.search.honest._by_rows import Scored, by_rows
from sksearch.search.honest._range_of_metric import range_of
from sksearch.search.plan import FitData
from sksearch.search.selection import metric_among, rule_of

#: Seed of the random divisions. It is fixed, so that the estimate is always the same,
#: whatever the `random_state` of the search.
SEED = 0


class EstimatesScore:
    """A search that can estimate the winner's score on new data."""

    cv_results_: dict[str, Any]
    _test_parts: dict[str, Any]

    def _remember_parts(self, data: FitData) -> None:
        """Keep the few facts about rows that an estimate needs."""
        kept: dict[str, Any] = {
            "repetitions": data.repetitions,
            "share": test_share(data.folds),
        }
        if self.return_oof:  # type: ignore[attr-defined]
            kept |= {"groups": data.groups, "params": dict(data.score_params)}
        self._test_parts = kept

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
        names = [key[10:] for key in self.cv_results_ if key.startswith("mean_test_")]
        metric = metric_among(self.refit, names)  # type: ignore[attr-defined]
        table, failures = self.cv_results_, self.failures_  # type: ignore[attr-defined]
        error_score = self.error_score  # type: ignore[attr-defined]
        failed = stand_ins(table, failures, metric, error_score)
        rows, scores = complete_scores(table, metric, [row for row, _ in failed])
        if not len(rows):
            msg = "No candidate has a score on each fold, so there is none to estimate."
            raise ValueError(msg)
        means = scores.mean(axis=1)
        best = float(means.max())
        winner = np.flatnonzero(rows == getattr(self, "best_index_", -1))
        chosen = float(means[winner[0]]) if winner.size else best
        # Without a function, only `confirm` takes another than the best. That one is at
        # least as good, so it is worth what the repeated choices are.
        several = self.multimetric_  # type: ignore[attr-defined]
        if not callable(rule_of(self.refit, several=several)):  # type: ignore[attr-defined]
            best = chosen
        divided = self._divided(rows, scores, metric)
        row = int(rows[winner[0] if winner.size else means.argmax()])
        model = self.candidate_estimator(row)  # type: ignore[attr-defined]
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
        if self.scoring is None:  # type: ignore[attr-defined]
            kept = next(p for p in oof.predictions if p is not None)
            return get_scorer("r2" if kept[0].classes is None else "accuracy")
        return self._scorer_named(metric)

    def _scorer_named(self, metric: str) -> Any:
        """Return the scorer of a metric; None for ``score`` of the estimator."""
        if self.scoring is None:  # type: ignore[attr-defined]
            return None
        scorer = self.scorer_  # type: ignore[attr-defined]
        return scorer[metric] if isinstance(scorer, dict) else scorer


def test_share(folds: Folds) -> float:
    """Return the number of test rows per training row, over all folds."""
    sizes = [[_n_rows(part) for part in pair] for pair in folds]
    n_train, n_test = np.sum(sizes, axis=0)
    return float(n_test / n_train)


def _n_rows(part: NDArray[Any]) -> int:
    """Return the number of rows of a part, given as positions or as a mask."""
    return int(part.sum()) if part.dtype == bool else len(part)


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


def complete_scores(
    results: Mapping[str, Any], metric: str, without: Sequence[int] = ()
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return the candidates with all scores on the highest rung, and these scores.

    Parameters
    ----------
    results : dict
        As ``cv_results_``.
    metric : str
        Name of the metric.
    without : sequence of int, default=()
        Candidates whose scores do not count.

    Returns
    -------
    rows : ndarray of shape (n,)
        Positions in the table.
    scores : ndarray of shape (n, n_folds)
        Their scores.
    """
    keys = [
        key
        for key in results
        if key.startswith("split") and key.endswith(f"_test_{metric}")
        if key[5 : -len(f"_test_{metric}")].isdigit()
    ]
    scores = np.array([results[key] for key in keys], dtype=float).T
    sound = np.isfinite(scores).all(axis=1)
    sound[list(without)] = False
    if "iter" in results and sound.any():
        rungs = np.asarray(results["iter"])
        sound &= rungs == rungs[sound].max()
    rows = np.flatnonzero(sound)
    return rows, scores[rows]
