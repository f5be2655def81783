"""Weights with sum 1."""

from numpy.testing import assert_array_equal

from sksearch.ensemble.weights._simplex import normalise, uniform, vertex


def test_uniform():
    assert uniform(4).tolist() == [0.25] * 4


def test_vertex():
    assert vertex(3, 1).tolist() == [0.0, 1.0, 0.0]


def test_negative_weights_become_zero_and_the_sum_one():
    given = uniform(3) * [-3, 3, 9]

    assert_array_equal(normalise(given), [0, 0.25, 0.75])

    assert_array_equal(given, [-1, 1, 3])  # left as it was


def test_where_nothing_is_left_all_have_the_same():
    assert_array_equal(normalise(-uniform(4)), [0.25] * 4)

    assert_array_equal(normalise(0 * uniform(4)), [0.25] * 4)
