"""Fitting one member, and what it is asked for afterwards."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from sklearn.datasets import load_iris
from sklearn.naive_bayes import GaussianNB
from sklearn.svm import SVC
from stand_ins import NeedsWeights, rows

from sksearch.ensemble.members._member import (
    FitSettings,
    OverLimit,
    fit_on_all,
    fit_on_fold,
    method_of,
    naming,
)
from sksearch.evaluation import Folds
from sksearch.exceptions import FitTimeoutError
from sksearch.workers import SharedValue

X, Y = load_iris(return_X_y=True)


class NoTime:
    """A limit that every fit is over."""

    seconds = 2.5

    def call(self, name, function, *args):
        raise FitTimeoutError(name)


def settings(**words):
    odd = np.arange(len(X)) % 2 == 1
    pair = np.flatnonzero(odd), np.flatnonzero(~odd)
    return SharedValue(FitSettings(Folds((pair, pair[::-1])), **words))


def test_on_a_fold_the_training_part_is_fitted_and_the_test_part_predicted():
    given = GaussianNB()
    said = fit_on_fold(X, Y, settings(), 0, 1, {"bayes": given}, {})
    expected = GaussianNB().fit(X[::2], Y[::2]).predict_proba(X[1::2])

    assert said.method == "predict_proba"

    assert_array_equal(said.values, expected)

    assert not hasattr(given, "theta_")


def test_on_a_fold_parameters_are_those_of_its_rows():
    x, y = rows()
    half = np.arange(40) < 20
    folds = Folds(((np.flatnonzero(half), np.flatnonzero(~half)),))
    shared = SharedValue(FitSettings(folds))
    # It raises if the weights are not the numbers of the rows.
    said = fit_on_fold(
        x, y, shared, 0, 0, {"needy": NeedsWeights()}, {"sample_weight": x[:, 0]}
    )

    assert len(said.values) == 20


def test_on_all():
    given = GaussianNB()
    fitted = fit_on_all(X, Y, settings(), {"bayes": given}, {})

    assert fitted is not given

    assert_array_equal(fitted.predict(X), GaussianNB().fit(X, Y).predict(X))


def test_over_the_limit_there_is_a_reason_instead():
    said = fit_on_fold(
        X, Y, settings(time_limit=NoTime()), 3, 1, {"bayes": GaussianNB()}, {}
    )

    assert said == OverLimit(
        "The member 'bayes' took longer than fit_timeout=2.5 s on fold 1."
    )


@pytest.mark.parametrize(
    ("fold", "where"), [(0, "fold 0"), (7, "fold 7"), (None, "all the data")]
)
def test_whatever_is_raised_is_named(fold, where):
    class Panic(BaseException):
        pass

    with pytest.raises(Panic) as caught, naming("tree", fold):
        raise Panic

    assert caught.value.__notes__ == [f"This was the member 'tree', fitted on {where}."]


@pytest.mark.parametrize(
    ("shape", "method"), [("ovr", "decision_function"), ("ovo", "pairs")]
)
def test_decision_values_may_be_of_pairs_only_now(shape, method):
    fitted = SVC(decision_function_shape=shape).fit(X, Y)

    assert method_of(fitted, X, "decision_function") == method

    assert method_of(fitted, X, "predict") == "predict"


def test_of_two_classes_there_are_no_pairs():
    fitted = SVC(decision_function_shape="ovo").fit(X[:100], Y[:100])

    assert method_of(fitted, X, "decision_function") == "decision_function"
