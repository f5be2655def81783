"""Members: their checks, the parameters of their fits, and the fits themselves."""

from sksearch.ensemble.members._fits import fit_members, predict_out_of_fold
from sksearch.ensemble.members._kept import check_kept, described
from sksearch.ensemble.members._member import method_of
from sksearch.ensemble.members._prefit import check_fitted_alike, check_target
from sksearch.ensemble.members._routing import Routed, route, router_of, row_weights_of
from sksearch.ensemble.members._valid_members import (
    Named,
    check_estimators,
    check_kinds,
    check_scorer,
    check_splitter,
    has_degrees,
    read_data,
)

__all__ = [
    "Named",
    "Routed",
    "check_estimators",
    "check_fitted_alike",
    "check_kept",
    "check_kinds",
    "check_scorer",
    "check_splitter",
    "check_target",
    "described",
    "fit_members",
    "has_degrees",
    "method_of",
    "predict_out_of_fold",
    "read_data",
    "route",
    "router_of",
    "row_weights_of",
]
