"""Members: what they must be, what their fits take, and fitting them."""

from sksearch.ensemble.members._fits import (
    fit_members,
    method_of,
    predict_out_of_fold,
)
from sksearch.ensemble.members._kept import check_kept, described
from sksearch.ensemble.members._prefit import check_fitted_alike, check_target
from sksearch.ensemble.members._routing import Routed, route, router_of
from sksearch.ensemble.members._valid_members import (
    check_estimators,
    check_kinds,
    check_scorer,
    has_degrees,
)

__all__ = [
    "Routed",
    "check_estimators",
    "check_fitted_alike",
    "check_kept",
    "check_kinds",
    "check_scorer",
    "check_target",
    "described",
    "fit_members",
    "has_degrees",
    "method_of",
    "predict_out_of_fold",
    "route",
    "router_of",
]
