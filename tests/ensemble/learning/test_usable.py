"""One bad member costs one member: the others are as without it."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.datasets import load_diabetes, load_iris
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.model_selection import KFold
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsRegressor
from sklearn.svm import SVC, LinearSVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from sksearch import StackingWeights
from sksearch.ensemble.learning._learn import Stack
from sksearch.ensemble.learning._usable import usable_members
from sksearch.ensemble.predictions import Target
from sksearch.ensemble.weights._methods import METHODS

X, Y = load_iris(return_X_y=True)
XR, YR = (part[:150] for part in load_diabetes(return_X_y=True))
FOLDS = KFold(3, shuffle=True, random_state=0)
#: The methods that are not the default: each of many inputs takes them some time.
SLOW = [
    pytest.param(method, marks=pytest.mark.slow)
    for method in sorted(set(METHODS) - {"convex", "affine"})
]


class Constant(RegressorMixin, BaseEstimator):
    """Says the same of the first rows, and the mean of the others."""

    def __init__(self, value, share=1.0):
        self.value = value
        self.share = share

    def fit(self, X, y):
        self.mean_ = y.mean()
        return self

    def predict(self, X):
        said = np.full(len(X), self.mean_)
        said[: max(1, int(self.share * len(X)))] = self.value
        return said


class Below(Ridge):
    def predict(self, X):
        return super().predict(X) - 300


class Spoiled(GaussianNB):
    def __init__(self, first=None, factor=1.0):
        super().__init__()
        self.first = first
        self.factor = factor

    def predict_proba(self, X):
        said = super().predict_proba(X) * self.factor
        if self.first is not None:
            said[0] = self.first
        return said


class Decided(LinearSVC):
    def __init__(self, first):
        super().__init__()
        self.first = first

    def decision_function(self, X):
        said = super().decision_function(X)
        said[0, 0] = self.first
        return said


def regressors():
    return [
        ("ridge", Ridge()),
        ("near", KNeighborsRegressor(9)),
        ("tree", DecisionTreeRegressor(max_depth=3, random_state=0)),
    ]


def classifiers():
    return [
        ("bayes", GaussianNB()),
        ("tree", DecisionTreeClassifier(max_depth=2, random_state=0)),
    ]


def fitted(members, x, y, method="convex", **words):
    words = {"cv": FOLDS, "random_state": 0, **words}
    return StackingWeights(members, method=method, **words).fit(x, y)


def check_as_without(ensemble, without):
    """The second member has no weight; all else is as if it were not there."""
    assert ensemble.weights_[1] == 0

    assert_allclose(np.delete(ensemble.weights_, 1), without.weights_, atol=1e-9)

    assert ensemble.oof_score_ == pytest.approx(without.oof_score_)

    assert ensemble.oof_score_optimistic_ == pytest.approx(
        without.oof_score_optimistic_
    )

    assert_allclose(np.delete(ensemble.member_scores_, 1), without.member_scores_)

    assert_allclose(
        np.delete(ensemble.diversity_["loss_without"], 1),
        without.diversity_["loss_without"],
        atol=1e-9,
    )


@pytest.mark.parametrize("method", ["convex", "affine", *SLOW])
@pytest.mark.parametrize(
    ("value", "share"),
    [(1e5, 1.0), (-1e8, 0.02), (1e154, 0.02), (1e300, 1.0), (1e300, 0.02)],
)
def test_a_regressor_that_has_diverged(method, value, share):
    members = regressors()
    without = fitted(members, XR, YR, method)
    members.insert(1, ("odd", Constant(value, share)))
    if method == "uniform":  # nobody else would say so
        with pytest.warns(UserWarning, match="1 of 4 members cannot be used.*'odd'"):
            ensemble = fitted(members, XR, YR, method)
    else:
        ensemble = fitted(members, XR, YR, method)

    check_as_without(ensemble, without)

    assert ensemble.member_scores_[1] < -1000

    assert_allclose(ensemble.predict(XR), without.predict(XR))


@pytest.mark.parametrize(
    ("n_times", "usable"), [(29.9, [True, True]), (30.1, [True, False])]
)
@pytest.mark.parametrize(("wrong", "limit"), [(0.1, 1.0), (2.0, 2.0)])
def test_a_regressor_has_diverged_beyond_thirty_times(n_times, usable, wrong, limit):
    """What the best one is wrong, or the standard deviation of the target."""
    y = np.array([-1.0, 1.0, -1.0, 1.0])
    block = y[:, None] + np.array([wrong, n_times * limit])[:, None, None]
    rows = np.arange(4)
    stack = Stack(block, rows, rows, Target.of(y, classifier=False), None, y)

    found = usable_members(stack, ["good", "odd"], {}, "convex")

    assert found.tolist() == usable


@pytest.mark.parametrize(
    ("method", "value"),
    [
        *((method, np.nan) for method in METHODS),
        ("convex", np.inf),
        ("convex", -np.inf),
    ],
)
def test_a_regressor_that_gives_no_numbers(method, value):
    members = regressors()
    without = fitted(members, XR, YR, method)
    members.insert(1, ("odd", Constant(value, 0.02)))
    with pytest.warns(UserWarning, match=r"member 'odd' returns is not finite for 3 "):
        ensemble = fitted(members, XR, YR, method)

    check_as_without(ensemble, without)

    assert np.isnan(ensemble.member_scores_[1])

    assert ensemble.diversity_["most_alike"][1] is None


@pytest.mark.parametrize("method", ["convex", "affine", *SLOW])
@pytest.mark.parametrize(
    ("scoring", "message"),
    [
        ("neg_mean_squared_log_error", "scorer refuses the member 'odd': ValueError"),
        (
            lambda estimator, X, y: (
                -np.sqrt(estimator.predict(X).min() + 0j).real
                if estimator.predict(X).min() > 0
                else np.nan
            ),
            "score of the member 'odd' is nan",
        ),
    ],
    ids=["raises", "nan"],
)
def test_a_member_that_the_scorer_refuses(method, scoring, message):
    members = regressors()[1:]
    without = fitted(members, XR, YR, method, scoring=scoring)
    members.insert(1, ("odd", Below()))
    with pytest.warns(UserWarning, match=message):
        ensemble = fitted(members, XR, YR, method, scoring=scoring)

    check_as_without(ensemble, without)


@pytest.mark.parametrize("method", ["convex", *SLOW])
@pytest.mark.parametrize(
    ("odd", "message"),
    [
        (Spoiled(np.nan), "predict_proba of the member 'odd' returns is not finite"),
        (Spoiled(factor=3.0), "no probabilities with sum 1 for 150 of 150 rows"),
        (Spoiled([1, 1, 1]), "no probabilities with sum 1 for 3 of 150 rows"),
        (Spoiled([-1, 1, 1]), "no probabilities with sum 1"),
        (Spoiled(0.0), "no probabilities with sum 1"),
        (Decided(np.nan), "decision_function of the member 'odd' returns is not fini"),
        (Decided(-np.inf), "decision_function of the member 'odd' returns is not fi"),
    ],
    ids=str,
)
def test_a_classifier_that_gives_no_probabilities(method, odd, message):
    members = classifiers()
    without = fitted(members, X, Y, method)
    members.insert(1, ("odd", odd))
    with pytest.warns(UserWarning, match=message):
        ensemble = fitted(members, X, Y, method)

    check_as_without(ensemble, without)


class Doubtful(ClassifierMixin, BaseEstimator):
    """Only predicts labels, and none where the first column is large."""

    def fit(self, X, y):
        self.model_ = GaussianNB().fit(X, y)
        self.classes_ = self.model_.classes_
        return self

    def predict(self, X):
        said = self.model_.predict(X).astype(object)
        said[X[:, 0] > 7] = np.nan
        return said


class DoubtfulOfNew(GaussianNB):
    """Its probabilities are nan where a flower is larger than those of the data."""

    def predict_proba(self, X):
        return np.where(X[:, :1] > 100, np.nan, super().predict_proba(X))


class OnlyKnown(LinearRegression):
    """Predicts nan where a row is larger than those of the data."""

    def predict(self, X):
        return np.where(X[:, 0] > 100, np.nan, super().predict(X))


WORDS = np.array(["iris", "lily", "rose"])[Y]


def test_a_classifier_that_gives_no_labels():
    without = fitted(classifiers(), X, WORDS)
    members = classifiers()
    members.insert(1, ("odd", Doubtful()))
    with pytest.warns(UserWarning, match="member 'odd' returns is no class of the tar"):
        ensemble = fitted(members, X, WORDS)

    check_as_without(ensemble, without)


def test_no_class_is_made_up_where_a_member_has_none():
    members = [("odd", DoubtfulOfNew()), *classifiers()]
    ensemble = fitted(members, X, WORDS, weights=[1] * len(members))
    new = X[:4].copy()
    new[2] = 1000
    with pytest.raises(
        ValueError, match=r"'odd' are not finite for 1 of 4 rows.*row 2"
    ):
        ensemble.predict(new)


def test_a_number_that_a_member_does_not_have_is_nan_with_a_word():
    members = [("odd", OnlyKnown()), ("line", LinearRegression())]
    ensemble = fitted(members, XR, YR, weights=[1, 1])
    new = XR[:4].copy()
    new[2] = 1000
    with pytest.warns(UserWarning, match=r"'odd' are not finite for 1 of 4 .*row 2"):
        found = ensemble.predict(new)

    assert np.isnan(found).tolist() == [False, False, True, False]


def test_a_decision_value_of_any_size():
    ensemble = fitted([*classifiers(), ("odd", Decided(1e300))], X, Y)

    assert np.isfinite(ensemble.member_scores_).all()

    assert ensemble.weights_[2] == 0


def test_nobody_can_be_used():
    with pytest.raises(ValueError, match=r"No member can be used.*'a' returns is not"):
        fitted([("a", Constant(np.nan))], XR, YR)

    with pytest.raises(ValueError, match="Mean Squared Logarithmic Error"):
        fitted([("a", Below())], XR, YR, scoring="neg_mean_squared_log_error")


class TestUnknownClasses:
    """A row of a class that no training part has cannot be known."""

    MEMBERS = (
        ("logistic", LogisticRegression(C=0.01, max_iter=500)),
        ("tree", DecisionTreeClassifier(max_depth=2, random_state=0)),
        ("svm", SVC()),
    )

    @pytest.mark.parametrize("method", ["convex", *SLOW])
    @pytest.mark.parametrize("scoring", [None, "accuracy", "neg_log_loss"])
    def test_such_a_row_does_not_count(self, method, scoring):
        folds = list(FOLDS.split(X))
        words = {"method": method, "scoring": scoring}
        without = fitted(self.MEMBERS, X, Y, cv=folds, **words)
        train, test = folds[0]
        folds[0] = train, np.append(test, 150)
        x, y = np.vstack([X, X[:1]]), np.append(Y, 99)
        ensemble = fitted(self.MEMBERS, x, y, cv=folds, **words)

        assert_allclose(ensemble.weights_, without.weights_, atol=1e-6)

        if scoring is None:
            assert_allclose(ensemble.member_scores_, without.member_scores_)
            assert ensemble.oof_score_ == pytest.approx(without.oof_score_)

    @pytest.mark.parametrize("row", [0, 150])
    def test_a_row_that_is_in_the_training_part_of_other_folds(self, row):
        x, y = np.insert(X, row, X[0] + 1, axis=0), np.insert(Y, row, 99)
        folds = list(FOLDS.split(x))
        ensemble = fitted(self.MEMBERS, x, y, cv=folds)
        untested = [(train, test[test != row]) for train, test in folds]
        without = fitted(self.MEMBERS, x, y, cv=untested)

        assert_allclose(ensemble.weights_, without.weights_, atol=1e-9)

        assert_allclose(ensemble.member_scores_, without.member_scores_)

    @pytest.mark.parametrize("shape", ["ovr", "ovo"])
    def test_pairs_that_only_the_last_fit_compares(self, shape):
        """Where folds had two classes each, there was one decision value."""
        y = np.sort(Y)
        model = SVC(decision_function_shape=shape)
        with pytest.warns(UserWarning, match="No weights can be learned"):
            ensemble = fitted([("svm", model)], X, y, cv=KFold(3))

        assert ensemble.score(X, y) > 0.9
