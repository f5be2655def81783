"""Bad input: errors that say what came and what was wanted, before any fit."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.linear_model import Ridge
from sklearn.multiclass import OutputCodeClassifier
from sklearn.naive_bayes import GaussianNB
from sklearn.preprocessing import StandardScaler
from stand_ins import Counting

from sksearch import StackingWeights

X, Y = load_iris(return_X_y=True)


def ensemble(**words):
    Counting.n_fits = 0
    words = {"estimators": [("a", Counting()), ("b", GaussianNB())], **words}
    return StackingWeights(words.pop("estimators"), **words)


@pytest.mark.parametrize(
    ("words", "error", "message"),
    [
        ({"estimators": []}, ValueError, "empty list"),
        ({"estimators": None}, TypeError, "list of .name, estimator. pairs, got None"),
        ({"estimators": GaussianNB()}, TypeError, "pairs, got GaussianNB"),
        (
            {"estimators": {"nb": GaussianNB()}},
            TypeError,
            r"Write list\(estimators.items\(\)\)",
        ),
        ({"estimators": [GaussianNB()]}, ValueError, "pairs, got GaussianNB"),
        ({"estimators": [(1, GaussianNB())]}, ValueError, "pairs, got .1, Gauss"),
        ({"estimators": [("a", "drop")]}, ValueError, "all members are dropped"),
        ({"estimators": [("a", "keep")]}, ValueError, "'a' is no estimator.*'keep'"),
        ({"estimators": [("a", GaussianNB)]}, ValueError, "'a' is no estimator"),
        ({"estimators": [("a", StandardScaler())]}, ValueError, "'a' should be a clas"),
        (
            {"estimators": [("a", Counting()), ("b", Ridge())]},
            ValueError,
            "'a' is a classifier, 'b' is a regressor",
        ),
        ({"estimators": [("a", Counting())] * 2}, ValueError, "not unique"),
        ({"estimators": [("a__b", Counting())]}, ValueError, "must not contain __"),
        ({"estimators": [("method", Counting())]}, ValueError, "conflict"),
        ({"method": "convec"}, ValueError, "'convec'. Did you mean 'convex'?"),
        ({"method": "affine"}, ValueError, "'affine' is for regressors"),
        ({"method": None}, ValueError, "'method' parameter must be one of 'convex'"),
        ({"scoring": "acuracy"}, ValueError, "'acuracy'. Did you mean 'accuracy'"),
        ({"scoring": ["accuracy"]}, TypeError, "must name one metric"),
        ({"cv": "prefitted"}, ValueError, "Did you mean 'prefit'"),
        ({"cv": "loo"}, ValueError, "'cv' parameter must be an int"),
        ({"cv": 1}, ValueError, "'cv' parameter"),
        ({"n_jobs": "two"}, ValueError, "'n_jobs' parameter"),
        ({"oof": "kept"}, ValueError, "'oof' parameter"),
        ({"random_state": "x"}, ValueError, "'random_state' parameter"),
    ],
)
def test_before_any_fit(words, error, message):
    with pytest.raises(error, match=message):
        ensemble(**words).fit(X, Y)

    assert Counting.n_fits == 0


def test_a_score_of_probabilities_that_members_do_not_have():
    voters = [("codes", OutputCodeClassifier(GaussianNB())), ("a", Counting())]

    with pytest.raises(ValueError, match=r"neg_log_loss.*do not have: 'codes', 'a'"):
        ensemble(estimators=voters, scoring="neg_log_loss").fit(X, Y)

    assert Counting.n_fits == 0


def test_no_target():
    with pytest.raises(ValueError, match="target y is None"):
        ensemble().fit(X, None)


def test_lengths():
    with pytest.raises(ValueError, match="inconsistent numbers"):
        ensemble().fit(X, Y[:-1])


def test_numbers_for_a_classifier():
    with pytest.raises(ValueError, match="Unknown label type"):
        ensemble().fit(X, X[:, 0])


def test_weights_of_samples_of_another_length():
    with pytest.raises(ValueError, match="each of the 150 samples"):
        ensemble().fit(X, Y, sample_weight=np.ones(3))


def test_arguments_that_fit_does_not_have():
    with pytest.raises(TypeError, match=r"'colour'.*'sample_weight' and 'groups'"):
        ensemble().fit(X, Y, colour="red")
