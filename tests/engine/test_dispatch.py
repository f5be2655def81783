import math

import joblib
import pytest
from runners import make_runner
from stand_ins import Erratic, Knob, Slow

from sksearch.engine._dispatch import Batches
from sksearch.workers import Pool


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
