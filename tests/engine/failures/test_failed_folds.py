import math
from collections import deque

import pytest
from runners import make_runner
from stand_ins import Knob

from sksearch.engine.failures import fail_unmade, fold_scores_of
from sksearch.exceptions import WorkerDiedError
from sksearch.trials import Candidate, FoldScore, Trial
from sksearch.workers._recovery import WorkerDeath

OUTCOME = WorkerDeath("SIGSEGV(-11)", 1.5, 2)


def candidate(n_splits=4, done=(1,)):
    folds = {i: FoldScore(7, i, {"score": 0.5}, None, 0.1, 0.1) for i in done}
    made = Candidate(Trial(7, {"level": 0.5}, None), n_splits, number=7, folds=folds)
    made.undispatched = [2, 3]
    return made


def test_a_candidate_that_ends_workers_fails_in_all_that_it_lacks():
    made = candidate()
    scores = fold_scores_of(made, OUTCOME, math.nan)

    assert [s.fold for s in scores] == [0, 2, 3]

    assert {(s.candidate, s.test, s.train, s.exception) for s in scores} == {
        (7, None, None, "WorkerDiedError")
    }

    assert all("SIGSEGV(-11)" in s.error for s in scores)

    assert [s.fit_time for s in scores] == [1.5, 0, 0]

    assert made.undispatched == []


def test_a_candidate_that_ends_workers_is_raised_if_asked_for():
    with pytest.raises(WorkerDiedError, match=r"SIGSEGV(.|\n)*'level': 0.5"):
        fold_scores_of(candidate(), OUTCOME, "raise")


def test_after_a_fold_over_time_the_rest_is_not_begun():
    made = candidate()
    over = FoldScore(7, 0, None, None, 9.0, 0.0, "x", exception="FitTimeoutError")
    first, *scores = fold_scores_of(made, [over], math.nan)

    assert first is over

    assert [(s.fold, s.exception, s.fit_time) for s in scores] == [
        (2, "FitTimeoutError", 0),
        (3, "FitTimeoutError", 0),
    ]

    assert "fold 0 took longer than fit_timeout" in scores[0].error

    assert made.undispatched == []


def test_after_another_failure_the_rest_is_begun():
    made = candidate()
    failed = FoldScore(7, 0, None, None, 9.0, 0.0, "x", exception="ValueError")

    assert fold_scores_of(made, [failed], math.nan) == [failed]

    assert made.undispatched == [2, 3]


class TestUnmade:
    def made(self, error):
        trial = Trial(7, {"level": 0.5}, None, error=error)
        folds = {1: FoldScore(7, 1, {"score": 0.5}, None, 0.1, 0.1)}
        return Candidate(trial, 3, number=7, folds=folds)

    def test_what_the_space_raised_fails_the_folds_that_are_missing(self):
        made = self.made(LookupError("no such level"))
        scores = fail_unmade(made, math.nan)

        assert [(s.candidate, s.fold, s.exception) for s in scores] == [
            (7, 0, "LookupError"),
            (7, 2, "LookupError"),
        ]

        assert scores[0].error == "LookupError: no such level\n"

        assert made.undispatched == []

    def test_it_is_raised_if_asked_for(self):
        with pytest.raises(LookupError, match="no such level"):
            fail_unmade(self.made(LookupError("no such level")), "raise")

    def test_without_an_error_all_is_handed_out(self):
        made = self.made(None)

        assert fail_unmade(made, math.nan) == []

        assert made.undispatched == [0, 2]


class DeadlyPool:
    """Runs tasks here; those of one token end their worker."""

    n_jobs = 2

    def __init__(self, deadly):
        self.deadly = deadly
        self.calls = deque()

    def submit(self, token, function, *args):
        self.calls.append((token, function, args))

    def next_finished(self, timeout=None):
        token, function, args = self.calls.popleft()
        if token != self.deadly:
            return token, function(*args)
        n = len(self.calls)
        self.calls = deque(call for call in self.calls if call[0] != token)
        return token, WorkerDeath("SIGKILL(-9)", 0.1, 1 + n - len(self.calls))

    def abort(self):
        self.calls.clear()


@pytest.mark.parametrize("deadly", [0, 3, 5])
@pytest.mark.parametrize("max_dispatched", [2, 4, math.inf])
def test_the_runner_goes_on_without_it(deadly, max_dispatched):
    runner = make_runner(Knob(), n_splits=3, max_dispatched=max_dispatched)
    candidates = runner.run(DeadlyPool(deadly))

    assert [c.number for c in candidates] == list(range(6))

    assert [math.isnan(c.mean("score", math.nan)) for c in candidates] == [
        number == deadly for number in range(6)
    ]

    assert runner._dispatch.n_running == 0
