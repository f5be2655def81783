"""The value of a domain that is closest to another."""

from __future__ import annotations

import pytest
from scipy.stats import loguniform

from sksearch import Categorical, Float, Int, as_space
from sksearch.space import apart, closest_unit


class TestClosestUnit:
    @pytest.mark.parametrize(
        ("domain", "value", "closest"),
        [
            (Float(1e-3, 10.0, log=True), 0.1, 0.1),
            (Float(1e-3, 10.0, log=True), 1e-9, 1e-3),
            (Float(1e-3, 10.0, log=True), 400, 10.0),
            (Float(0.0, 1.0), -3.0, 0.0),
            (Float(0.0, 1.0, step=0.25), 0.6, 0.5),
            (Int(2, 30), 3.6, 4),
            (Int(2, 30), 10**6, 30),
            (Int(10, 1000, log=True), 31.4, 31),
            (Categorical([1, 10, 100]), 40, 100),
            (Categorical(["scale", 0.01, 0.1]), 0.05, 0.1),
            (Categorical([-3.0, 0.01, 10**400, 1.0]), 0.02, 0.01),
            (Categorical([-3.0, 0.01, 1.0]), -2, -3.0),
            pytest.param(loguniform(1e-2, 1e2), 1e5, 1e2, id="loguniform"),
        ],
        ids=str,
    )
    def test_value_that_is_closest(self, domain, value, closest):
        domain = as_space({"x": domain}).hyperparameters[0].domain

        found = domain.from_unit(closest_unit(domain, value))

        assert found == pytest.approx(closest, rel=1e-3)

    def test_listed_name(self):
        domain = Categorical(["scale", 0.01, "auto"])

        assert domain.from_unit(closest_unit(domain, "auto")) == "auto"

    def test_no_number_is_close_to_a_name(self):
        assert closest_unit(Float(0.0, 1.0), "scale") is None

        assert closest_unit(Categorical(["a", "b"]), 1.0) is None


def test_apart():
    assert apart(0.01, 10.0) == pytest.approx(3.0)

    assert apart(0.0, 0.25) == 0.25
