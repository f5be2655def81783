"""Hooks of scikit-learn's searches that a user's subclass overrides in vain."""

import warnings

import pytest
from sklearn.linear_model import LogisticRegression
from stand_ins import data

from sksearch import GridSearchCV, TPESearchCV

X, Y = data()
SPACE = {"C": [0.1, 1.0]}


class OwnCandidates(GridSearchCV):
    def _run_search(self, evaluate_candidates):
        evaluate_candidates([{"C": 3.0}])


class OwnTable(TPESearchCV):
    def _format_results(self, *args, **words):
        return {**super()._format_results(*args, **words), "mine": 1}


class Further(OwnTable):
    pass


class OwnFit(TPESearchCV):
    def fit(self, X, y=None, **params):
        super().fit(X, y, **params)
        self.cv_results_["mine"] = 1
        return self


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (OwnCandidates, r"OwnCandidates._run_search is never called .*initial_points="),
        (OwnTable, r"OwnTable._format_results is never called .*self.cv_results_"),
        (Further, r"OwnTable._format_results is never called"),
    ],
)
def test_they_are_warned_of_once(kind, message):
    words = {} if kind is OwnCandidates else {"n_iter": 2}
    with pytest.warns(UserWarning, match=message) as caught:
        kind(LogisticRegression(), SPACE, cv=2, **words).fit(X, Y)

    assert len(caught) == 1


@pytest.mark.parametrize("kind", [GridSearchCV, TPESearchCV, OwnFit])
def test_others_are_not(kind):
    words = {} if kind is GridSearchCV else {"n_iter": 2}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        kind(LogisticRegression(), SPACE, cv=2, **words).fit(X, Y)
