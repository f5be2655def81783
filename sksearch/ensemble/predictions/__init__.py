"""What members predict: side by side as one block, compared, averaged and scored."""

from sksearch.ensemble.predictions._blocks import as_block
from sksearch.ensemble.predictions._metrics import known_metric
from sksearch.ensemble.predictions._near_copies import distinct
from sksearch.ensemble.predictions._scoring import Scoring
from sksearch.ensemble.predictions._stacked import (
    Stacked,
    known_rows,
    said_of,
    stack_predictions,
)

__all__ = [
    "Scoring",
    "Stacked",
    "as_block",
    "distinct",
    "known_metric",
    "known_rows",
    "said_of",
    "stack_predictions",
]
