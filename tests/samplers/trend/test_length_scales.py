"""Length scales by the scores on other data."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import approx_fprime
from scipy.stats import multivariate_normal, norm
from sklearn.gaussian_process.kernels import Matern

from sksearch import Choice, Float, Option, as_space
from sksearch.samplers import KnownScores, OptimumPrior
from sksearch.samplers._encoding import SpaceEncoding
from sksearch.samplers.trend._length_scales import (
    LEAST_ROWS,
    SD,
    _LogPosterior,
    relative_log_scales,
)
from sksearch.samplers.trend._trend import TrendBuilder

SPACE = as_space({"x": Float(0, 1), "y": Float(0, 1), "c": ["a", "b", "c"]})
TREE = as_space(
    {"z": Float(0, 1), "m": Choice([Option("a", x=Float(0, 1)), Option("b")])}
)


def drawn(n, seed=0, space=SPACE):
    return space.draw(n, np.random.default_rng(seed))


def scales_of(space, rows, scores, doubts=0.0):
    known = KnownScores(rows, scores, doubts)
    return np.exp(relative_log_scales(known, SpaceEncoding(space)))


def waves(rows, n_sets=4):
    """Return scores that change quickly along the first axis and not along others."""
    return np.column_stack([np.sin(9.0 * rows[:, 0] + s) for s in range(n_sets)])


def posterior(n=9, seed=1):
    rng = np.random.default_rng(seed)
    features = SpaceEncoding(SPACE)(drawn(n, seed))
    starts = SpaceEncoding(SPACE).starts
    scores, doubts = rng.standard_normal((n, 3)), rng.random(n)
    return _LogPosterior(features, starts, scores, doubts), features, scores, doubts


THETA = np.array([0.3, -0.4, 0.6, -0.2, -1.1])


def test_value_is_the_mean_log_posterior_of_the_sources():
    found, features, scores, doubts = posterior()
    lengths = np.repeat(np.exp(THETA[:3]), [1, 1, 3])
    kernel = np.exp(THETA[3]) * Matern(nu=2.5)(features / lengths)
    covariance = kernel + np.diag(np.exp(THETA[4]) + doubts)
    off = scores - scores.mean(axis=0)

    likelihoods = [
        multivariate_normal(np.zeros(9), covariance).logpdf(y) for y in off.T
    ]
    prior = norm(0.0, SD).logpdf(THETA[:3]).sum()
    constant = -4.5 * np.log(2 * np.pi) + norm(0.0, SD).logpdf(np.zeros(3)).sum()

    value, _ = found(THETA)
    assert value == pytest.approx(constant - np.mean(likelihoods) - prior)


def test_gradient_is_that_of_the_value():
    found, *_ = posterior()

    _, gradient = found(THETA)

    np.testing.assert_allclose(
        gradient, approx_fprime(THETA, lambda t: found(t)[0], 1e-6), rtol=1e-3
    )


def test_an_axis_that_matters_has_the_shortest_length_scale():
    rows = drawn(30)

    x, y, c = scales_of(SPACE, rows, waves(rows))

    assert x < 0.5 * min(y, c)


def test_they_are_relative_to_each_other():
    rows = drawn(30)

    assert np.log(scales_of(SPACE, rows, waves(rows))).sum() == pytest.approx(0.0)


def test_what_does_not_vary_says_nothing():
    rows = drawn(20)
    rows[:, 1] = 0.5

    assert scales_of(SPACE, rows, waves(rows))[1] == 1.0


def test_of_few_rows_nothing_is_learned():
    rows = drawn(LEAST_ROWS - 1)

    np.testing.assert_array_equal(scales_of(SPACE, rows, waves(rows)), 1.0)


def test_branches_are_fitted_alone():
    rows = drawn(60, space=TREE)
    inside = ~np.isnan(rows[:, 2])
    few = np.concatenate([rows[inside], rows[~inside][: LEAST_ROWS - 1]])

    both, one = scales_of(TREE, rows, waves(rows)), scales_of(TREE, few, waves(few))

    # A branch of few rows leaves the others as they are, and the choice at 1.
    assert one[1] == both[1] == 1.0

    alone = scales_of(TREE, rows[inside], waves(rows[inside]))
    np.testing.assert_allclose(one, alone, rtol=0.02)  # scores are scaled by all rows

    assert both[2] > both[0]


def test_doubtful_scores_count_for_less():
    rows = drawn(30)
    sure, doubtful = (
        scales_of(SPACE, rows, waves(rows), doubts) for doubts in (0.0, 20.0)
    )

    assert np.ptp(np.log(doubtful)) < 0.5 * np.ptp(np.log(sure))


def test_trials_do_not_change_them():
    """A search that is taken up again learns them when there are more trials."""
    space = as_space({"x": Float(0, 1), "c": list(range(500))})
    rows = drawn(20, 3, space)
    known = KnownScores(rows, waves(rows))
    told = drawn(40, 4, space)

    early, late = (
        TrendBuilder(space, OptimumPrior(), known, learn_scales=True).trend(
            told[:n], told[:0]
        )
        for n in (1, 40)
    )

    np.testing.assert_array_equal(early.log_scales, late.log_scales)

    assert early.log_scales.any()


@pytest.mark.parametrize("learn_scales", [False, True])
def test_without_known_scores_or_unasked_all_are_alike(learn_scales):
    rows = drawn(20)
    known = None if learn_scales else KnownScores(rows, waves(rows))
    builder = TrendBuilder(SPACE, OptimumPrior(), known, learn_scales=learn_scales)

    trend = builder.trend(drawn(3), drawn(0))

    np.testing.assert_array_equal(trend.log_scales, 0.0)
