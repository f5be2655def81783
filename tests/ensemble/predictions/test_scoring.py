"""Scores of averages, as scikit-learn gives them to a fitted estimator."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from sklearn.base import is_classifier, is_regressor
from sklearn.metrics import get_scorer, log_loss, r2_score

from sksearch.ensemble.predictions._outputs import Target
from sksearch.ensemble.predictions._scoring import Precomputed, Scoring

LABELS = np.array(["a", "b", "c", "a"])
CHANCES = np.array([[0.6, 0.3, 0.1], [0.1, 0.6, 0.3], [0.5, 0.2, 0.3], [0.7, 0.2, 0.1]])
WEIGHTS = np.array([1.0, 2.0, 0.5, 3.0])


@pytest.mark.parametrize("weights", [None, WEIGHTS])
def test_without_a_scorer_minus_log_loss(weights):
    found = Scoring(Target.of(LABELS, classifier=True))(CHANCES, None, LABELS, weights)

    assert found == pytest.approx(-log_loss(LABELS, CHANCES, sample_weight=weights))


@pytest.mark.parametrize("weights", [None, WEIGHTS])
def test_without_a_scorer_r2(weights):
    y, said = np.array([1.0, 2.0, 4.0, 3.0]), np.array([1.5, 2.5, 3.0, 3.0])
    target = Target.of(y, classifier=False)
    found = Scoring(target)(said[:, None], None, y, weights)

    assert found == pytest.approx(r2_score(y, said, sample_weight=weights))


@pytest.mark.parametrize(
    ("name", "expected"), [("accuracy", 0.75), ("f1_macro", (0.8 + 1 + 0) / 3)]
)
def test_a_scorer_sees_the_labels(name, expected):
    scoring = Scoring(Target.of(LABELS, classifier=True), get_scorer(name))

    assert scoring(CHANCES, None, LABELS) == pytest.approx(expected)


def test_a_scorer_gets_its_parameters():
    params = {"sample_weight": WEIGHTS}
    target = Target.of(LABELS, classifier=True)
    found = Scoring(target, get_scorer("accuracy"), params)(CHANCES, None, LABELS)

    assert found == pytest.approx(6 / 6.5)


def test_what_a_scorer_takes_it_for():
    y = np.arange(4.0)
    labels = Precomputed(Target.of(LABELS, classifier=True), CHANCES)
    numbers = Precomputed(Target.of(y, classifier=False), y[:, None])

    assert is_classifier(labels)

    assert labels.classes_.tolist() == ["a", "b", "c"]

    assert labels.fit(None) is labels

    assert_array_equal(labels.predict_proba(None), CHANCES)

    assert is_regressor(numbers)

    with pytest.raises(AttributeError, match="no probabilities"):
        numbers.predict_proba(None)
