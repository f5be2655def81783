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

    left, right = display.axes_[0]
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


def test_wrong_object():
    with pytest.raises(
        TypeError, match="ensemble must be a fitted StackingWeights, got G"
    ):
        EnsembleDisplay.from_ensemble(GaussianNB())

    with pytest.raises(NotFittedError):
        EnsembleDisplay.from_ensemble(StackingWeights(MEMBERS))
