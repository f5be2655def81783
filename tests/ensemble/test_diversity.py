"""The report on how alike errors are."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from sklearn.metrics.pairwise import cosine_similarity

from sksearch.ensemble._diversity import diversity_table, error_correlations
from sksearch.ensemble.weights._losses import LogLoss, SquaredError


def test_correlations():
    errors = np.array([[[1.0], [1.0]], [[2.0], [2.0]], [[1.0], [-1.0]], [[0.0], [0.0]]])

    assert_allclose(
        error_correlations(errors),
        [[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]],
        atol=1e-12,
    )


@pytest.mark.parametrize("unit", [1e-200, 1.0, 1e200])
def test_correlations_are_cosines(unit):
    """Of errors that are not centred; their size does not matter."""
    errors = np.random.default_rng(0).normal(0.3, 1, size=(4, 20, 3))
    sizes = unit * np.array([1.0, 2.0, 0.5, 7.0])[:, None, None]

    assert_allclose(
        error_correlations(sizes * errors), cosine_similarity(errors.reshape(4, -1))
    )


@pytest.mark.parametrize("kind", ["log loss", "squares"])
def test_table_is_that_of_a_loop(kind):
    rng = np.random.default_rng(0)
    P, R = rng.uniform(0.1, 1, size=(30, 4)), rng.normal(size=(30, 4))
    rows = rng.uniform(size=30)
    loss = LogLoss(P, rows) if kind == "log loss" else SquaredError(R, rows)
    weights = np.array([0.5, 0.3, 0.0, 0.2])
    correlations = error_correlations(R.T[:, :, None])
    names, scores = ["a", "b", "c", "d"], np.arange(4.0)
    table = diversity_table(names, weights, scores, correlations, loss)

    for i in range(4):
        others = [j for j in (0, 1, 3) if j != i]  # with weight
        left = weights.copy()
        left[i] = 0
        without = loss.value(left / left.sum()) - loss.value(weights)

        assert table["loss_without"][i] == pytest.approx(without)

        mean = np.mean([correlations[i, j] for j in others])

        assert table["error_correlation"][i] == pytest.approx(mean)

        alike = max((j for j in range(4) if j != i), key=lambda j: correlations[i, j])

        assert table["most_alike"][i] == names[alike]

    assert table["name"].tolist() == names

    assert_allclose(table["weight"], weights)

    assert_allclose(table["score"], scores)


def test_the_loss_is_that_of_members_that_can_be_used():
    R = np.array([[1.0, 2.0], [1.0, -2.0]])
    usable = np.array([True, False, True])
    correlations = np.array([[1, np.nan, 0.2], [np.nan] * 3, [0.2, np.nan, 1]])
    table = diversity_table(
        ["a", "b", "c"],
        np.array([0.75, 0, 0.25]),
        np.zeros(3),
        correlations,
        SquaredError(R),
        usable,
    )
    whole = SquaredError(R).value(np.array([0.75, 0.25]))

    assert_allclose(table["loss_without"], [4 - whole, 0, 1 - whole])

    assert table["most_alike"].tolist() == ["c", None, "a"]


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
