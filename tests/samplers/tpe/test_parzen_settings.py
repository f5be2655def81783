"""Settings of the densities: the defaults are the sampler's, the rest is checked."""

from __future__ import annotations

import inspect
from dataclasses import asdict

import pytest

from sksearch.samplers import TPESampler
from sksearch.samplers.tpe._parzen_settings import ParzenSettings


def test_defaults_are_those_of_the_sampler():
    parameters = inspect.signature(TPESampler).parameters

    for name, value in asdict(ParzenSettings()).items():
        assert parameters[name].default == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("gamma", 1.5),
        ("max_below", 0),
        ("weight_floor", -0.1),
        ("prior_weight", 0.0),
        ("bandwidth", 0.0),
        ("min_width", 0.0),
    ],
)
def test_out_of_range(name, value):
    with pytest.raises(ValueError, match=f"{name} must be"):
        ParzenSettings(**{name: value})

    with pytest.raises(ValueError, match=f"{name} must be"):
        TPESampler({"x": [1, 2]}, **{name: value})
