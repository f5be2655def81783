"""Predictions of members: calibrated, side by side in blocks, averaged and scored."""

from sksearch.ensemble.predictions._blocks import as_block
from sksearch.ensemble.predictions._calibration import Calibration
from sksearch.ensemble.predictions._known_metrics import known_metric
from sksearch.ensemble.predictions._near_copies import distinct
from sksearch.ensemble.predictions._outputs import Target
from sksearch.ensemble.predictions._scoring import Scoring
from sksearch.ensemble.predictions._stacked import (
    Calibrated,
    MemberPredictions,
    Stacked,
    known_rows,
    predictions_of,
    stack_predictions,
)

__all__ = [
    "Calibrated",
    "Calibration",
    "MemberPredictions",
    "Scoring",
    "Stacked",
    "Target",
    "as_block",
    "distinct",
    "known_metric",
    "known_rows",
    "predictions_of",
    "stack_predictions",
]
