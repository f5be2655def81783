"""What every scheduler does. A new one joins by being exported."""

from __future__ import annotations

import inspect
import math
import pickle
import random
import zlib

import numpy as np
import pytest
from bare_loop import drive, ladders, ran
from hypothesis import given
from hypothesis import strategies as st

from sksearch import schedulers
from sksearch.exceptions import TrialError
from sksearch.schedulers import Done, Ladder, Promote, Sample, Scheduler, Wait

SCHEDULERS = [
    kind
    for kind in (getattr(schedulers, name) for name in schedulers.__all__)
    if inspect.isclass(kind) and issubclass(kind, Scheduler) and kind is not Scheduler
]

each = pytest.mark.parametrize("make", SCHEDULERS, ids=lambda kind: kind.__name__)

LADDER = Ladder((2, 6, 18, 52), factor=3, n_candidates=27)

#: How many are under way, and a seed for the scores and for the order of the results.
runs = {"window": st.integers(1, 12), "seed": st.integers(0, 2**16)}


class Scores:
    """Scores by chance, the same for the same candidate and rung."""

    def __init__(self, seed, p_failure=0.0):
        self.seed, self.p_failure = seed, p_failure

    def __call__(self, candidate, rung):
        number = zlib.crc32(f"{self.seed} {candidate} {rung}".encode())
        return (
            math.nan if number % 1000 < 1000 * self.p_failure else number // 1000 % 20
        )


def any_order(seed):
    """Return a choice of the next result that is repeatable, and not the first one."""
    return random.Random(seed).randrange


def brackets(decisions):
    """Return, for each bracket, the candidates that were tried on its rungs."""
    return [ran(decisions, b) for b in sorted({d.bracket for d in decisions})]


def test_there_are_schedulers():
    assert len(SCHEDULERS) >= 4


@each
class TestRun:
    @given(ladder=ladders(), **runs)
    def test_promises(self, make, ladder, window, seed):
        """Whatever the ladder, the scores, the window and the order of results."""
        scheduler = make(ladder)

        decisions = drive(scheduler, Scores(seed), window, any_order(seed))

        new = [d.trial for d in decisions if isinstance(d, Sample)]

        assert new == list(range(len(new)))

        pairs = [(d.trial, d.rung) for d in decisions]

        assert len(set(pairs)) == len(pairs)

        assert all(
            (d.trial, d.rung - 1) in pairs for d in decisions if isinstance(d, Promote)
        )

        assert all(d.resource == ladder.resources[d.rung] for d in decisions)

        assert scheduler.winner in ran_on_top(decisions, ladder)

    @given(ladder=ladders(), **runs)
    def test_every_rung_promotes_its_share(self, make, ladder, window, seed):
        decisions = drive(make(ladder), Scores(seed), window, any_order(seed))

        for rungs in brackets(decisions):
            first = min(rungs)

            assert list(rungs) == list(range(first, len(ladder)))

            for i in range(first, len(ladder) - 1):
                assert len(rungs[i + 1]) == math.ceil(len(rungs[i]) / ladder.factor)

    @given(ladder=ladders(), p=st.sampled_from([0.1, 0.5, 0.9]), **runs)
    def test_failures_are_not_promoted_while_others_are_there(
        self, make, ladder, p, window, seed
    ):
        score = Scores(seed, p)

        decisions = drive(make(ladder), score, window, any_order(seed))

        for rungs in brackets(decisions):
            for i in range(min(rungs), len(ladder) - 1):
                finite = [c for c in rungs[i] if math.isfinite(score(c, i))]
                share = math.ceil(len(rungs[i]) / ladder.factor)

                if finite:
                    assert set(rungs[i + 1]) <= set(finite)

                assert len(rungs[i + 1]) == min(share, len(finite) or share)

    @given(ladder=ladders(), p=st.sampled_from([0.0, 0.5]), **runs)
    def test_same_scores_same_decisions(self, make, ladder, p, window, seed):
        first, second = (
            drive(make(ladder), Scores(seed, p), window, any_order(seed)) for _ in "ab"
        )

        assert first == second

    @given(ladder=ladders(), available=st.integers(0, 30), **runs)
    def test_candidates_run_out(self, make, ladder, available, window, seed):
        scheduler = make(ladder)

        decisions = drive(
            scheduler, Scores(seed), window, any_order(seed), n_available=available
        )

        tried = {d.trial for d in decisions}

        assert tried <= set(range(available))

        for rungs in brackets(decisions):
            for i in range(min(rungs), len(ladder) - 1):
                assert len(rungs[i + 1]) == math.ceil(len(rungs[i]) / ladder.factor)

        assert scheduler.winner in (ran_on_top(decisions, ladder) or [None])


def ran_on_top(decisions, ladder):
    return [d.trial for d in decisions if d.rung == len(ladder) - 1]


@each
class TestScores:
    def test_ties_go_to_the_lower_number(self, make):
        scheduler = make(LADDER)

        decisions = drive(scheduler, lambda candidate, rung: 0.5)

        for rungs in brackets(decisions):
            for tried in rungs.values():
                assert tried == list(range(min(tried), max(tried) + 1))

        assert scheduler.winner == min(ran_on_top(decisions, LADDER))

    @pytest.mark.parametrize("failure", [math.nan, -math.inf])
    def test_all_fail(self, make, failure):
        scheduler = make(LADDER)

        decisions = drive(scheduler, lambda candidate, rung: failure, window=4)

        assert ran_on_top(decisions, LADDER)

        assert scheduler.winner is None

    def test_what_fails_for_want_of_resources_gets_another_chance(self, make):
        scheduler = make(LADDER)
        top = len(LADDER) - 1

        drive(scheduler, lambda candidate, rung: 1.0 if rung == top else math.nan)

        assert scheduler.winner == 0

    def test_numpy_scores(self, make):
        plain, numpy = make(LADDER), make(LADDER)

        drive(plain, lambda candidate, rung: candidate % 7)
        drive(numpy, lambda candidate, rung: np.float32(candidate % 7))

        assert plain.winner == numpy.winner

    def test_the_highest_rung_decides_not_the_highest_score(self, make):
        scheduler = make(LADDER)

        decisions = drive(scheduler, lambda candidate, rung: candidate - 100 * rung)

        assert scheduler.winner in ran_on_top(decisions, LADDER)


@each
class TestStates:
    def test_nothing_told(self, make):
        assert make(LADDER).winner is None

    def test_wait_until_told(self, make):
        scheduler = make(LADDER)
        running = []
        while (decision := scheduler.next()) != Wait():
            running.append(decision)

        assert scheduler.next() == scheduler.next() == Wait()

        for decision in running:
            scheduler.tell(decision.trial, decision.rung, decision.trial)

        assert scheduler.next() != Wait()

    def test_done_for_good(self, make):
        scheduler = make(LADDER)
        drive(scheduler, Scores(0))

        assert scheduler.next() == scheduler.next() == Done()

    def test_pickled_on_the_way(self, make):
        scheduler = make(LADDER)
        for i in range(12):
            decision = scheduler.next()
            scheduler.tell(decision.trial, decision.rung, i % 5)

        again = pickle.loads(pickle.dumps(scheduler))

        assert drive(again, Scores(3)) == drive(scheduler, Scores(3))

    def test_ladder_is_not_changed(self, make):
        before = repr(LADDER)

        drive(make(LADDER), Scores(0))

        assert repr(LADDER) == before


@each
class TestErrors:
    def test_told_what_was_not_asked_for(self, make):
        scheduler = make(LADDER)

        with pytest.raises(TrialError, match="no trial 0: 0 were sampled"):
            scheduler.tell(0, 0, 1.0)

        decision = scheduler.next()

        for rung in {-1, 0, 1, 2, 3, 4} - {decision.rung}:
            with pytest.raises(TrialError, match="Trial 0 "):
                scheduler.tell(0, rung, 1.0)

    def test_told_twice(self, make):
        scheduler = make(LADDER)
        decision = scheduler.next()
        scheduler.tell(0, decision.rung, 0.25)

        with pytest.raises(TrialError, match=r"Trial 0 .* already .* 0\.25"):
            scheduler.tell(0, decision.rung, 0.5)

    def test_only_a_sample_is_taken_back(self, make):
        scheduler = make(LADDER)

        with pytest.raises(TrialError, match="Only a Sample can be taken back"):
            scheduler.end_sampling()

        scheduler.next()
        scheduler.end_sampling()

        with pytest.raises(TrialError, match="no trial 0: 0 were sampled"):
            scheduler.tell(0, 0, 1.0)

        with pytest.raises(TrialError, match="Only a Sample can be taken back"):
            scheduler.end_sampling()

        assert scheduler.next() == Done()
