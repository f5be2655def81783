"""The timeline: when each fold was fitted, and by which worker."""

import time

import numpy as np
import pytest
from stand_ins import Knob, data

from sksearch import Float, TPESearchCV, load_history
from sksearch.search.outcome._timeline import timeline_of
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
