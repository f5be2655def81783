import math

import joblib
import numpy as np
import pytest
from runners import make_runner, passthrough
from sklearn.model_selection import KFold
from stand_ins import Erratic, Knob, Slow, rows

from sksearch.engine import KeptModels
from sksearch.engine.dispatch._dispatch import NO_CANDIDATE, Batches, Dispatch
from sksearch.evaluation import Evaluator, Resource, make_folds
from sksearch.trials import Candidate, Trial
from sksearch.workers import Pool, WorkerDeath


@pytest.mark.parametrize("n_jobs", [1, 2])
@pytest.mark.parametrize("max_dispatched", [2, 3, math.inf])
def test_all_folds_are_run_whatever_is_dispatched_at_once(n_jobs, max_dispatched):
    runner = make_runner(Erratic(), n_iter=8, max_dispatched=max_dispatched)
    with joblib.parallel_config("threading"), Pool(n_jobs) as pool:
        candidates = runner.run(pool)

    assert [sorted(c.folds) for c in candidates] == [[0, 1, 2, 3, 4]] * 8


def test_no_more_is_dispatched_than_allowed():
    under_way, most = set(), []

    class Counting:
        n_jobs = 2

        def __init__(self, pool):
            self.pool = pool

        def submit(self, token, function, *args):
            under_way.update((token, fold) for fold, _ in args[5])
            most.append(len(under_way))
            self.pool.submit(token, function, *args)

        def next_finished(self, timeout=None):
            finished = self.pool.next_finished(timeout)
            under_way.difference_update((s.candidate, s.fold) for s in finished[1])
            return finished

    runner = make_runner(Slow(seconds=0.02), n_iter=6, max_dispatched=3)
    with joblib.parallel_config("threading"), Pool(2) as pool:
        runner.run(Counting(pool))

    assert max(most) == 3


def test_quick_folds_travel_together_and_slow_ones_alone():
    sizes = {}

    class Counting:
        n_jobs = 2

        def __init__(self, pool, estimator):
            self.pool, self.name = pool, type(estimator).__name__

        def submit(self, token, function, *args):
            sizes.setdefault(self.name, []).append(len(args[5]))
            self.pool.submit(token, function, *args)

        def next_finished(self, timeout=None):
            return self.pool.next_finished(timeout)

    for estimator in (Knob(), Slow(seconds=0.02)):
        runner = make_runner(estimator, n_iter=10, max_dispatched=10)
        with joblib.parallel_config("threading"), Pool(2) as pool:
            runner.run(Counting(pool, estimator))

    assert max(sizes["Knob"]) > 1

    assert set(sizes["Slow"]) == {1}


def test_batches():
    batches = Batches(n_splits=5)

    assert batches.size(0, n_jobs=2) == 1

    batches.tell(0, 0.002)

    assert batches.size(0, n_jobs=2) == 3  # a worker's share, though five would do

    assert batches.size(0, n_jobs=1) == 1

    assert batches.size(1, n_jobs=2) == 1

    batches.tell(0, 1.0)

    assert batches.size(0, n_jobs=2) == 1


class Level(Resource):
    """Sets the parameter `level`."""

    def parameters(self, amount):
        return {"level": amount / 10}


class Later:
    """A pool that notes what is submitted; `bring` says what is finished."""

    n_jobs = 2

    def __init__(self):
        self.tasks = []
        self.bring = None

    def submit(self, token, function, *args):
        self.tasks.append((token, function, args))

    def next_finished(self, timeout=None):
        return self.bring


def dispatch(pool, contexts=None, max_dispatched=9, **words):
    X, y = rows()
    return Dispatch(
        pool,
        X,
        y,
        Evaluator(Knob(), None, make_folds(KFold(3), X, y, {}), passthrough, **words),
        resource=Level(),
        kept_models=KeptModels({}),
        contexts=contexts or {},
        max_dispatched=max_dispatched,
    )


def candidate(number, **words):
    return Candidate(Trial(0, {}, np.zeros(0)), 3, number=number, **words)


def test_the_first_candidate_comes_first_and_there_is_no_more_than_room():
    pool = Later()
    sent = dispatch(pool, max_dispatched=4)
    sent.hand_out([candidate(5), candidate(7)])
    folds = [(token, args[5]) for token, _, args in pool.tasks]

    assert folds == [(5, [(i, None)]) for i in range(3)] + [(7, [(0, None)])]

    assert sent.n_running == 4


def test_each_fit_has_a_context_of_its_rung():
    pool = Later()
    sent = dispatch(pool, {0: iter("ab"), 1: iter("cde")})
    sent.hand_out([candidate(0, rung=1), candidate(1)])

    assert [args[5][0][1] for _, _, args in pool.tasks] == [
        "c",
        "d",
        "e",
        "a",
        "b",
        None,
    ]


@pytest.mark.parametrize(
    ("finished", "left"),
    [(None, 3), ((0, ["a score"]), 2), ((0, WorkerDeath("SIGKILL(-9)", 0.1, 3)), 0)],
    ids=["nothing", "a task", "all of a candidate"],
)
def test_what_is_finished_runs_no_more(finished, left):
    pool = Later()
    sent = dispatch(pool)
    sent.hand_out([candidate(0)])
    pool.bring = finished

    assert sent.next_finished(1.0) == finished

    assert sent.n_running == left


def test_fit_probes_are_told_apart_by_a_time_limit():
    """One that ended its process must not end the next one on the same fold."""
    pool = Later()
    sent = dispatch(pool)
    for level in (0.1, 0.9):
        sent.fit_probe({"level": level}, 2, resource=3)
    numbers = [args[3] for _, _, args in pool.tasks]

    assert len(set(numbers)) == 2

    assert max(numbers) < 0  # none of them is a candidate


def test_a_fit_probe_is_quiet_and_takes_no_place():
    pool = Later()
    sent = dispatch(pool, error_score="raise", return_oof=True, caller="a search")
    sent.fit_probe({"level": 0.9}, 2, resource=3)
    [(token, function, args)] = pool.tasks
    evaluator = args[2].value

    assert token == NO_CANDIDATE

    assert math.isnan(evaluator.error_score)

    assert (evaluator.return_oof, evaluator.caller) == (False, None)

    [score] = function(*args)

    assert (score.fold, score.test) == (2, {"score": 0.3})  # with the resource

    pool.bring = (NO_CANDIDATE, [score])

    assert sent.next_finished(None) == (NO_CANDIDATE, [score])

    assert sent.n_running == 0
