from __future__ import annotations

import numpy as np
import pytest

from sksearch.plots.numbers import Axis, Grid, importances, listed_grid
from sksearch.plots.numbers._importances import density, pearson_divergence

ALL = 1000


def axis(name, values, grids, regimes=None, ticks=()):
    values = np.asarray(values, dtype=float)
    if regimes is None:
        regimes = np.where(np.isnan(values), -1, 0)
    return Axis(name, name, values, tuple(grids), np.asarray(regimes), ticks)


def uniform(rng, low, high):
    return rng.uniform(low, high, ALL)


def activation(seed):
    """The paper's first case: x is active below c = .5, and y above."""
    rng = np.random.default_rng(seed)
    c = uniform(rng, 0, 1)
    x = np.where(c < 0.5, uniform(rng, -5, -2), np.nan)
    y = np.where(c < 0.5, np.nan, uniform(rng, 2, 5))
    axes = [
        axis("c", c, [Grid(0, 1, 50)]),
        axis("x", x, [Grid(-5, -2, 50)]),
        axis("y", y, [Grid(2, 5, 50)]),
    ]
    return -np.where(c < 0.5, x, y), axes


def domains(seed):
    """The paper's second case: the range of x and of y depends on c."""
    rng = np.random.default_rng(seed)
    c = uniform(rng, 0, 1)
    low = c < 0.5
    x = np.where(low, uniform(rng, -7, -2), uniform(rng, 2, 7))
    y = np.where(low, uniform(rng, -5, -2), uniform(rng, 2, 5))
    regimes = np.where(low, 0, 1)
    axes = [
        axis("c", c, [Grid(0, 1, 50)]),
        axis("x", x, [Grid(-7, -2, 50), Grid(2, 7, 50)], regimes),
        axis("y", y, [Grid(-5, -2, 50), Grid(2, 5, 50)], regimes),
    ]
    return -(x + y), axes


@pytest.mark.parametrize("seed", range(5))
def test_a_hyperparameter_that_the_best_do_not_have_counts_nothing(seed):
    found = importances(*activation(seed))

    assert list(found) == ["x", "c", "y"]
    assert found["y"] == 0.0
    # Divergences of uniform densities: (1/2 of all in x) * 4² / 5 + ..., that is 8 : 1.
    assert found["x"] == pytest.approx(8 / 9, abs=0.06)


@pytest.mark.parametrize("seed", range(5))
def test_a_domain_that_depends_on_the_regime_is_no_importance(seed):
    found = importances(*domains(seed))

    # Without regimes the jump of y between its domains would count as y's own.
    assert list(found) == ["x", "y", "c"]


def test_they_sum_to_one_and_noise_has_little():
    rng = np.random.default_rng(0)
    x, noise = uniform(rng, 0, 1), uniform(rng, 0, 1)

    found = importances(
        x, [axis("noise", noise, [Grid(0, 1, 50)]), axis("x", x, [Grid(0, 1, 50)])]
    )

    assert list(found) == ["x", "noise"]
    assert sum(found.values()) == pytest.approx(1.0)
    assert found["x"] > 0.95


def test_all_the_same_where_nothing_can_be_told():
    axes = [
        axis("a", np.ones(4), [Grid(1, 1, 1)]),
        axis("b", np.ones(4), [Grid(1, 1, 1)]),
    ]

    assert importances(np.arange(4.0), axes) == {"a": 0.5, "b": 0.5}


def test_candidates_without_a_score_do_not_count():
    scores, axes = activation(0)
    more = [
        axis(a.name, np.append(a.values, 0.3), a.grids, np.append(a.regimes, 0))
        for a in axes
    ]

    found = importances(np.append(scores, np.nan), more)

    assert found == importances(scores, axes)


@pytest.mark.parametrize("grid", [Grid(0, 1, 50), listed_grid(7)])
def test_a_density_sums_to_one(grid):
    counts = np.zeros(grid.n_cells, dtype=int)
    counts[[0, 3]] = 2, 5

    found = density(grid, counts)

    assert found.sum() == pytest.approx(1.0)
    assert found.argmax() == 3


def test_the_divergence_of_a_half():
    top, whole = np.array([0.5, 0.5, 0.0, 0.0]), np.full(4, 0.25)

    assert pearson_divergence(top, whole) == pytest.approx(1.0)
