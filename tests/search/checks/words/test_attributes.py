"""Where attributes of other libraries' searches are found."""

from __future__ import annotations

import re

import numpy as np
import pytest
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

import sksearch
from sksearch import TPESearchCV
from sksearch.search.checks.words._attributes import _FOUND, where
from sksearch.search.outcome._answers_others import _ANSWERS


def test_sentences():
    assert where({}, "n_trials_") == "Write len(search.cv_results_['params'])."

    assert where({}, "cv_result_") is None


@pytest.fixture(scope="module")
def search():
    X, y = np.arange(20.0).reshape(10, 2), np.arange(10) % 2
    return TPESearchCV(
        DecisionTreeClassifier(), {"max_depth": [1, 2]}, n_iter=2, cv=2
    ).fit(X, y)


@pytest.mark.parametrize("name", list(_FOUND))
def test_searches_have_what_is_named_and_not_the_other(name, search):
    if name not in {*_ANSWERS, "total_iterations"}:
        assert not hasattr(search, name)

    for found in re.findall(r"search\.(\w+)", _FOUND[name]):
        assert hasattr(search, found)

    for found in re.findall(r"(\w+)\(search\)", _FOUND[name]):
        assert hasattr(sksearch, found)


class TestAttributesOfItsOwn:
    @pytest.mark.parametrize("name", ["best_params_", "cv_results_", "refit_time_"])
    def test_before_the_fit(self, name):
        search = TPESearchCV(DecisionTreeClassifier(), {"max_depth": [1, 2]})
        with pytest.raises(AttributeError, match=r"there after search\.fit\(X, y\)"):
            getattr(search, name)

    @pytest.mark.parametrize(
        ("name", "says"),
        [
            ("best_score", r"Write search\.best_score_\."),
            ("tree_", r"write search\.best_estimator_\.tree_\."),
            ("nothing", "has no attribute 'nothing'$"),
            ("_nothing", "has no attribute '_nothing'$"),
        ],
    )
    def test_of_the_winner(self, name, says, search):
        with pytest.raises(AttributeError, match=says):
            getattr(search, name)

    def test_of_the_last_step_of_the_winner(self, search):
        steps = make_pipeline(StandardScaler(), search.best_estimator_)

        assert where({"best_estimator_": steps}, "tree_") == (
            "The winner has it: write search.best_estimator_[-1].tree_."
        )

    @pytest.mark.parametrize(
        ("words", "name", "says"),
        [
            ({"refit": False}, "best_estimator_", "With refit=False no model"),
            ({"refit": len}, "best_score_", "row search.best_index_ of"),
            ({"refit": False, "multimetric_": True}, "best_params_", "name the one"),
            ({"refit": True}, "best_params_", None),  # the fit was broken off
        ],
    )
    def test_by_what_refit_is(self, words, name, says):
        found = where({"cv_results_": {}, **words}, name)

        assert found == says or says in found
