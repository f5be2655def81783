"""Weights of the user's, in the place of learned ones; and at most so many."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose
from sklearn.datasets import load_iris
from sklearn.ensemble import VotingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.tree import DecisionTreeClassifier

from sksearch import StackingWeights
from sksearch.ensemble.learning._weights_given import check_weights, given_weights

X, Y = load_iris(return_X_y=True)
MEMBERS = [
    ("bayes", GaussianNB()),
    ("tree", DecisionTreeClassifier(max_depth=2, random_state=0)),
    ("line", LogisticRegression(max_iter=1000)),
]


def test_the_ensemble_is_the_vote_with_these_weights():
    ensemble = StackingWeights(MEMBERS, weights=[1, 0, 3], cv=3).fit(X, Y)
    vote = VotingClassifier(MEMBERS, voting="soft", weights=[1, 0, 3]).fit(X, Y)

    assert ensemble.weights_.tolist() == [0.25, 0.0, 0.75]

    assert_allclose(ensemble.predict_proba(X), vote.predict_proba(X))

    assert len(ensemble.estimators_) == 2

    assert ensemble.oof_score_ == ensemble.oof_score_optimistic_


def test_dropped_members():
    members = [*MEMBERS[:2], ("line", "drop")]
    ensemble = StackingWeights(members, weights=[1, 1, 5], cv=3).fit(X, Y)

    assert ensemble.weights_.tolist() == [0.5, 0.5, 0.0]


def test_members_that_cannot_be_used():
    usable = np.array([True, False, True])

    assert given_weights([1, 2, 3], MEMBERS, usable).tolist() == [0.25, 0.75]

    with pytest.raises(ValueError, match="All usable members have weight 0"):
        given_weights([0, 2, 0], MEMBERS, usable)


def test_no_weights():
    assert check_weights(None, MEMBERS, 3) is None

    assert given_weights(None, MEMBERS, np.ones(3, dtype=bool)) is None


@pytest.mark.parametrize(
    ("weights", "most", "error", "message"),
    [
        ([1, 2], None, ValueError, r"each of the 3 members.*got shape \(2,\)"),
        ([1, "a", 2], None, TypeError, "must be numbers, got"),
        ([1, -1, 2], None, ValueError, r"not negative.*got \[1.0, -1.0, 2.0\]"),
        ([1, np.nan, 2], None, ValueError, "finite"),
        ([0, 0, 0], None, ValueError, "not all 0"),
        ([1, 1, 1], 2, ValueError, "'max_members' parameter is for learned"),
    ],
)
def test_mistakes(weights, most, error, message):
    ensemble = StackingWeights(MEMBERS, weights=weights, max_members=most)

    with pytest.raises(error, match=message):
        ensemble.fit(X, Y)


def test_no_more_members_have_weight():
    free = StackingWeights(MEMBERS, cv=3).fit(X, Y)
    ensemble = StackingWeights(MEMBERS, cv=3, max_members=1).fit(X, Y)

    assert np.count_nonzero(free.weights_) > 1

    assert sorted(ensemble.weights_) == [0, 0, 1]

    assert ensemble.weights_.argmax() == ensemble.member_scores_.argmax()

    assert len(ensemble.estimators_) == 1


@pytest.mark.parametrize("most", [0, 1.5, "two"])
def test_no_number_of_members(most):
    with pytest.raises(ValueError, match="'max_members'"):
        StackingWeights(MEMBERS, max_members=most).fit(X, Y)
