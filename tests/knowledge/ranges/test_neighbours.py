"""Neighbours."""

from __future__ import annotations

import numpy as np
from sklearn.neighbors import KNeighborsClassifier, NearestCentroid

from sksearch import Choice, Float, Int, suggest_space


def test_no_more_than_there_are():
    space = suggest_space(KNeighborsClassifier(), np.ones((20, 2)))

    assert space["n_neighbors"] == Int(1, 9, log=True)


def test_powers_belong_to_one_metric():
    assert list(suggest_space(KNeighborsClassifier(metric="cosine"))) == [
        "n_neighbors", "weights",
    ]  # fmt: skip

    assert suggest_space(KNeighborsClassifier(p=1))["p"] == [1, 2]


def test_weights_of_your_own_stay():
    assert "weights" not in suggest_space(KNeighborsClassifier(weights=np.exp))


def test_centroids_may_shrink():
    assert suggest_space(NearestCentroid()) == {
        "shrink_threshold": Choice([None, Float(0.05, 2.0, log=True)])
    }
