"""Honest scores: the best score, corrected for having been chosen as the best."""

from sksearch.honesty._corrected import FoldScores, RowScores, estimate
from sksearch.honesty._expected_gain import ExpectedGain, expected_gain
from sksearch.honesty._overlap import overlap_factor
from sksearch.honesty._partitions import partitions, repetitions_of
from sksearch.honesty._score_estimate import ScoreEstimate
from sksearch.honesty._weighted_metrics import (
    Metric,
    area_under_curve,
    f_measure,
    mean_of_rows,
    mean_over_classes,
    negative_root,
    share_explained,
)

__all__ = [
    "ExpectedGain",
    "FoldScores",
    "Metric",
    "RowScores",
    "ScoreEstimate",
    "area_under_curve",
    "estimate",
    "expected_gain",
    "f_measure",
    "mean_of_rows",
    "mean_over_classes",
    "negative_root",
    "overlap_factor",
    "partitions",
    "repetitions_of",
    "share_explained",
]
