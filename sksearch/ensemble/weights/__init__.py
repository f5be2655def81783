"""Methods that learn the weights of members, and the losses that they minimise."""

from sksearch.ensemble.weights._losses import LogLoss, Loss, SquaredError
from sksearch.ensemble.weights._methods import (
    METHODS,
    check_method,
    check_method_for,
)
from sksearch.ensemble.weights._problem import Problem
from sksearch.ensemble.weights._simplex import vertex

__all__ = [
    "METHODS",
    "LogLoss",
    "Loss",
    "Problem",
    "SquaredError",
    "check_method",
    "check_method_for",
    "vertex",
]
