import math

import pytest
from stand_ins import RecordingSampler

from sksearch import Float
from sksearch.engine.dispatch._untold import FiniteScores, Untold
from sksearch.trials import Candidate, FoldScore


@pytest.fixture
def sampler():
    return RecordingSampler({"level": Float(0.0, 1.0)}, random_state=0)


def closed(trial, score, resource=1):
    fold = FoldScore(0, 0, {"score": score}, None, 2.0, 0.5)
    return Candidate(trial, 1, resource=resource, folds={0: fold}, score=score)


def told(sampler):
    return [
        (t.number, t.score, t.seconds, t.resource) for t in sampler.history.observations
    ]


def test_the_sampler_is_told_once_and_in_order(sampler):
    untold, trials = Untold(), [sampler.ask(resource=1) for _ in range(3)]
    for number in (2, 0):
        untold.append(closed(trials[number], float(number)))

    assert told(sampler) == []

    untold.tell(sampler)

    assert told(sampler) == [(2, 2.0, 2.5, 1), (0, 0.0, 2.5, 1)]

    untold.append(closed(trials[1], 1.0))
    untold.tell(sampler)

    assert told(sampler)[2:] == [(1, 1.0, 2.5, 1)]


@pytest.mark.parametrize("first", [0.5, math.nan])
def test_only_more_of_the_resource_is_news(sampler, first):
    untold, trial = Untold(), sampler.ask(resource=1)
    untold.append(closed(trial, first))
    untold.append(closed(trial, 0.6))  # a rung that is repeated
    untold.append(closed(trial, 0.7, resource=3))
    untold.append(closed(trial, 0.8, resource=3))
    untold.append(closed(trial, 0.9))  # tried again from the first rung on
    untold.tell(sampler)

    assert [(t.score, t.resource) for t in sampler.history.observations] == [
        (pytest.approx(first, nan_ok=True), 1),
        (0.7, 3),
    ]


def test_infinity_is_told_as_a_finite_score(sampler):
    untold = Untold()
    for score in (2.0, math.inf, -math.inf):
        untold.append(closed(sampler.ask(resource=1), score))
    untold.tell(sampler)

    assert [score for _, score, _, _ in told(sampler)] == [2.0, 3.0, -math.inf]


def test_infinity_is_better_than_all_before():
    scores = FiniteScores()

    assert [scores.of(s) for s in (math.inf, 2.0, math.inf, 5.0, math.inf)] == [
        1.0,
        2.0,
        3.0,
        5.0,
        8.0,
    ]


def test_minus_infinity_and_nan_stay():
    scores = FiniteScores()

    assert scores.of(-math.inf) == -math.inf

    assert math.isnan(scores.of(math.nan))


def test_the_greatest_floats_do_not_overflow():
    scores = FiniteScores()
    for score in (-1.7e308, 1.7e308):
        scores.of(score)

    assert scores.of(math.inf) == 1.7e308
