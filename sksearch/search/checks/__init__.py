"""Checks of parameters and data before the first fit."""

from sksearch.search.checks._constraints import check_constraints
from sksearch.search.checks._fit_input import (
    check_features,
    check_fit_params,
    check_holes,
    check_lengths,
    check_row_weights,
    check_there_is_target,
    check_values_alike,
    split_callback,
)
from sksearch.search.checks._numbers import check_numbers
from sksearch.search.checks._own_sampler import check_sampler, made_sampler
from sksearch.search.checks._placeholder import check_placeholder
from sksearch.search.checks._refused_values import check_values_taken
from sksearch.search.checks._scorers import Scorer, check_no_metric
from sksearch.search.checks._scoring_checks import check_scoring
from sksearch.search.checks._search_parameters import (
    check_callbacks,
    check_estimator_choice,
    check_parameters,
    check_return_oof,
    check_sampler_params,
)
from sksearch.search.checks._without_effect import warn_without_effect
from sksearch.search.checks.words import (
    Callback,
    IntoStudy,
    KnowsWords,
    as_own_callbacks,
    warn_of_pairs,
    was_given,
)

__all__ = [
    "Callback",
    "IntoStudy",
    "KnowsWords",
    "Scorer",
    "as_own_callbacks",
    "check_callbacks",
    "check_constraints",
    "check_estimator_choice",
    "check_features",
    "check_fit_params",
    "check_holes",
    "check_lengths",
    "check_no_metric",
    "check_numbers",
    "check_parameters",
    "check_placeholder",
    "check_return_oof",
    "check_row_weights",
    "check_sampler",
    "check_sampler_params",
    "check_scoring",
    "check_there_is_target",
    "check_values_alike",
    "check_values_taken",
    "made_sampler",
    "split_callback",
    "warn_of_pairs",
    "warn_without_effect",
    "was_given",
]
