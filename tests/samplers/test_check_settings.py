"""Settings of samplers: what is refused, and how it is said."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sksearch.samplers._check_settings import check_count, check_positive, check_range


@pytest.mark.parametrize("value", [0, 0.25, 1.0, 1])
def test_numbers_within_a_range_with_its_ends(value):
    assert check_range("gamma", value, 0, 1) is None


@pytest.mark.parametrize("value", [-0.1, 1.1, math.nan, math.inf, "0.5", None])
def test_numbers_out_of_a_range(value):
    with pytest.raises(ValueError, match="gamma must be a number from 0 to 1, got"):
        check_range("gamma", value, 0, 1)


@pytest.mark.parametrize("value", [2, 7, np.int64(3)])
def test_counts(value):
    assert check_count("max_points", value, 2) is None


@pytest.mark.parametrize("value", [1, 2.0, True, "2", None])
def test_what_is_no_count(value):
    with pytest.raises(
        ValueError, match="max_points must be an integer of at least 2, got"
    ):
        check_count("max_points", value, 2)


@pytest.mark.parametrize("value", [1e-300, 3])
def test_positive_numbers(value):
    assert check_positive("max_resource", value) is None


@pytest.mark.parametrize("value", [0, -1.0, math.nan, math.inf, "1"])
def test_what_is_not_positive(value):
    with pytest.raises(ValueError, match="max_resource must be a positive number, got"):
        check_positive("max_resource", value)
