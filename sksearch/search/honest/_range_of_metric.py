"""range_of: the lowest and the highest score that a metric of scikit-learn can have."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn import metrics
from sklearn.base import ClassifierMixin, RegressorMixin, is_classifier, is_regressor

from sksearch._sklearn import parts_of_scorer
from sksearch.evaluation import last_step

#: The ends of the scores of a metric.
Ends = tuple[float, float]
UNBOUNDED: Ends = (-math.inf, math.inf)
SHARE: Ends = (0.0, 1.0)
CORRELATION: Ends = (-1.0, 1.0)
SKILL: Ends = (-math.inf, 1.0)
LOSS: Ends = (-math.inf, 0.0)

#: Metrics of which more is better.
OF_GAINS: dict[Any, Ends] = {
    metrics.accuracy_score: SHARE,
    metrics.average_precision_score: SHARE,
    metrics.balanced_accuracy_score: SHARE,
    metrics.completeness_score: SHARE,
    metrics.f1_score: SHARE,
    metrics.fbeta_score: SHARE,
    metrics.fowlkes_mallows_score: SHARE,
    metrics.homogeneity_score: SHARE,
    metrics.jaccard_score: SHARE,
    metrics.label_ranking_average_precision_score: SHARE,
    metrics.ndcg_score: SHARE,
    metrics.normalized_mutual_info_score: SHARE,
    metrics.precision_score: SHARE,
    metrics.rand_score: SHARE,
    metrics.recall_score: SHARE,
    metrics.roc_auc_score: SHARE,
    metrics.top_k_accuracy_score: SHARE,
    metrics.v_measure_score: SHARE,
    metrics.adjusted_rand_score: CORRELATION,
    metrics.cohen_kappa_score: CORRELATION,
    metrics.matthews_corrcoef: CORRELATION,
    metrics.adjusted_mutual_info_score: SKILL,
    metrics.explained_variance_score: SKILL,
    metrics.r2_score: SKILL,
    # Their number depends on the release.
    **{getattr(metrics, n): SKILL for n in metrics.__all__ if n.startswith("d2_")},
}
#: Libraries whose estimators compute the accuracy or R², if they compute a score.
OF_LIBRARIES = ("sklearn.", "catboost.")
#: Scores may pass an end by rounding.
ROUNDING = 1e-9
#: Losses that are a share of the rows or of the labels; all others have one end.
OF_LOSSES: dict[Any, Ends] = {
    metrics.hamming_loss: (-1.0, 0.0),
    metrics.zero_one_loss: (-1.0, 0.0),
}


def range_of(scorer: Any, model: Any, scores: NDArray[np.float64]) -> Ends:
    """Return the ends of the scores of a metric; infinite where none is known.

    The high end is the score of perfect predictions. No loss of scikit-learn is
    negative, so with its sign turned it is at most 0. If one of the seen `scores` is
    outside, the ends are not those of the metric: the estimator, or the settings of the
    scorer, may give it another meaning.
    """
    low, high = _of_model(model) if scorer is None else _of_scorer(scorer)
    seen = scores[np.isfinite(scores)]
    below, above = low - ROUNDING, high + ROUNDING
    inside = bool(((below <= seen) & (seen <= above)).all())
    return (low, high) if inside else UNBOUNDED


def _of_scorer(scorer: Any) -> Ends:
    parts = parts_of_scorer(scorer)
    if parts is None:
        return UNBOUNDED
    function, settings = parts.function, parts.settings
    if settings.get("normalize") is False:  # a count, not a share
        return LOSS if function in OF_LOSSES else UNBOUNDED
    if settings.get("adjusted"):  # chance is 0, and worse than chance is below
        return SKILL
    if parts.sign > 0:
        return OF_GAINS.get(function, UNBOUNDED)
    of_sklearn = str(getattr(function, "__module__", "")).startswith("sklearn.metrics")
    if not of_sklearn or function in OF_GAINS:
        return UNBOUNDED
    return OF_LOSSES.get(function, LOSS)


def _of_model(model: Any) -> Ends:
    """Return the ends of ``score`` of an estimator, if it is a usual one."""
    return OF_GAINS.get(usual_metric(model), UNBOUNDED)


def usual_metric(model: Any) -> Any:
    """Return what ``score`` of an estimator computes: accuracy or R²; None if unknown.

    Generalized linear models compute a relative of R², with the same ends.
    """
    model = last_step(model)
    own = getattr(type(model), "score", None)
    of_library = str(getattr(own, "__module__", "")).startswith(OF_LIBRARIES)
    # With a `score` of its own, as of a search, an estimator returns what its parameter
    # `scoring` says; that of HistGradientBoosting* only stops its fit.
    usual = own in (ClassifierMixin.score, RegressorMixin.score)
    if not of_library or not (usual or getattr(model, "scoring", None) is None):
        return None
    if is_classifier(model):
        return metrics.accuracy_score
    return metrics.r2_score if is_regressor(model) else None
