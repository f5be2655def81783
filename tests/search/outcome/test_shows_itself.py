"""Tests of a search in a notebook."""

import pytest
from sklearn import config_context
from sklearn.base import clone
from sklearn.pipeline import make_pipeline
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier
from sklearn.utils import estimator_html_repr
from stand_ins import data

from sksearch import Int, TPESearchCV

X, Y = data()
MARK = "sksearch-summary"


@pytest.fixture(scope="module")
def search():
    space = {"max_depth": Int(1, 5)}
    tree = DecisionTreeClassifier(random_state=0)
    search = TPESearchCV(tree, space, n_iter=4, cv=3, random_state=0, return_oof=True)
    return search.fit(X, Y)


def test_a_fitted_search_has_a_summary_below_its_diagram(search):
    for page in (search._repr_html_(), search._repr_mimebundle_()["text/html"]):
        diagram, _, summary = page.partition(f'<div class="{MARK}"')

        assert "sk-top-container" in diagram

        assert f"{search.best_score_:.4g}" in summary

        estimate = search.estimate_score()
        assert f"{estimate.low:.4g} to {estimate.high:.4g}" in summary

        assert "DecisionTreeClassifier" in summary

    assert search._repr_mimebundle_()["text/plain"] == repr(search)


def test_large_predictions_are_not_estimated_from(search, monkeypatch):
    monkeypatch.setattr(
        "sksearch.search.outcome._shows_itself.MOST_PREDICTIONS", 40 * 4 - 1
    )

    assert "standard error of 3 folds" in search._repr_html_()


def test_before_the_fit_there_is_the_diagram_only(search):
    page = clone(search)._repr_html_()

    assert "sk-top-container" in page

    assert MARK not in page


def test_scikit_learns_conventions(search):
    assert MARK not in estimator_html_repr(search)

    assert MARK not in make_pipeline(search)._repr_html_()

    with config_context(display="text"):
        assert not hasattr(search, "_repr_html_")

        assert "text/html" not in search._repr_mimebundle_()


def test_looking_never_raises(search, monkeypatch):
    monkeypatch.setattr(type(search), "_results", lambda _: 1 / 0)

    assert "sk-top-container" in search._repr_html_()


def test_a_failed_search_says_so():
    search = TPESearchCV(SVC(kernel="precomputed"), {"C": [1.0, 2.0]}, n_iter=2, cv=2)
    with pytest.raises(ValueError, match="square"):
        search.fit(X, Y)

    assert "no candidate has a score" in search._repr_html_()
