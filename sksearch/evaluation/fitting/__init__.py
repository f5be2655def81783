"""Fitting: how one model is fitted, at once or in parts, and kept between the parts."""

from sksearch.evaluation.fitting._class_names import (
    BOOSTING,
    NETWORKS,
    classes_of,
    sklearn_classes,
)
from sksearch.evaluation.fitting._fitting import Checkpoint, Fitting
from sksearch.evaluation.fitting._fold_models import FoldModels

__all__ = [
    "BOOSTING",
    "NETWORKS",
    "Checkpoint",
    "Fitting",
    "FoldModels",
    "classes_of",
    "sklearn_classes",
]
