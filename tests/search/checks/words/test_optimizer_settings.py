"""Settings of scikit-optimize's optimizer."""

from __future__ import annotations

import pytest

from sksearch.exceptions import SksearchWarning
from sksearch.search.checks.words._optimizer_settings import read_optimizer_settings


@pytest.mark.parametrize(
    ("settings", "own"),
    [
        (None, None),
        ({}, {}),
        ({"n_initial_points": 4}, {"n_startup": 4}),
        ({"n_random_starts": None, "n_initial_points": 3}, {"n_startup": 3}),
        ({"base_estimator": "GP", "acq_func": "gp_hedge", "n_jobs": -1}, {}),
        ({"acq_func": "EIps"}, {"per_second": True}),
        ({"acq_optimizer_kwargs": {"n_jobs": -1}, "random_state": 3}, {}),
    ],
    ids=str,
)
def test_settings(settings, own):
    assert read_optimizer_settings(settings) == own


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"base_estimator": "RF"}, r"'RF'. The model is .* Write TPESearchCV\(...\)"),
        ({"base_estimator": object()}, "Leave 'base_estimator' out"),
        ({"acq_func": "LCB"}, "'LCB'. Candidates have .* Leave 'acq_func' out"),
        ({"acq_optimizer_kwargs": {"n_points": 9}}, "Leave 'acq_optimizer_kwargs' out"),
        ({"avoid_duplicates": 1}, "'avoid_duplicates': 1. No configuration is tried t"),
    ],
    ids=range(5),
)
def test_another_way_to_propose_is_a_warning(settings, message):
    with pytest.warns(SksearchWarning, match=message):
        own = read_optimizer_settings({"n_initial_points": 3, **settings})
    assert own == {"n_startup": 3}


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (3, "must be a dict, got 3"),
        ({"base_estimator": "dummy"}, r"Write RandomizedSearchCV\(...\), or leave"),
        ({"space_constraint": len}, "All of the space is searched. Leave 'space_cons"),
        ({"zzz": 1}, "'zzz': 1. It has no counterpart. Leave 'zzz' out"),
    ],
    ids=range(4),
)
def test_settings_without_counterpart(settings, message):
    with pytest.raises(TypeError, match=message):
        read_optimizer_settings(settings)
