"""What is predicted: outputs, classes, and losses as those of scikit-learn."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.metrics import log_loss, r2_score

from sksearch.ensemble.predictions._outputs import Target

NUMBERS = np.array([[1.0, 10.0], [2.0, 30.0], [4.0, 20.0], [3.0, 70.0]])
LABELS = np.array([["b", "x"], ["a", "y"], ["b", "x"], ["c", "y"]], dtype=object)


def test_sizes():
    assert Target.of(NUMBERS, classifier=False).sizes == [1, 1]

    assert Target.of(LABELS, classifier=True).sizes == [3, 2]

    assert Target.of(LABELS[:, 0], classifier=True).sizes == [3]


def test_codes():
    target = Target.of(LABELS, classifier=True)

    assert target.encode(LABELS).tolist() == [[1, 0], [0, 1], [1, 0], [2, 1]]

    assert_array_equal(Target.of(NUMBERS, classifier=False).encode(NUMBERS), NUMBERS)


def test_predictions_are_of_the_greatest_probability():
    average = np.array([[0.1, 0.2, 0.7, 0.6, 0.4], [0.5, 0.5, 0.0, 0.4, 0.6]])
    target = Target.of(LABELS, classifier=True)

    assert target.predict(average).tolist() == [["c", "x"], ["a", "y"]]

    assert_array_equal(target.predict_proba(average)[1], average[:, 3:])

    alone = Target.of(LABELS[:, 0], classifier=True)

    assert alone.predict(average[:, :3]).tolist() == ["c", "a"]


def test_predictions_have_the_shape_of_y():
    average = np.array([[1.0], [2.0]])

    assert Target.of(NUMBERS[:, 0], classifier=False).predict(average).shape == (2,)

    assert Target.of(NUMBERS[:, :1], classifier=False).predict(average).shape == (2, 1)


def test_errors():
    numbers = Target.of(NUMBERS, classifier=False)
    block = NUMBERS[None] + [[[1.0, -2.0]]]

    assert_allclose(numbers.errors(block, NUMBERS), np.tile([1.0, -2.0], (1, 4, 1)))

    labels = Target.of(np.array(["a", "b"]), classifier=True)
    said = np.array([[[0.3, 0.7], [0.2, 0.8]]])

    assert_allclose(
        labels.errors(said, np.array([[0], [1]])), [[[-0.7, 0.7], [0.2, -0.2]]]
    )


@pytest.mark.parametrize("weights", [None, np.array([1.0, 0.5, 2.0, 3.0])])
def test_the_loss_of_numbers_is_what_r2_lacks(weights):
    rng = np.random.default_rng(0)
    block = NUMBERS[None] + rng.normal(size=(3, 4, 2)) * [1, 20]
    target, shares = Target.of(NUMBERS, classifier=False), np.array([0.2, 0.3, 0.5])
    expected = r2_score(NUMBERS, np.tensordot(shares, block, 1), sample_weight=weights)

    assert target.loss(block, NUMBERS, weights).value(shares) == pytest.approx(
        1 - expected
    )


@pytest.mark.parametrize("weights", [None, np.array([1.0, 0.5, 2.0, 3.0])])
def test_the_loss_of_labels_is_the_mean_of_log_losses(weights):
    rng = np.random.default_rng(0)
    first, second = rng.dirichlet(np.ones(3), (3, 4)), rng.dirichlet(np.ones(2), (3, 4))
    block, shares = np.concatenate([first, second], axis=2), np.array([0.2, 0.3, 0.5])
    target = Target.of(LABELS, classifier=True)
    expected = [
        log_loss(LABELS[:, i], np.tensordot(shares, part, 1), sample_weight=weights)
        for i, part in enumerate((first, second))
    ]
    loss = target.loss(block, target.encode(LABELS), weights)

    assert loss.value(shares) == pytest.approx(np.mean(expected))


def test_an_output_that_is_always_the_same_counts_by_its_errors():
    target = Target.of(np.ones(4), classifier=False)

    assert target.variance(np.ones((4, 1))).tolist() == [0]

    loss = target.loss(np.full((1, 4, 1), 3.0), np.ones((4, 1)))

    assert loss.value(np.ones(1)) == pytest.approx(4)


def test_variance_of_rows_that_count_differently():
    codes, weights = np.array([[0.0], [1.0], [3.0]]), np.array([1.0, 2.0, 1.0])
    mean = 5 / 4

    assert_allclose(
        Target.variance(codes, weights),
        [(mean**2 + 2 * (1 - mean) ** 2 + (3 - mean) ** 2) / 4],
    )


def test_a_target_that_is_no_classes():
    with pytest.raises(ValueError, match="Unknown label type"):
        Target.of(np.array([0.5, 1.5]), classifier=True)
