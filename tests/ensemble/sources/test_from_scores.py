"""From a search that kept no predictions to an ensemble, which makes them."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose
from sklearn.datasets import load_iris
from sklearn.exceptions import FitFailedWarning
from sklearn.linear_model import SGDClassifier
from sklearn.model_selection import KFold
from sklearn.naive_bayes import GaussianNB
from sklearn.tree import DecisionTreeClassifier

from sksearch import (
    Choice,
    Float,
    HalvingSearchCV,
    Int,
    Option,
    StackingWeights,
    TPESearchCV,
)
from sksearch.ensemble.sources._from_scores import best_candidates

X, Y = load_iris(return_X_y=True)
FOLDS = KFold(3, shuffle=True, random_state=0)
MODELS = Choice(
    [
        GaussianNB(var_smoothing=Float(1e-9, 1e-1, log=True)),
        DecisionTreeClassifier(max_depth=Int(1, 4), random_state=0),
    ]
)


def search_of(estimator=MODELS, space=None, **words):
    words = {"n_iter": 6, "cv": FOLDS, "random_state": 0, **words}
    return TPESearchCV(estimator, space, **words)


@pytest.fixture(scope="module")
def search():
    return search_of().fit(X, Y)


def test_the_best_by_score(search):
    scores = search.cv_results_["mean_test_score"]
    rows = [row for _, row, _ in best_candidates([search], 6)]

    assert sorted(rows) == list(range(6))

    assert all(np.diff(scores[rows]) <= 0)

    assert [row for _, row, _ in best_candidates([search], 2)] == rows[:2]


def test_estimators_are_the_candidates(search):
    for _, row, estimator in best_candidates([search], 6):
        params = search.cv_results_["params"][row]

        assert type(estimator) is type(params["estimator"])

        assert estimator.get_params().items() >= {
            (name.partition("__")[2], value)
            for name, value in params.items()
            if name != "estimator"
        }


def test_equal_candidates_of_two_searches_are_one(search):
    assert len(best_candidates([search, search], 20)) == 6


def test_the_same_ensemble_as_with_kept_predictions(search):
    kept = search_of(return_oof=True).fit(X, Y)
    names = [name for name, _ in StackingWeights.from_search(kept).estimators]
    fresh = StackingWeights.from_search(search)
    fresh.estimators = [m for m in fresh.estimators if m[0] in names]

    assert_allclose(
        fresh.fit(X, Y).weights_,
        StackingWeights.from_search(kept).fit(X, Y).weights_,
        atol=1e-6,
    )


def test_one_of_two_searches_kept_none(search):
    kept = search_of(return_oof=True, random_state=1).fit(X, Y)
    ensemble = StackingWeights.from_search([kept, search], top_k=4)

    assert ensemble.oof is None

    assert ensemble.cv is FOLDS

    assert len(ensemble.estimators) == 4


def test_candidates_with_a_failed_or_a_pruned_fold_are_none():
    search = search_of(
        Choice([GaussianNB(), Option(GaussianNB(), var_smoothing=[-1.0, 0.1])]),
        error_score=0.5,
        n_iter=3,
    )
    with pytest.warns(FitFailedWarning, match="3 fits failed"):
        search.fit(X, Y)
    smoothings = [e.var_smoothing for _, _, e in best_candidates([search], 3)]

    assert sorted(smoothings) == [1e-9, 0.1]

    search.cv_results_["n_folds"] = np.array([3, 2, 3])

    assert 1 not in [row for _, row, _ in best_candidates([search], 3)]


def test_halving_gives_those_of_the_last_rung():
    search = HalvingSearchCV(
        DecisionTreeClassifier(random_state=0),
        {"max_depth": Int(1, 9)},
        n_candidates=6,
        min_resources=40,
        cv=FOLDS,
        random_state=0,
    ).fit(X, Y)
    rows = [row for _, row, _ in best_candidates([search], 20)]

    resources = search.cv_results_["n_resources"]

    assert sorted(rows) == np.flatnonzero(resources == resources.max()).tolist()


def test_epochs_cannot_be_repeated():
    search = HalvingSearchCV(
        SGDClassifier(random_state=0),
        {"alpha": Float(1e-5, 1e-2, log=True)},
        resource="epochs",
        max_resources=4,
        min_resources=2,
        n_candidates=4,
        cv=FOLDS,
        random_state=0,
    ).fit(X, Y)

    with pytest.raises(ValueError, match=r"Search 0 has resource='epochs'.*by fit"):
        StackingWeights.from_search(search)


@pytest.mark.parametrize("verbose", [0, 1])
def test_it_says_how_many_fits_there_will_be(search, capsys, verbose):
    search.set_params(verbose=verbose)
    try:
        StackingWeights.from_search(search, top_k=4)
    finally:
        search.set_params(verbose=0)
    told = "fit makes 12 fits for them, 4 candidates on 3 folds"

    assert (told in capsys.readouterr().out) == bool(verbose)


def test_no_candidate_has_all_its_folds():
    broken = search_of(GaussianNB(), {"var_smoothing": [0.1]}, n_iter=1).fit(X, Y)
    broken.cv_results_["mean_test_score"][:] = np.nan

    with pytest.raises(ValueError, match="No candidate of the search has a score"):
        StackingWeights.from_search(broken)
