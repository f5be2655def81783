"""The numbers of the plots: trials as arrays, importances, an ablation path."""

from sksearch.plots.numbers._ablation import ablation_path, level_scores
from sksearch.plots.numbers._axis import Axis
from sksearch.plots.numbers._branches import Branches
from sksearch.plots.numbers._grid import Grid, listed_grid
from sksearch.plots.numbers._importances import importances
from sksearch.plots.numbers._lanes import Lanes, read_lanes
from sksearch.plots.numbers._search_table import Table, read_table
from sksearch.plots.numbers._smooth import smooth_surface

__all__ = [
    "Axis",
    "Branches",
    "Grid",
    "Lanes",
    "Table",
    "ablation_path",
    "importances",
    "level_scores",
    "listed_grid",
    "read_lanes",
    "read_table",
    "smooth_surface",
]
