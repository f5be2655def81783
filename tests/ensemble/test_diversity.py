"""The report on how alike errors are."""

import numpy as np
from numpy.testing import assert_allclose

from sksearch.ensemble._diversity import diversity_table, error_correlations
from sksearch.ensemble.weights._losses import SquaredError


def test_correlations():
    errors = np.array([[[1.0], [1.0]], [[2.0], [2.0]], [[1.0], [-1.0]], [[0.0], [0.0]]])

    assert_allclose(
        error_correlations(errors),
        [[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]],
        atol=1e-12,
    )


def test_table():
    R = np.array([[1.0, 1.0, 1.0], [1.0, -1.0, 1.0]])
    weights = np.array([0.5, 0.5, 0.0])
    errors = R.T[:, :, None]
    table = diversity_table(
        ["a", "b", "c"],
        weights,
        np.zeros(3),
        error_correlations(errors),
        SquaredError(R),
    )

    assert table["most_alike"].tolist() == ["c", "a", "a"]

    assert_allclose(table["error_correlation"], [0, 0, 0.5], atol=1e-12)

    assert_allclose(table["loss_without"], [0.5, 0.5, 0], atol=1e-12)


def test_weights_of_both_signs():
    R = np.array([[1.0, 2.0, 0.0], [1.0, 2.0, 3.0]])
    table = diversity_table(
        ["a", "b", "c"],
        np.array([2.0, -1.0, 0.0]),
        np.zeros(3),
        error_correlations(R.T[:, :, None]),
        SquaredError(R),
    )

    # Without one of two members, the other one has all the weight.
    assert_allclose(table["loss_without"], [4, 1, 0], atol=1e-12)

    assert_allclose(table["error_correlation"][:2], 1)


def test_one_member():
    table = diversity_table(
        ["a"], np.ones(1), np.zeros(1), np.ones((1, 1)), SquaredError(np.ones((3, 1)))
    )

    assert table["most_alike"].tolist() == [None]

    assert table["loss_without"].tolist() == [0.0]
