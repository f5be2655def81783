"""What each column of a prediction means."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.datasets import load_iris, make_blobs
from sklearn.ensemble import VotingClassifier
from sklearn.gaussian_process import GaussianProcessClassifier
from sklearn.linear_model import RidgeClassifier
from sklearn.model_selection import GridSearchCV
from sklearn.multiclass import OneVsOneClassifier
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, LinearSVC, NuSVC

from sksearch.evaluation import FAILED, PAIRS, predict_rows
from sksearch.evaluation._prediction import try_to_predict

X, Y = load_iris(return_X_y=True)


def blobs(k):
    return make_blobs(120, 5, centers=k, cluster_std=4.0, random_state=0)


class Wrapped(ClassifierMixin, BaseEstimator):
    """Tells what another one does, and has no parameter that does."""

    def __init__(self, model):
        self.model = model

    def fit(self, X, y):
        self.fitted_ = clone(self.model).fit(X, y)
        self.classes_ = self.fitted_.classes_
        return self

    def predict(self, X):
        return self.fitted_.predict(X)

    def decision_function(self, X):
        return self.fitted_.decision_function(X)


class Swapped(Wrapped):
    """Its columns are not in the order of its classes."""

    def decision_function(self, X):
        return super().decision_function(X)[:, ::-1]


class Refusing(GaussianNB):
    """Finds out when it is asked that it has no probabilities."""

    def predict_proba(self, X):
        msg = "not today"
        raise ValueError(msg)


class Nameless(Wrapped):
    """Does not tell its classes."""

    def fit(self, X, y):
        super().fit(X, y)
        del self.classes_
        return self


@pytest.mark.parametrize("k", [3, 4, 5])
@pytest.mark.parametrize(
    "wrap",
    [
        lambda model: model,
        lambda model: make_pipeline(StandardScaler(), model),
        lambda model: GridSearchCV(model, {"tol": [1e-3]}, cv=2),
        lambda model: GridSearchCV(
            SVC(), {"decision_function_shape": [model.decision_function_shape]}, cv=2
        ),
        Wrapped,
    ],
    ids=["bare", "pipeline", "grid", "tuned", "wrapped"],
)
@pytest.mark.parametrize("kind", [SVC, NuSVC])
def test_pairs_are_told_from_classes(k, wrap, kind):
    x, y = blobs(k)
    words = {"nu": 0.1} if kind is NuSVC else {}
    methods = [
        predict_rows(
            wrap(kind(decision_function_shape=shape, **words)).fit(x, y), x
        ).method
        for shape in ("ovr", "ovo")
    ]

    assert methods == ["decision_function", PAIRS]


@pytest.mark.parametrize(
    ("model", "method"),
    [
        (OneVsOneClassifier(LinearSVC()), "decision_function"),
        (RidgeClassifier(), "decision_function"),
        (Swapped(LinearSVC()), "predict"),
        (Nameless(LinearSVC()), "predict"),
        (GaussianProcessClassifier(multi_class="one_vs_one"), "predict"),
        (Refusing(), "predict"),
        (VotingClassifier([("a", GaussianNB())]), "predict"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_not_clear_or_fails_is_not_used(model, method):
    said = predict_rows(model.fit(X, Y), X)

    assert said.method == method

    if method == "predict":
        assert_array_equal(said.values, model.predict(X))


def test_a_method_that_is_asked_for():
    model = SVC(decision_function_shape="ovo").fit(X, Y)

    # Of one row it could not be told.
    said = predict_rows(model, X[:1], np.float64, PAIRS)

    assert_array_equal(said.values, model.decision_function(X[:1]))

    assert predict_rows(model, X[:1], method="predict").values.shape == (1,)


def test_values_that_are_too_large_for_few_bits():
    class Large(LinearSVC):
        def decision_function(self, X):
            return 1e300 * super().decision_function(X)

    said = predict_rows(Large().fit(X, Y), X)

    assert said.values.dtype == np.float64

    assert np.isfinite(said.values).all()


def test_a_list_of_labels_is_for_one_output():
    model = Wrapped(LinearSVC()).fit(X, Y)
    model.classes_ = model.classes_.tolist()
    said = predict_rows(model, X)

    assert said.method == "decision_function"

    assert_array_equal(said.classes, [0, 1, 2])


def test_a_prediction_that_fails_says_why():
    class Broken(GaussianNB):
        def predict(self, X):
            msg = "no idea"
            raise RuntimeError(msg)

        predict_proba = predict

    said = try_to_predict(Broken().fit(X, Y), X)

    assert said.method == FAILED

    assert said.values.tolist() == ["RuntimeError: no idea"]


def test_as_before_where_all_is_clear():
    model = GaussianNB().fit(X, Y)

    assert_allclose(predict_rows(model, X).values, model.predict_proba(X), atol=1e-6)
