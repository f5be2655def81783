"""Searches that keep what candidates predict."""

import joblib
import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.base import clone
from sklearn.cluster import KMeans
from sklearn.datasets import load_iris
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import KFold, cross_val_predict
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.svm import SVC

from sksearch import BayesSearchCV, Choice, TPESearchCV
from sksearch.search import candidate_estimator

X, Y = load_iris(return_X_y=True)
FOLDS = KFold(3, shuffle=True, random_state=0)
SPACE = {"var_smoothing": [1e-9, 1e-3, 0.1]}


@pytest.mark.parametrize("face", [TPESearchCV, BayesSearchCV])
@pytest.mark.parametrize("n_jobs", [1, 2])
def test_they_are_those_of_cross_validation(face, n_jobs):
    search = face(GaussianNB(), SPACE, n_iter=3, cv=FOLDS, n_jobs=n_jobs)
    with joblib.parallel_config("threading"):
        search.set_params(return_oof=True, random_state=0).fit(X, Y)
    kept = search.oof_predictions_
    rows = np.concatenate(kept.rows)

    assert len(kept) == 3

    assert_array_equal(np.sort(rows), np.arange(150))

    for i, parts in enumerate(kept.predictions):
        expected = cross_val_predict(
            candidate_estimator(search, i), X, Y, cv=FOLDS, method="predict_proba"
        )
        found = np.concatenate([part.values for part in parts])

        assert_allclose(found, expected[rows], atol=1e-6)


def test_not_kept_unless_asked_for():
    search = TPESearchCV(GaussianNB(), SPACE, n_iter=1).fit(X, Y)

    assert not hasattr(search, "oof_predictions_")

    assert not clone(search).return_oof


def test_only_of_what_predicts():
    search = TPESearchCV(KMeans(), {"n_clusters": [2]}, n_iter=1, return_oof=True)

    with pytest.raises(
        ValueError, match=r"'return_oof' parameter needs a class.*KMean"
    ):
        search.fit(X)


def test_a_yes_or_no():
    search = TPESearchCV(GaussianNB(), SPACE, n_iter=1, return_oof=7)

    with pytest.raises(ValueError, match="'return_oof' parameter"):
        search.fit(X, Y)


class TestCandidateEstimator:
    def test_as_it_was_set(self):
        search = TPESearchCV(
            make_pipeline(SVC()), {"svc__C": [1, 2, 3]}, n_iter=3, random_state=0
        ).fit(X, Y)
        found = candidate_estimator(search, search.best_index_)

        assert str(found) == str(search.best_estimator_)

        assert not hasattr(found[-1], "classes_")

    def test_of_a_choice(self):
        search = TPESearchCV(Choice([SVC(), GaussianNB()]), n_iter=2).fit(X, Y)
        found = {type(candidate_estimator(search, i)) for i in range(2)}

        assert found == {SVC, GaussianNB}

    def test_before_the_search(self):
        with pytest.raises(NotFittedError):
            candidate_estimator(TPESearchCV(SVC(), {}), 0)
