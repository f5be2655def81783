"""Tests of the tests of significance."""

import math

import numpy as np
import pytest
from scipy.stats import norm, spearmanr, t, ttest_rel

from sksearch.reports.diagnosis._significance import (
    is_noise,
    least_likely,
    luck_of_best,
    mean_factor,
    p_greater,
    rank_correlation,
    same,
    spread_of,
    standard_error,
)

RNG = np.random.default_rng(0)


def test_standard_error_is_wider_for_folds_that_share_training_rows():
    values = np.array([1.0, 2.0, 3.0, 4.0, 5.0])

    plain = values.std(ddof=1) / math.sqrt(5)
    assert standard_error(values, overlap=False) == pytest.approx(plain)

    # Nadeau and Bengio: 1/5 + 1/4 in the place of 1/5.
    assert standard_error(values) == pytest.approx(plain * math.sqrt(1 + 5 / 4))

    assert standard_error(values[:1]) == math.inf


def test_p_greater_is_a_t_test_with_the_wider_error():
    x, y = RNG.normal(1, 1, 6), RNG.normal(0, 1, 6)
    known = ttest_rel(x, y, alternative="greater")

    shrunk = known.statistic / math.sqrt(1 + 6 / 5)
    assert p_greater(x - y) == pytest.approx(t.sf(shrunk, 5))


def test_p_greater_of_the_same():
    assert p_greater(np.zeros(5)) == 1.0

    assert p_greater(np.full(5, 0.1)) == 0.0

    assert p_greater(np.array([0.1])) == 1.0


def test_least_likely_is_where_p_is_alpha():
    values = RNG.normal(1, 0.3, 5)

    assert p_greater(values - least_likely(values)) == pytest.approx(0.05)


def test_luck_is_the_expected_maximum():
    draws = np.random.default_rng(1).normal(size=(20_000, 40))

    assert luck_of_best(40) == pytest.approx(draws.max(axis=1).mean(), abs=0.02)

    tenth = np.sort(draws, axis=1)[:, 3]
    assert luck_of_best(40, 0.1) == pytest.approx(
        (draws.max(axis=1) - tenth).mean(), abs=0.02
    )

    assert norm.cdf(luck_of_best(10)) < norm.cdf(luck_of_best(100))


def test_noise_is_noise_and_differences_are_not():
    """For equal candidates, in nearly all of 200 tables; for different ones, never."""
    rng = np.random.default_rng(2)
    equal = [is_noise(rng.normal(0, 1, (30, 5))) for _ in range(200)]

    assert np.mean(equal) > 0.95

    apart = np.linspace(0, 3, 30)[:, None]
    different = [is_noise(apart + rng.normal(0, 0.5, (30, 5))) for _ in range(200)]

    assert not any(different)


def test_a_wild_candidate_does_not_hide_the_others():
    rng = np.random.default_rng(3)
    scores = np.linspace(0, 1, 20)[:, None] + rng.normal(0, 0.02, (20, 5))
    scores[0] += [-9.0, 9.0, -9.0, 9.0, 0.0]
    spread = spread_of(scores)

    assert spread.gap > spread.luck

    assert spread.noise < 2 * 0.02 * mean_factor(5)


def test_rank_correlation():
    x, y = RNG.normal(size=12), RNG.normal(size=12)
    known = spearmanr(x, y, alternative="greater")

    assert rank_correlation(x, y) == pytest.approx((known.statistic, known.pvalue))

    assert rank_correlation(x, -np.exp(x)) == (-1.0, 1.0)

    assert rank_correlation(x, np.ones(12)) == (0.0, 1.0)

    assert rank_correlation(x[:3], x[:3]) == (0.0, 1.0)


def test_same_but_for_rounding():
    scores = np.array([[0.1, 0.2], [0.1, 0.2 + 1e-15]])

    assert same(scores)

    assert not same(scores + np.array([[0.0, 0.0], [0.0, 1e-6]]))
