"""Tests of what as many candidates again would bring."""

import math

import numpy as np
import pytest

from sksearch.honesty import expected_gain


def test_gain_of_a_tail():
    """The best ten of 40 lie 0.5 to 9.5 steps above the quartile: 5.5 on average."""
    scores = np.arange(40.0)[:, None] + np.zeros(3)
    found = expected_gain(scores)

    assert found.gain == pytest.approx(math.log(2) * 5.5)

    assert found.noise == 0.0


def test_noise_is_that_of_differences():
    scores = np.zeros((8, 2))
    scores[:, 0] += np.arange(8)
    found = expected_gain(scores)

    # The best quarter has 4; the others differ from the best by 1, 2, 3 on one fold.
    assert found.noise == pytest.approx(np.std([2, 0], ddof=1) / math.sqrt(2))


def test_few_candidates_or_a_single_fold_tell_nothing():
    assert expected_gain(np.zeros((4, 3))) is None

    assert expected_gain(np.zeros((20, 1))) is None
