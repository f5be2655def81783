"""How many rounds candidates make on all the data."""

import pickle

import pytest
from stand_ins import Rounds, rows

from sksearch import BayesSearchCV, HalvingSearchCV, TPESearchCV
from sksearch.search import candidate_estimator

X, Y = rows()
SPACE = {"best": [4, 8, 12]}


def fitted(face, **words):
    few = {"n_candidates": 3} if face is HalvingSearchCV else {"n_iter": 3}
    search = face(Rounds(), SPACE, cv=2, random_state=0, **{**few, **words})
    return search.fit(X, Y)


@pytest.mark.parametrize("face", [TPESearchCV, BayesSearchCV])
def test_they_are_the_mean_of_the_folds_for_as_many_rows_more(face):
    search = fitted(face, early_stopping=3)
    found = search.cv_results_["mean_n_rounds"]

    assert len(search.final_rounds_) == 3

    assert all(n > mean for n, mean in zip(search.final_rounds_, found, strict=True))

    assert search.best_estimator_.max_iter == search.final_rounds_[search.best_index_]


@pytest.mark.parametrize("face", [TPESearchCV, HalvingSearchCV])
def test_members_make_them_also_those_of_a_pickle(face):
    search = pickle.loads(pickle.dumps(fitted(face, early_stopping=3)))
    n = len(search.cv_results_["params"])

    assert [candidate_estimator(search, i).max_iter for i in range(n)] == list(
        search.final_rounds_
    )


def test_without_early_stopping_there_are_none():
    search = fitted(TPESearchCV, early_stopping=3)
    search.set_params(early_stopping=None).fit(X, Y)

    assert not hasattr(search, "final_rounds_")

    assert candidate_estimator(search, 0).max_iter == 100
