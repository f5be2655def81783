"""A space and its configurations as others see them: points, rows, labels, text."""

from sksearch.space.views._closest import apart, closest_unit
from sksearch.space.views._describe import expand, search_space_summary, space_size
from sksearch.space.views._grid_rows import GridRows, units_as_listed
from sksearch.space.views._json import from_json, to_json
from sksearch.space.views._labels import (
    axes_of,
    labelled,
    labels_of_objects,
    moved_row,
    option_labels,
    row_with_names,
)
from sksearch.space.views._outline import outline_of
from sksearch.space.views._points import (
    complete_point,
    default_points,
    placed_point,
    wished_point,
)
from sksearch.space.views._settings import UNSET, Settings
from sksearch.space.views._side_by_side import as_space_apart

__all__ = [
    "UNSET",
    "GridRows",
    "Settings",
    "apart",
    "as_space_apart",
    "axes_of",
    "closest_unit",
    "complete_point",
    "default_points",
    "expand",
    "from_json",
    "labelled",
    "labels_of_objects",
    "moved_row",
    "option_labels",
    "outline_of",
    "placed_point",
    "row_with_names",
    "search_space_summary",
    "space_size",
    "to_json",
    "units_as_listed",
    "wished_point",
]
