"""What a parameter must be, in words."""

import math

import pytest

from sksearch.callbacks._valid_numbers import check_count, check_number


def test_what_is_valid():
    check_count("k", 1)
    check_number("delta", 0.0, least=0.0)
    check_number("score", -math.inf)
    with pytest.raises(TypeError, match="The 'k' parameter must be an int, got True"):
        check_count("k", True)
    with pytest.raises(ValueError, match="'delta' parameter must be at least 0"):
        check_number("delta", math.nan, least=0.0)
