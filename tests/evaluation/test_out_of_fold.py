"""Predictions that are kept."""

import copy

import numpy as np
import pytest
from sklearn.datasets import load_iris, make_multilabel_classification
from sklearn.linear_model import Ridge
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import LinearSVC
from stand_ins import Knob

from sksearch.evaluation import Folds, OutOfFold, Prediction, predict_rows, rows_of

X, Y = load_iris(return_X_y=True)


@pytest.mark.parametrize(
    ("estimator", "method", "dtype"),
    [
        (GaussianNB(), "predict_proba", np.float32),
        (LinearSVC(), "decision_function", np.float32),
        (Knob(), "predict", int),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_the_most_telling_method(estimator, method, dtype):
    said = predict_rows(estimator.fit(X, Y), X)

    assert said.method == method

    assert said.values.dtype == dtype

    assert said.classes is estimator.classes_


def test_numbers_keep_their_bits():
    said = predict_rows(Ridge().fit(X, Y), X)

    assert said.values.dtype == float

    assert said.classes is None


def test_several_outputs():
    data, labels = make_multilabel_classification(30, n_classes=2, random_state=0)
    said = predict_rows(KNeighborsClassifier().fit(data, labels), data)

    assert [part.dtype for part in said.values] == [np.float32] * 2


def test_rows_of_masks():
    mask = np.array([True, False, True])

    assert [r.tolist() for r in rows_of(Folds(((~mask, mask),)))] == [[0, 2]]


def test_same_folds():
    said = (Prediction("predict", np.zeros(2)),)
    one = OutOfFold((np.array([0, 1]),), (said, None), np.array([0, 1]))
    other = OutOfFold((np.array([1, 0]),), (said,), np.array([0, 1]))

    assert one.same_folds(one.take([0]))

    assert not one.same_folds(other)

    assert len(one) == 2

    assert copy.deepcopy(one) is one
