"""Encoding: rows of any space as points, between which distances add up."""

from __future__ import annotations

import numpy as np
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import cdist
from strategies import Drawn

from sksearch import Categorical, Choice, Float, Int, Option, as_space
from sksearch.samplers._encoding import SpaceEncoding
from sksearch.samplers._kernel import matern_between
from sksearch.samplers._row_arrays import MAX_ONE_HOT

seeds = st.integers(0, 2**16)


def drawn_rows(space, n, seed):
    return space.draw(n, np.random.default_rng(seed))


def axis_distance(h, u, v):
    """Return what one axis adds to the squared distance, from its two units alone."""
    if not h.domain.modelled or (np.isnan(u) and np.isnan(v)):
        return 0.0
    if h.domain.ordered:
        return (np.nan_to_num(u, nan=0.5) - np.nan_to_num(v, nan=0.5)) ** 2
    if np.isnan(u) or np.isnan(v):
        return 0.5 * (1.0 - 1.0 / h.domain.n_values)
    return float(h.domain.from_unit(u) is not h.domain.from_unit(v))


def squared(features):
    return float(np.sum((features[0] - features[1]) ** 2))


@given(strategies.spaces(depth=2), seeds)
def test_squared_distance_is_the_sum_over_the_modelled_axes(space, seed):
    compiled = as_space(space)
    rows = drawn_rows(compiled, 2, seed)

    found = squared(SpaceEncoding(compiled)(rows))

    assert found == pytest.approx(
        sum(map(axis_distance, compiled, *rows)), rel=1e-12, abs=1e-12
    )


@given(strategies.spaces(depth=2), seeds)
def test_features_lie_about_0_whatever_is_inactive(space, seed):
    compiled = as_space(space)
    encoding = SpaceEncoding(compiled)

    features = encoding(drawn_rows(compiled, 5, seed))

    assert features.shape == (5, len(encoding.axis_of))

    # NaN would not compare.
    assert ((features >= -0.5) & (features <= 0.75)).all()


@given(strategies.spaces(depth=2), seeds, st.floats(-2.0, 2.0))
def test_kernel_matrix_is_positive_definite_over_different_rows(space, seed, scale):
    compiled = as_space(space)
    features = np.unique(
        SpaceEncoding(compiled)(drawn_rows(compiled, 25, seed)), axis=0
    )
    scaled = features * np.exp(scale)

    kernel, _ = matern_between(scaled, scaled)

    assert np.linalg.eigvalsh(kernel).min() > -1e-10


@given(strategies.finite_spaces(depth=2, max_size=50))
def test_different_configurations_of_a_finite_space_are_apart(space):
    compiled = as_space(space)

    features = SpaceEncoding(compiled)(np.array(list(compiled.rows())))

    assert len(np.unique(features.round(9), axis=0)) == len(features)


def test_identical_rows_are_at_distance_0():
    space = as_space({"x": Float(0, 1), "c": Choice(["a", Option("b", y=Float(0, 1))])})
    [row] = space.complete([[0.3, 0.9, 0.7]])

    assert squared(SpaceEncoding(space)(np.array([row, row]))) == 0.0


@pytest.mark.parametrize("k", [2, 3, 10])
def test_two_categories_are_at_distance_1(k):
    space = as_space({"c": list("abcdefghij"[:k])})
    features = SpaceEncoding(space)(
        space.complete(np.linspace(0, 1, k, endpoint=False)[:, None])
    )

    squares = cdist(features, features, "sqeuclidean")

    np.testing.assert_allclose(squares, 1.0 - np.eye(k), atol=1e-12)


def test_inactive_in_both_adds_nothing():
    options = ["a", "b", Option("c", y=Float(0, 1), z=["u", "v", "w"])]
    space = as_space({"c": Choice(options)})

    two = SpaceEncoding(space)(space.complete([[0.1, 0.1, 0.1], [0.5, 0.9, 0.9]]))

    assert squared(two) == pytest.approx(1.0)


def test_inactive_stands_in_the_middle():
    options = ["a", Option("b", y=Float(0, 1), z=["u", "v", "w"])]
    space = as_space({"c": Choice(options)})

    rows = space.complete([[0.1, 0.1, 0.1], [0.9, 0.1, 0.1]])
    inactive, active = SpaceEncoding(space)(rows)

    half, third = 1 / 2 / np.sqrt(2), 1 / 3 / np.sqrt(2)
    assert inactive.tolist() == pytest.approx([half, -half, 0, 0, 0, 0])

    numbers = [-half, half, -0.4, 2 * third, -third, -third]
    assert active.tolist() == pytest.approx(numbers)


@pytest.mark.parametrize("k", [2, 3, 10])
def test_the_middle_of_all_categories_is_0(k):
    space = as_space({"c": list("abcdefghij"[:k])})

    features = SpaceEncoding(space)(np.array(list(space.rows())))

    np.testing.assert_allclose(features.sum(axis=0), 0.0, atol=1e-12)


def test_one_feature_for_an_ordered_axis_and_one_for_each_category():
    space = as_space(
        {
            "x": Float(0, 1),
            "c": ["a", "b", "c"],
            "n": [1, 2, 3, 4],
            "o": Categorical(["low", "high"], ordered=True),
            "one": ["only"],
        }
    )

    encoding = SpaceEncoding(space)

    assert encoding.starts.tolist() == [0, 1, 4, 5, 6]

    assert encoding.axis_of.tolist() == [0, 1, 1, 1, 2, 3, 4]

    assert encoding.ordered.tolist() == [0, 4, 5]

    assert encoding.ordered_axes.tolist() == [0, 2, 3]


def test_opaque_axes_are_left_out():
    space = as_space({"a": Drawn(), "x": Float(0, 1), "b": Drawn(), "c": ["u", "v"]})
    encoding = SpaceEncoding(space)

    two = encoding(space.complete([[0.1, 0.3, 0.2, 0.1], [0.9, 0.3, 0.8, 0.1]]))

    assert encoding.starts.tolist() == [0, 1]

    assert encoding.ordered_axes.tolist() == [1]

    assert squared(two) == 0.0


@pytest.mark.parametrize("space", [{}, {"a": Drawn()}], ids=["empty", "opaque"])
def test_space_with_nothing_to_model_has_no_features(space):
    space = as_space(space)

    assert SpaceEncoding(space)(drawn_rows(space, 3, 0)).shape == (3, 0)


def test_value_that_is_listed_twice_is_one_category():
    space = as_space({"a": ["x", "x", "y"]})

    features = SpaceEncoding(space)(space.complete([[0.1], [0.5], [0.9]]))

    assert len(np.unique(features, axis=0)) == 2


def test_values_that_no_trial_has_share_a_column():
    n = MAX_ONE_HOT + 20
    space = as_space({"a": Categorical([f"a{i}" for i in range(n)]), "b": Float(0, 1)})
    few = space.complete([[0.1, 0.2], [0.5, 0.4], [0.1, 0.9], [0.9, 0.0]])
    rng = np.random.default_rng(0)
    others = space.draw(50, rng)
    hot = np.floor(np.concatenate([few, others])[:, :1] * n) == np.arange(n)
    full = (hot - 1.0 / n) / np.sqrt(2.0)

    encoding = SpaceEncoding(space, few)
    features = encoding(np.concatenate([few, others]))[:, encoding.axis_of == 0]

    assert features.shape == (54, 4)

    np.testing.assert_allclose(features @ features[:4].T, full @ full[:4].T, atol=1e-14)

    np.testing.assert_allclose(
        np.square(features).sum(axis=1), np.square(full).sum(axis=1), atol=1e-14
    )


def test_axes_that_are_met_later_are_not_looked_at():
    space = as_space({"x": Float(0, 1), "n": Int(1, 3)})

    wide = np.array([[0.25, 0.5, 0.9], [0.75, 0.5, np.nan]])

    np.testing.assert_array_equal(SpaceEncoding(space)(wide), wide[:, :2] - 0.5)


def test_values_are_told_apart_that_some_rows_have():
    many = as_space({"c": Categorical(list(range(2 * MAX_ONE_HOT)))})
    one, other = many.draw(4, np.random.default_rng(0)), many.rows()

    encoding = SpaceEncoding.for_trials(many, one, np.array([next(iter(other))]))

    assert len(encoding.axis_of) == 6  # the values of five rows, and all others


def test_where_values_share_a_feature_not_all_rows_are_told_apart():
    many = as_space({"c": Categorical(list(range(2 * MAX_ONE_HOT)))})
    few = as_space({"c": ["a", "b"]})

    assert not SpaceEncoding.for_trials(
        many, many.draw(4, np.random.default_rng(0))
    ).distinguishes_all(many)

    assert SpaceEncoding.for_trials(few).distinguishes_all(few)

    assert not SpaceEncoding.for_trials(few).distinguishes_all(
        as_space({"c": ["a"], "x": Float(0, 1)})
    )


def test_moved_features_are_those_of_moved_rows():
    space = as_space({"c": Choice(["a", Option("b", y=Float(0, 1))]), "x": Float(0, 1)})
    encoding = SpaceEncoding(space)
    rows = drawn_rows(space, 8, 0)
    features = encoding(rows)
    units = np.where(np.isnan(rows[:, encoding.ordered_axes]), np.nan, 0.7)
    rows[:, encoding.ordered_axes] = units

    encoding.set_numbers(features, units)

    np.testing.assert_array_equal(features, encoding(rows))


def test_gradient_by_numbers_is_that_by_their_features():
    space = as_space({"c": ["a", "b"], "x": Float(0, 1)})
    encoding = SpaceEncoding(space)
    rows = drawn_rows(space, 3, 0)
    gradient = np.arange(9.0).reshape(3, 3)

    slope = encoding.gradient_by_numbers(gradient, encoding(rows), rows[:, 1:])

    np.testing.assert_array_equal(slope, [[2.0], [5.0], [8.0]])


def test_there_is_no_trend():
    encoding = SpaceEncoding(as_space({"x": Float(0, 1)}))

    assert encoding.trend == slice(0)

    assert not encoding.coefficients.mean.size
