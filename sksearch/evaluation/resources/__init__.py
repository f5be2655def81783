"""Resources of halving searches: rows, epochs, trees, iterations."""

from sksearch.evaluation.resources._base import PredictionsAtTop, Resource
from sksearch.evaluation.resources._epochs import Epochs
from sksearch.evaluation.resources._parameter import Parameter
from sksearch.evaluation.resources._samples import Samples, nested_samples

__all__ = [
    "Epochs",
    "Parameter",
    "PredictionsAtTop",
    "Resource",
    "Samples",
    "nested_samples",
]
