"""Which metric drives a search, and options that meet in one search."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import make_classification
from sklearn.decomposition import PCA
from sklearn.metrics import accuracy_score, make_scorer
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.tree import DecisionTreeClassifier

from sksearch import Int, OneStandardError, StackingWeights, TPESearchCV
from sksearch.plots import OptimizationHistoryDisplay

X, Y = make_classification(120, 6, flip_y=0.2, random_state=0)
SPACE = {"decisiontreeclassifier__max_depth": Int(1, 8), "pca__n_components": Int(1, 6)}
MODEL = make_pipeline(PCA(random_state=0), DecisionTreeClassifier(random_state=0))


def searched(n_iter=16, **words):
    return TPESearchCV(
        MODEL,
        SPACE,
        n_iter=n_iter,
        cv=StratifiedKFold(5, shuffle=True, random_state=0),
        random_state=0,
        **words,
    ).fit(X, Y)


def test_the_metric_of_refit_drives_racing_and_confirmation():
    search = searched(
        scoring=["roc_auc", "accuracy"],
        refit="accuracy",
        prune_folds=True,
        confirm=2,
    )
    results = search.cv_results_
    complete = results["n_folds"] == 5
    confirmed = ~np.isnan(results["mean_confirmed_accuracy"])

    assert not complete.all()

    assert (complete | ~confirmed).all()

    assert confirmed[search.best_index_]

    best = results["mean_test_accuracy"][complete].max()
    assert best in results["mean_test_accuracy"][confirmed]


@pytest.mark.parametrize(
    "words", [{"prune_folds": True}, {"confirm": 2}, {"resplit": True}]
)
def test_shared_steps_change_nothing(words, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    plain, cached = searched(6, **words), searched(6, cache=True, **words)

    for name, column in plain.cv_results_.items():
        if "time" not in name and name != "params":
            np.testing.assert_array_equal(column, cached.cv_results_[name])

    assert plain.best_params_ == cached.best_params_

    assert list(tmp_path.iterdir()) == []


def test_the_metric_of_a_rule_is_that_of_all_who_ask():
    wrong = make_scorer(accuracy_score, greater_is_better=False)
    search = TPESearchCV(
        DecisionTreeClassifier(random_state=0),
        {"max_depth": [1, 2, 8]},
        n_iter=3,
        scoring={"wrong": wrong, "accuracy": "accuracy"},
        refit=OneStandardError(metric="accuracy", key=lambda results: [0, 0, 0]),
        return_oof=True,
        random_state=0,
    ).fit(X, Y)
    results = search.cv_results_
    best = int(np.argmax(results["mean_test_accuracy"]))

    [(_, member)] = StackingWeights.from_search(search, top_k=1).estimators
    assert member.max_depth == results["params"][best]["max_depth"]

    display = OptimizationHistoryDisplay.from_search(search)
    np.testing.assert_array_equal(display.scores, results["mean_test_accuracy"])

    assert search.results_frame("dict")["candidate"][0] == best
