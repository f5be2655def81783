"""How busy a cluster is for windows of several widths, by simulation.

    python benchmarks/window.py [--n-jobs 16 128 1024] [--n-splits 5] [--sigma 1]

The loop is the real one; the workers are not: their clock only counts, and fits take
log-normal times. Busy = seconds in fits / (n_jobs x seconds of the search), without the
end of the search, where no more is begun.
"""

import argparse
import heapq
import math

import numpy as np
from sklearn.dummy import DummyClassifier
from sklearn.model_selection import KFold

from sksearch import Float
from sksearch._warn import Notices
from sksearch.engine import Budget, KeptModels, Logbook, Runner, _dispatch, window_of
from sksearch.evaluation import Evaluator, Resource, make_folds
from sksearch.samplers import RandomSampler
from sksearch.schedulers import Full, Ladder


class SimulatedPool:
    """Workers that do the work when they are asked for it, at the hour it would be."""

    def __init__(self, n_jobs, sigma):
        self.n_jobs = n_jobs
        self.rng = np.random.default_rng(0)
        self.sigma = sigma
        self.free = [0.0] * n_jobs  # when each worker is
        self.running = []
        self.now = 0.0
        self.n_submitted = 0
        self.ends = []

    def submit(self, token, function, *args):
        begin = max(self.now, heapq.heappop(self.free))
        end = begin + self.rng.lognormal(0.0, self.sigma)
        heapq.heappush(self.free, end)
        heapq.heappush(self.running, (end, self.n_submitted, token, function, args))
        self.n_submitted += 1
        self.ends.append((begin, end))

    def next_finished(self, timeout=None):
        self.now, _, token, function, args = heapq.heappop(self.running)
        return token, function(*args)

    def busy(self, until):
        inside = sum(min(end, until) - min(begin, until) for begin, end in self.ends)
        return inside / (until * self.n_jobs)


def simulate(n_jobs, n_splits, window, sigma, n_iter):
    """Return the share of the time of the workers that is spent in fits."""
    X, y = np.zeros((n_splits, 1)), np.zeros(n_splits)
    pool = SimulatedPool(n_jobs, sigma)
    last_proposal = 0.0

    def note(record):
        nonlocal last_proposal
        if record.number == n_iter - window:
            last_proposal = pool.now

    Runner(
        RandomSampler({"random_state": Float(0, 1)}, random_state=0),
        Evaluator(
            DummyClassifier(),
            None,
            make_folds(KFold(n_splits), X, y, {}),
            lambda estimator, X, y: 0.0,
        ),
        X,
        y,
        Budget(n_iter, None),
        objective=lambda candidate: 0.0,
        callbacks=[note],
        max_dispatched=math.inf,
        window=window,
        contexts={},
        verbose=0,
        scheduler=Full(Ladder((1,), n_candidates=n_iter)),
        resource=Resource(),
        repeat=False,
        kept_models=KeptModels({}),
        logbook=Logbook(None),
        notices=Notices(),
        first_failures=None,
    ).run(pool)
    return pool.busy(last_proposal)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--n-jobs", type=int, nargs="+", default=[16, 128, 1024])
    parser.add_argument("--n-splits", type=int, default=5)
    parser.add_argument("--sigma", type=float, default=1.0)
    options = parser.parse_args()
    _dispatch.BATCH_SECONDS = 0.0  # folds do not travel together
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


if __name__ == "__main__":
    main()
