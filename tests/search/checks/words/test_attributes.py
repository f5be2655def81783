"""Where attributes of other libraries' searches are found."""

from __future__ import annotations

import re

import numpy as np
import pytest
from sklearn.tree import DecisionTreeClassifier

import sksearch
from sksearch import TPESearchCV
from sksearch.search.checks.words._attributes import _FOUND, elsewhere
from sksearch.search.outcome._answers_others import _ANSWERS


def test_sentences():
    assert elsewhere("n_trials_") == "Write len(search.cv_results_['params'])."

    assert elsewhere("cv_results_") is None


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
