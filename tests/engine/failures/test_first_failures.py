"""Tests of when to give up, without a search around it.

That whole searches give up, and only where they should, is in tests/search.
"""

import math

import pytest
from sklearn.model_selection import KFold
from stand_ins import Knob, rows

from sksearch import Float
from sksearch.engine import FirstFailures
from sksearch.evaluation import Evaluator, make_folds
from sksearch.samplers import RandomSampler
from sksearch.space import as_space
from sksearch.trials import Candidate, FoldScore

SPACE = as_space({"level": Float(0.0, 1.0), "kind": ["a", "b", "c"]})


class Kind(Knob):
    def __init__(self, level=0.5, kind="a"):
        super().__init__(level)
        self.kind = kind


def failure(fold, exception="ValueError", text="no"):
    error = f"{exception}: {text}"
    return FoldScore(0, fold, None, None, 1.0, 0.0, error, None, exception)


def score(fold, value=0.5):
    return FoldScore(0, fold, {"score": value}, None, 1.0, 0.0)


class Judge:
    """Tells candidates to `FirstFailures`; `answer` is what each further fit gives."""

    def __init__(self, answer=failure, space=SPACE, top=1):
        X, y = rows()
        folds = make_folds(KFold(2), X, y, {})
        evaluator = Evaluator(Kind(), None, folds, None)
        self.failures = FirstFailures(
            space, evaluator, top, metrics=lambda names: names, only_fits=False
        )
        self.sampler = RandomSampler(space, random_state=0)
        self.answer = answer
        self.fits = []

    def fit_once(self, params, fold):
        self.fits.append((dict(params), fold))
        return self.answer(fold)

    def tell(self, *folds):
        made = Candidate(self.sampler.ask(), len(folds), folds=dict(enumerate(folds)))
        return self.failures.hopeless(made, self.fit_once)


def test_what_fails_everywhere_is_hopeless():
    judge = Judge()

    assert judge.tell(failure(0), failure(1))

    tried = [params for params, _ in judge.fits]

    assert {fold for _, fold in judge.fits} == {0}

    assert len(tried) <= 4  # twice as many as a candidate has

    # The options that the candidate did not have are among them.
    [trial] = judge.sampler.history

    assert {p["kind"] for p in tried if "kind" in p} >= {"a", "b", "c"} - {
        trial.configuration["kind"]
    }


@pytest.mark.parametrize(
    "folds", [(score(0), score(1)), (score(0), score(1, math.inf))]
)
def test_after_a_score_nothing_is_watched(folds):
    judge = Judge()

    assert not judge.tell(*folds)

    assert not judge.tell(failure(0), failure(1))

    assert judge.fits == []


@pytest.mark.parametrize(
    "answer",
    [
        score,
        lambda fold: None,
        lambda fold: failure(fold, "KeyError"),
        lambda fold: failure(fold, text="something else"),
        lambda fold: failure(fold, "MemoryError"),
    ],
    ids=["score", "no time", "another class", "another message", "of the moment"],
)
def test_one_other_fit_that_is_not_alike_is_hope(answer):
    judge = Judge(answer)

    assert not judge.tell(failure(0), failure(1))

    assert len(judge.fits) == 1


def test_a_reason_is_looked_into_once():
    judge = Judge(score)

    assert not any(judge.tell(failure(0), failure(1)) for _ in range(3))

    assert len(judge.fits) == 1

    assert not judge.tell(failure(0, text="new"), failure(1))

    assert len(judge.fits) == 2


@pytest.mark.parametrize("name", ["FitTimeoutError", "WorkerDiedError", "MemoryError"])
def test_what_another_hour_may_not_see_is_no_reason(name):
    judge = Judge()

    assert not any(judge.tell(failure(0, name), failure(1)) for _ in range(12))

    assert judge.fits == []


@pytest.mark.parametrize(("top", "n"), [(1, 10), (9, None)])
def test_ten_that_failed_alike_end_a_search(top, n):
    judge = Judge(score, top=top)
    given_up = [judge.tell(failure(0), failure(1)) for _ in range(12)]

    # With less than the most, all may fail for want of it.
    assert given_up == [n is not None and i + 1 >= n for i in range(12)]
