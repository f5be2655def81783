"""Plots of searches and ensembles, by matplotlib (installed by the extra ``plots``)."""

from sksearch.plots._ablation_display import AblationDisplay
from sksearch.plots._contour import ContourDisplay
from sksearch.plots._ensemble_display import EnsembleDisplay
from sksearch.plots._importance_display import ImportanceDisplay
from sksearch.plots._optimization_history import OptimizationHistoryDisplay
from sksearch.plots._parallel_coordinates import ParallelCoordinatesDisplay
from sksearch.plots._race_display import FoldRaceDisplay
from sksearch.plots._rungs_display import RungsDisplay
from sksearch.plots._slices import SliceDisplay
from sksearch.plots._timeline_display import TimelineDisplay
from sksearch.plots._train_test import TrainTestDisplay

__all__ = [
    "AblationDisplay",
    "ContourDisplay",
    "EnsembleDisplay",
    "FoldRaceDisplay",
    "ImportanceDisplay",
    "OptimizationHistoryDisplay",
    "ParallelCoordinatesDisplay",
    "RungsDisplay",
    "SliceDisplay",
    "TimelineDisplay",
    "TrainTestDisplay",
]
