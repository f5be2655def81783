"""The timeline, and how many rounds candidates make on all the data."""

import pickle
import time

import numpy as np
import pytest
from stand_ins import Knob, Rounds, data, rows

from sksearch import (
    BayesSearchCV,
    Float,
    HalvingSearchCV,
    TPESearchCV,
    candidate_estimator,
    load_history,
)
from sksearch.search.outcome._kept_facts import timeline_of
from sksearch.trials import Candidate, FoldScore, Trial
from sksearch.workers import worker_name

X, Y = data()


def fold(candidate, number, start, worker="a"):
    return FoldScore(candidate, number, {}, None, 2.0, 0.5, start=start, worker=worker)


def test_columns_are_in_the_order_of_the_starts():
    candidates = [
        Candidate(Trial(0, {}, np.zeros(1)), 2, folds={0: fold(0, 0, 7.0)}),
        Candidate(
            Trial(1, {}, np.zeros(1)),
            2,
            folds={0: fold(1, 0, 5.0, "b"), 1: fold(1, 1, None)},
        ),
    ]

    assert timeline_of(candidates) == {
        "candidate": [1, 0],
        "fold": [0, 0],
        "start": [5.0, 7.0],
        "seconds": [2.5, 2.5],
        "worker": ["b", "a"],
    }


def test_there_may_be_none():
    names = ["candidate", "fold", "start", "seconds", "worker"]

    assert timeline_of([]) == {name: [] for name in names}


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    path = tmp_path_factory.mktemp("timeline") / "search.jsonl"
    words = {"n_iter": 3, "cv": 2, "random_state": 0, "storage": path}
    began = time.time()
    return began, TPESearchCV(Knob(), {"level": Float(0, 1)}, **words).fit(X, Y)


def test_of_a_search(stored):
    began, search = stored
    found = search.timeline_
    ends = np.add(found["start"], found["seconds"])

    assert list(zip(found["candidate"], found["fold"], strict=True)) == [
        (i, j) for i in range(3) for j in range(2)
    ]

    assert began < found["start"][0]

    assert ends[-1] < time.time()

    assert (ends[:-1] <= np.array(found["start"][1:]) + 1e-3).all()

    assert set(found["worker"]) == {worker_name()}


def test_of_its_journal(stored):
    search = stored[1]
    found = load_history(search.storage).timeline_

    assert found.pop("start") == pytest.approx(search.timeline_["start"], abs=1e-6)

    assert found == {k: v for k, v in search.timeline_.items() if k != "start"}


def stopped(face):
    few = {"n_candidates": 3} if face is HalvingSearchCV else {"n_iter": 3}
    search = face(
        Rounds(), {"best": [4, 8, 12]}, cv=2, random_state=0, early_stopping=3, **few
    )
    return search.fit(*rows())


@pytest.mark.parametrize("face", [TPESearchCV, BayesSearchCV])
def test_final_rounds_are_the_mean_of_the_folds_for_as_many_rows_more(face):
    search = stopped(face)
    found = search.cv_results_["mean_n_rounds"]

    assert len(search.final_rounds_) == 3

    assert all(n > mean for n, mean in zip(search.final_rounds_, found, strict=True))

    assert search.best_estimator_.max_iter == search.final_rounds_[search.best_index_]


@pytest.mark.parametrize("face", [TPESearchCV, HalvingSearchCV])
def test_members_make_the_final_rounds_also_those_of_a_pickle(face):
    search = pickle.loads(pickle.dumps(stopped(face)))
    n = len(search.cv_results_["params"])

    assert [candidate_estimator(search, i).max_iter for i in range(n)] == list(
        search.final_rounds_
    )


def test_without_early_stopping_there_are_no_final_rounds():
    search = stopped(TPESearchCV)
    search.set_params(early_stopping=None).fit(*rows())

    assert not hasattr(search, "final_rounds_")

    assert candidate_estimator(search, 0).max_iter == 100
