"""How one model is fitted, at once or in parts, and where parts wait on disk."""

from sksearch.evaluation.fitting._class_names import BOOSTING, NETWORKS, kinds
from sksearch.evaluation.fitting._fitting import Fit, Progress
from sksearch.evaluation.fitting._fold_models import FoldModels

__all__ = [
    "BOOSTING",
    "NETWORKS",
    "Fit",
    "FoldModels",
    "Progress",
    "kinds",
]
