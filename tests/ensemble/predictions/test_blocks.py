"""What members say, as columns and as probabilities."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from sksearch.ensemble.predictions._blocks import as_block, as_columns
from sksearch.ensemble.predictions._calibration import (
    AsTheyAre,
    Slope,
    Votes,
    fit_slope,
    fit_votes,
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


def test_another_number_of_outputs():
    target = Target.of(np.zeros(3), classifier=False)

    with pytest.raises(ValueError, match="'m' predicts 2 outputs"):
        as_columns(Prediction("predict", np.zeros((3, 2))), target, "m")


def test_a_slope_is_found_again():
    rng = np.random.default_rng(0)
    values = rng.normal(size=4000)
    codes = (rng.random(4000) < Slope(2.0, 0.5)(values)[:, 1]).astype(int)
    found = fit_slope(values, codes, np.ones(4000))

    assert found.slope == pytest.approx(2.0, rel=0.15)

    assert found.shift == pytest.approx(0.5, abs=0.15)


def test_separated_values_have_a_finite_slope():
    values = np.r_[-np.ones(20), np.ones(20)]
    found = fit_slope(values, np.repeat([0, 1], 20), np.ones(40))

    assert np.isfinite(found(values)).all()


def test_votes_count_as_often_as_they_are_right():
    votes = np.eye(2)[[0, 0, 0, 1]]
    found = fit_votes(votes, np.array([0, 0, 1, 1]), np.ones(4))

    assert found == Votes((3 + 1) / (4 + 2))

    assert_allclose(found(votes).sum(axis=1), 1)
