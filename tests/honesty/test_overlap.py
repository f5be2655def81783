"""Tests of the standard error of a mean over folds with common training rows."""

import numpy as np
import pytest

from sksearch.honesty import overlap_factor


def test_independent_folds():
    assert overlap_factor(4, 0.0) == 0.5


def test_the_share_is_added_to_the_variance():
    assert overlap_factor(5, 1 / 4) == pytest.approx(np.sqrt(1 / 5 + 1 / 4))
