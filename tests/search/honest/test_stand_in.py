"""What stands in for a fitted model."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from sklearn.base import is_classifier, is_regressor

from sksearch.evaluation import PAIRS, Prediction
from sksearch.search.honest._stand_in import StandIn

WORDS = np.array(["a", "b", "c"])
ROWS = np.array([[2], [0]])


def test_labels_are_the_most_likely_ones():
    chances = np.array([[0.2, 0.3, 0.5], [0.6, 0.2, 0.2], [0.1, 0.8, 0.1]])
    model = StandIn(Prediction("predict_proba", chances, WORDS))

    assert is_classifier(model)

    assert model.predict(ROWS).tolist() == ["b", "c"]

    assert_array_equal(model.predict_proba(ROWS), chances[[2, 0]])

    with pytest.raises(AttributeError, match="no decision_function"):
        model.decision_function(ROWS)


def test_decision_values_of_two_classes():
    model = StandIn(Prediction("decision_function", np.array([-1, 0, 2.0]), WORDS[:2]))

    assert model.predict(ROWS).tolist() == ["b", "a"]

    assert model.decision_function(ROWS).tolist() == [2, -1]


def test_probabilities_order_two_classes_as_decision_values_do():
    chances = np.array([[0.2, 0.8], [0.5, 0.5], [0.9, 0.1]])
    model = StandIn(Prediction("predict_proba", chances, WORDS[:2]))

    assert model.decision_function(ROWS).tolist() == [0.1, 0.8]


def test_pairs_of_classes():
    values = np.array([[2.0, 2, 0], [-2, 0, 2], [0, -2, -2]])  # a or b, a or c, b or c
    model = StandIn(Prediction(PAIRS, values, WORDS))

    assert model.predict(np.array([[0], [1], [2]])).tolist() == ["a", "b", "c"]


def test_numbers():
    model = StandIn(Prediction("predict", np.array([1.5, 2.5, 3.5])))

    assert is_regressor(model)

    assert model.fit(None).predict(ROWS).tolist() == [3.5, 1.5]
