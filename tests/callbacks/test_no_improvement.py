"""NoImprovement: patience, in candidates."""

import math
import pickle

import pytest
from sklearn.base import clone
from sklearn.neighbors import KNeighborsClassifier
from stand_ins import data

from sksearch import CandidateRecord, TPESearchCV
from sksearch.callbacks import NoImprovement

X, Y = data()


def finished(rule, scores, rungs=None):
    """Return after how many candidates a rule stops; None if it does not."""
    best = -math.inf
    for i, score in enumerate(scores):
        best = max(best, score)
        rung = 0 if rungs is None else rungs[i]
        record = CandidateRecord(i, {}, score, {}, 0, {}, best, i + 1, 0.0, rung)
        if rule(record):
            return i + 1
    return None


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([0.5, 0.4, 0.3, 0.2], 4),
        ([0.5, 0.4, 0.3, 0.6, 0.5, 0.5], None),
        ([0.5, 0.5, 0.5, 0.5], 4),
        ([0.5, math.nan, math.nan, math.nan], 4),
        ([math.nan, math.nan, math.nan], 3),
        ([-math.inf, -2.0, -1.0, -0.5], None),
    ],
)
def test_three_without_an_improvement(scores, expected):
    assert finished(NoImprovement(3), scores) == expected


def test_an_improvement_is_more_than_delta():
    scores = [0.5, 0.55, 0.59, 0.62]

    assert finished(NoImprovement(2, delta=0.1), scores) == 3

    assert finished(NoImprovement(2), scores) is None


def test_the_count_begins_anew_on_a_higher_rung():
    scores = [0.9, 0.8, 0.5, 0.4, 0.3]
    rungs = [0, 0, 1, 1, 0]

    assert finished(NoImprovement(2), scores, rungs) == 5

    assert finished(NoImprovement(3), scores, rungs) is None


def test_it_begins_anew_with_each_fit():
    rule = NoImprovement(3)

    assert [finished(rule, [0.5, 0.4, 0.3, 0.2]) for _ in range(2)] == [4, 4]


@pytest.mark.parametrize(
    ("n_rows", "k"),
    [
        (1, 4),
        (100, 4),
        (500, 8),
        (1000, 12),
        (10_000, 34),
        (100_000, 100),
        (10**7, 100),
    ],
)
def test_patience_grows_with_the_rows(n_rows, k):
    assert NoImprovement.for_rows(n_rows, delta=0.1) == NoImprovement(k, 0.1)


def test_ends_a_search_that_can_be_cloned():
    search = TPESearchCV(
        KNeighborsClassifier(),
        {"n_neighbors": [1, 2, 3, 4, 5], "p": [1, 2, 3]},
        callbacks=[NoImprovement(2)],
        n_iter=15,
        random_state=0,
        cv=2,
    )
    scores = search.fit(X, Y).cv_results_["mean_test_score"]

    assert len(scores) == finished(NoImprovement(2), scores) < 15

    again = clone(search).fit(X, Y)

    assert len(again.cv_results_["params"]) == len(scores)

    assert len(search.fit(X, Y).cv_results_["params"]) == len(scores)


def test_it_is_a_value():
    rule = NoImprovement(3, 0.5)
    finished(rule, [0.5, 0.4])

    assert repr(rule) == "NoImprovement(k=3, delta=0.5)"

    assert pickle.loads(pickle.dumps(rule)) == rule == NoImprovement(3, 0.5)


@pytest.mark.parametrize(
    ("make", "kind", "pattern"),
    [
        (
            lambda: NoImprovement(0),
            ValueError,
            "'k' parameter must be at least 1, got 0",
        ),
        (
            lambda: NoImprovement(2.5),
            TypeError,
            "'k' parameter must be an int, got 2.5",
        ),
        (lambda: NoImprovement(3, -1), ValueError, "'delta' .* at least 0, got -1"),
        (lambda: NoImprovement(3, "1"), TypeError, "'delta' .* a number, got '1'"),
        (lambda: NoImprovement.for_rows(0), ValueError, "'n_rows' .* at least 1"),
    ],
)
def test_numbers_that_cannot_be_meant(make, kind, pattern):
    with pytest.raises(kind, match=pattern):
        make()
