"""How busy a cluster is for windows of several widths, by simulation.

    python benchmarks/window.py [--n-jobs 16 128 1024] [--n-splits 5] [--sigma 1]
    python benchmarks/window.py --unordered [--mean 60] [--ask 0 0.008 0.115]

The loop is the real one; the workers are not: their clock only counts, and fits take
log-normal times. Busy = seconds in fits / (n_jobs x seconds of the search), without the
end of the search, where no more is begun. `--unordered` compares the default window
with window="unordered", where a proposal takes `--ask` seconds and a fit `--mean`;
nobody gets a fold while one is made. After 1,000 trials in six dimensions, with 205
pending, TPESampler takes 0.008 s; GPSampler 0.043 s after 200 with 26 pending, 0.115 s
after 300 with 205.
"""

import argparse
import heapq
import math

import numpy as np
from sklearn.dummy import DummyClassifier
from sklearn.model_selection import KFold

from sksearch import Float
from sksearch._warn import Notices
from sksearch.engine import (
    Budget,
    KeptModels,
    Logbook,
    Planned,
    Racing,
    Runner,
    Standing,
    window_of,
)
from sksearch.engine.dispatch import _dispatch
from sksearch.evaluation import Evaluator, Resource, make_folds
from sksearch.samplers import RandomSampler
from sksearch.schedulers import Full, Ladder


class SimulatedPool:
    """Workers that do the work when they are asked for it, at the hour it would be."""

    here = False

    def __init__(self, n_jobs, sigma, mean):
        self.n_jobs = n_jobs
        self.rng = np.random.default_rng(0)
        self.location = math.log(mean) - sigma**2 / 2
        self.sigma = sigma
        self.free = [0.0] * n_jobs  # when each worker is
        self.running = []
        self.now = 0.0
        self.n_submitted = 0
        self.ends = []

    def submit(self, token, function, *args):
        begin = max(self.now, heapq.heappop(self.free))
        end = begin + self.rng.lognormal(self.location, self.sigma)
        heapq.heappush(self.free, end)
        heapq.heappush(self.running, (end, self.n_submitted, token, function, args))
        self.n_submitted += 1
        self.ends.append((begin, end))

    def next_finished(self, timeout=None):
        end, _, token, function, args = heapq.heappop(self.running)
        self.now = max(self.now, end)
        return token, function(*args)

    def busy(self, until):
        inside = sum(min(end, until) - min(begin, until) for begin, end in self.ends)
        return inside / (until * self.n_jobs)


class SlowSampler(RandomSampler):
    """Takes seconds of the simulated clock for a proposal."""

    def __init__(self, pool, seconds):
        super().__init__({"random_state": Float(0, 1)}, random_state=0)
        self.pool = pool
        self.seconds = seconds
        self.last = 0.0  # when the last one was made

    def ask(self, *args, **words):
        self.pool.now += self.seconds
        self.last = self.pool.now
        return super().ask(*args, **words)


def simulate(n_jobs, n_splits, window, sigma, n_iter, *, mean=1.0, ask=0.0):
    """Return the share of the time of the workers that is spent in fits."""
    X, y = np.zeros((n_splits, 1)), np.zeros(n_splits)
    pool = SimulatedPool(n_jobs, sigma, mean)
    sampler = SlowSampler(pool, ask)
    budget = Budget(n_iter, None)
    scheduler = Full(Ladder((1,), n_candidates=n_iter))
    Runner(
        sampler,
        Evaluator(
            DummyClassifier(),
            None,
            make_folds(KFold(n_splits), X, y, {}),
            lambda estimator, X, y: 0.0,
        ),
        X,
        y,
        budget,
        objective=lambda candidate: 0.0,
        callbacks=[],
        max_dispatched=2 * n_jobs,
        window=window,
        contexts={},
        standing=Standing(
            Planned(scheduler.sizes, n_splits, scheduler.resources), budget
        ),
        scheduler=scheduler,
        resource=Resource(),
        repeat=False,
        kept_models=KeptModels({}),
        logbook=Logbook(None),
        notices=Notices(),
        racing=Racing(None, 1, lambda candidate, folds: []),
        first_failures=None,
    ).run(pool)
    return pool.busy(sampler.last)


def compare_windows(options):
    factors = [1, 2, 5, 10, 20]
    print("n_jobs  default  busy at", *(f"{factor:g}x" for factor in factors))
    for n_jobs in options.n_jobs:
        default = window_of(n_jobs, options.n_splits)
        shares = []
        for factor in factors:
            window = math.ceil(factor * default)
            n_iter = max(300, 5 * window)
            share = simulate(
                n_jobs, options.n_splits, window, options.sigma, n_iter=n_iter
            )
            shares.append(f"{share:.2f}")
        print(f"{n_jobs:6d}  {default:7d}        ", *shares, flush=True)


def compare_orders(options):
    print("n_jobs  order      seconds to propose  seconds to fit  busy")
    for n_jobs in options.n_jobs:
        default = window_of(n_jobs, options.n_splits)
        n_iter = 10 * default
        runs = [(default, 0.0), *(("unordered", ask) for ask in options.ask)]
        for window, ask in runs:
            share = simulate(
                n_jobs,
                options.n_splits,
                window,
                options.sigma,
                n_iter,
                mean=options.mean,
                ask=ask,
            )
            print(
                f"{n_jobs:6d}  {window!s:9}  {ask:18g}  "
                f"{options.mean:14g}  {share:.2f}",
                flush=True,
            )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--n-jobs", type=int, nargs="+", default=[16, 128, 1024])
    parser.add_argument("--n-splits", type=int, default=5)
    parser.add_argument("--sigma", type=float, default=1.0)
    parser.add_argument("--unordered", action="store_true")
    parser.add_argument("--mean", type=float, default=60.0)
    parser.add_argument("--ask", type=float, nargs="+", default=[0.0, 0.008, 0.115])
    options = parser.parse_args()
    _dispatch.BATCH_SECONDS = 0.0  # folds do not travel together
    (compare_orders if options.unordered else compare_windows)(options)


if __name__ == "__main__":
    main()
