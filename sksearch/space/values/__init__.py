"""Values that users give: compared, named, and told from mistakes."""

from sksearch.space.values._distinct import first_of_same
from sksearch.space.values._misuse import (
    answers,
    check_list,
    check_range,
    line_for_dict,
)
from sksearch.space.values._not_a_value import NotAValue
from sksearch.space.values._signatures import call_error, parameters_of
from sksearch.space.values._unfitted import unfitted
from sksearch.space.values._values import (
    check_one_of,
    did_you_mean,
    evaluable,
    has_params,
    is_frozen,
    is_number,
    keeps_fit,
    label_of,
    plain,
    plain_key,
    plural,
    same_value,
    short,
    unique_labels,
)

__all__ = [
    "NotAValue",
    "answers",
    "call_error",
    "check_list",
    "check_one_of",
    "check_range",
    "did_you_mean",
    "evaluable",
    "first_of_same",
    "has_params",
    "is_frozen",
    "is_number",
    "keeps_fit",
    "label_of",
    "line_for_dict",
    "parameters_of",
    "plain",
    "plain_key",
    "plural",
    "same_value",
    "short",
    "unfitted",
    "unique_labels",
]
