"""Trees, forests and what they are bounded by."""

from __future__ import annotations

import numpy as np
from sklearn.ensemble import ExtraTreesClassifier, RandomForestRegressor
from sklearn.tree import DecisionTreeClassifier

from sksearch import Int, suggest_space

MANY, FEW = np.ones((1000, 3)), np.ones((50, 3))


def test_leaves_follow_the_rows():
    assert suggest_space(RandomForestRegressor(), MANY)["min_samples_leaf"].high == 20

    assert suggest_space(RandomForestRegressor(), FEW)["min_samples_leaf"].high == 2


def test_the_number_of_trees_stays():
    assert "n_estimators" not in suggest_space(RandomForestRegressor())


def test_the_share_of_rows_needs_draws():
    assert "max_samples" in suggest_space(RandomForestRegressor())

    assert "max_samples" not in suggest_space(RandomForestRegressor(bootstrap=False))

    assert "max_samples" not in suggest_space(ExtraTreesClassifier())


def test_a_bound_on_leaves_takes_the_place_of_depth():
    space = suggest_space(DecisionTreeClassifier(max_leaf_nodes=9))

    assert space["max_leaf_nodes"] == Int(4, 64, log=True)

    assert "max_depth" not in space
