"""What members say, as columns and as probabilities."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from sksearch.ensemble.predictions._blocks import as_block, as_columns
from sksearch.ensemble.predictions._calibration import (
    AsTheyAre,
)
from sksearch.ensemble.predictions._outputs import Target
from sksearch.evaluation import Prediction

THREE = Target.of(np.array(["a", "b", "c"]), classifier=True)
TWO = Target.of(np.array(["a", "b"]), classifier=True)


def test_probabilities_of_classes_that_were_seen():
    said = Prediction("predict_proba", np.array([[0.3, 0.7]]), np.array(["a", "c"]))

    assert_array_equal(as_columns(said, THREE, "m"), [[[0.3, 0.0, 0.7]]])


def test_decision_values_of_classes_that_were_seen():
    said = Prediction("decision_function", np.array([1.0, -2.0]), np.array(["a", "c"]))
    columns = as_columns(said, THREE, "m")[0]

    assert columns.argmax(axis=1).tolist() == [2, 0]

    assert_array_equal(columns[:, 1], columns.min(axis=1))


def test_decision_values_of_two_classes_stay_one_number():
    said = Prediction("decision_function", np.array([1.0, -2.0]), np.array(["a", "b"]))

    assert_array_equal(as_columns(said, TWO, "m")[0], [1.0, -2.0])


def test_votes_are_columns():
    said = Prediction("predict", np.array(["b", "a"]))

    assert_array_equal(as_columns(said, THREE, "m")[0], [[0, 1, 0], [1, 0, 0]])


def test_two_outputs_in_one_array():
    target = Target.of(np.array([[0, 1], [1, 0]]), classifier=True)
    proba = np.array([[0.9, 0.2]])
    said = Prediction("predict_proba", proba, np.array([0, 1]))
    block = as_block(said, target, "m", [AsTheyAre(), AsTheyAre()])

    assert_allclose(block, [[0.1, 0.9, 0.8, 0.2]])


def test_foreign_classes():
    said = Prediction("predict_proba", np.array([[0.3, 0.7]]), np.array(["a", "z"]))

    with pytest.raises(ValueError, match=r"'m' was fitted to classes .*'z'.*'a', 'b'"):
        as_columns(said, TWO, "m")


@pytest.mark.parametrize("label", [np.nan, None, "z", 1])
def test_labels_that_are_no_class(label):
    """They would be a vote for nothing, and all classes equally improbable."""
    said = Prediction("predict", np.array(["a", label, "b"], dtype=object))

    with pytest.raises(
        ValueError, match=rf"'m' .* 1 of 3 rows.* {label!r}\. .*'a', 'b'"
    ):
        as_columns(said, TWO, "m")


def test_another_number_of_outputs_of_labels():
    target = Target.of(np.array([[0, 1], [1, 0]]), classifier=True)

    with pytest.raises(ValueError, match="'m' predicts 1 outputs, the target has 2"):
        as_columns(Prediction("predict", np.array([0, 1])), target, "m")


def test_another_number_of_outputs():
    target = Target.of(np.zeros(3), classifier=False)

    with pytest.raises(ValueError, match="'m' predicts 2 outputs"):
        as_columns(Prediction("predict", np.zeros((3, 2))), target, "m")
