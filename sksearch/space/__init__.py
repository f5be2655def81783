"""Search spaces: hyperparameters, their values and their conditions."""

from sksearch.space._categorical import Categorical
from sksearch.space._check import check_names
from sksearch.space._choice import Choice, Option
from sksearch.space._closest import apart, closest_unit
from sksearch.space._define_by_run import DefineByRunSpace
from sksearch.space._describe import expand, search_space_summary, space_size
from sksearch.space._domain import Domain, FloatArray
from sksearch.space._foreign_spaces import native_space
from sksearch.space._grid_rows import GridRows, units_as_listed
from sksearch.space._held import Held
from sksearch.space._in_place import InPlace, in_place, uncovered
from sksearch.space._json import from_json, to_json
from sksearch.space._labels import (
    axes_of,
    labelled,
    labels_of_objects,
    moved_row,
    option_labels,
    row_with_names,
)
from sksearch.space._links import LinkedSpace, names_of
from sksearch.space._mistakes import check_held, check_options
from sksearch.space._numeric import Float, Int
from sksearch.space._optional import optional
from sksearch.space._parse import as_space
from sksearch.space._paths import Path, paths
from sksearch.space._placed import DRAWN, Answered, Realised
from sksearch.space._points import (
    complete_point,
    default_points,
    placed_point,
    wished_point,
)
from sksearch.space._settings import UNSET, Settings
from sksearch.space._side_by_side import as_space_apart
from sksearch.space._skopt import (
    is_short_range,
    read_short_ranges,
    short_range,
    split_budgets,
)
from sksearch.space._space import Condition, Hyperparameter, Space
from sksearch.space._values import (
    did_you_mean,
    has_params,
    is_number,
    keeps_fit,
    label_of,
    plain,
    same_value,
    short,
    unique_labels,
)

__all__ = [
    "DRAWN",
    "UNSET",
    "Answered",
    "Categorical",
    "Choice",
    "Condition",
    "DefineByRunSpace",
    "Domain",
    "Float",
    "FloatArray",
    "GridRows",
    "Held",
    "Hyperparameter",
    "InPlace",
    "Int",
    "LinkedSpace",
    "Option",
    "Path",
    "Realised",
    "Settings",
    "Space",
    "apart",
    "as_space",
    "as_space_apart",
    "axes_of",
    "check_held",
    "check_names",
    "check_options",
    "closest_unit",
    "complete_point",
    "default_points",
    "did_you_mean",
    "expand",
    "from_json",
    "has_params",
    "in_place",
    "is_number",
    "is_short_range",
    "keeps_fit",
    "label_of",
    "labelled",
    "labels_of_objects",
    "moved_row",
    "names_of",
    "native_space",
    "option_labels",
    "optional",
    "paths",
    "placed_point",
    "plain",
    "read_short_ranges",
    "row_with_names",
    "same_value",
    "search_space_summary",
    "short",
    "short_range",
    "space_size",
    "split_budgets",
    "to_json",
    "uncovered",
    "unique_labels",
    "units_as_listed",
    "wished_point",
]
