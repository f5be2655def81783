from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.dummy import DummyClassifier
from sklearn.exceptions import NotFittedError
from sklearn.naive_bayes import GaussianNB
from sklearn.tree import DecisionTreeClassifier

from sksearch import StackingWeights
from sksearch.plots import EnsembleDisplay

MEMBERS = [
    ("dummy", DummyClassifier()),
    ("bayes", GaussianNB()),
    ("tree", DecisionTreeClassifier(random_state=0)),
]


def test_weights_and_scores():
    ensemble = StackingWeights(MEMBERS).fit(*load_iris(return_X_y=True))

    display = EnsembleDisplay.from_ensemble(ensemble)

    left, right, climb = display.axes_[0]
    order = display.order_
    assert [bar.get_width() for bar in left.patches] == ensemble.weights_[
        order
    ].tolist()
    assert [bar.get_width() for bar in left.patches] == sorted(ensemble.weights_)[::-1]
    names = [label.get_text() for label in left.get_yticklabels()]
    assert names == [MEMBERS[i][0] for i in order]
    np.testing.assert_array_equal(
        right.collections[0].get_offsets()[:, 0], ensemble.member_scores_[order]
    )
    best, whole = right.lines
    assert best.get_xdata()[0] == ensemble.member_scores_.max()
    assert whole.get_xdata()[0] == ensemble.oof_score_
    together = ensemble.diversity_["score_together"]
    np.testing.assert_array_equal(climb.lines[0].get_xdata(), together[order])
    np.testing.assert_array_equal(climb.lines[0].get_ydata(), [0, 1, 2])
    assert together[order][0] == ensemble.member_scores_[order][0]
    last = np.flatnonzero(ensemble.weights_[order])[-1]
    np.testing.assert_allclose(together[order][last], ensemble.oof_score_optimistic_)


def test_members_that_were_left_out():
    members = [MEMBERS[1], ("gone", "drop"), MEMBERS[2]]
    ensemble = StackingWeights(members).fit(*load_iris(return_X_y=True))

    display = EnsembleDisplay.from_ensemble(ensemble)

    assert np.isnan(display.climb[1])
    assert display.climb[[0, 2]].tolist() == (
        ensemble.diversity_["score_together"].tolist()
    )


def test_an_ensemble_of_before():
    ensemble = StackingWeights(MEMBERS).fit(*load_iris(return_X_y=True))
    del ensemble.diversity_["score_together"]

    assert EnsembleDisplay.from_ensemble(ensemble).axes_.shape == (1, 2)


def test_wrong_object():
    with pytest.raises(
        TypeError, match="ensemble must be a fitted StackingWeights, got G"
    ):
        EnsembleDisplay.from_ensemble(GaussianNB())

    with pytest.raises(NotFittedError):
        EnsembleDisplay.from_ensemble(StackingWeights(MEMBERS))
