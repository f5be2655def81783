"""What a journal costs, how fast a search goes on from one, and if it survives kill -9.

    python benchmarks/journal.py cost [--n-iter 200] [--repeats 7]
    python benchmarks/journal.py resume [--n-iter 10000]
    python benchmarks/journal.py kill [--kills 50]

`cost`: the time in the calls that write, less what the disk takes to flush. `resume`:
the time until a search that was finished is fitted again from its journal. `kill`:
searches are killed with all their processes at random moments and started again until
they finish; the table must be that of a search that was left alone, and no fold may be
in the journal twice.
"""

import argparse
import collections
import itertools
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np
from overhead import CheapClassifier
from sklearn.datasets import load_iris
from sklearn.svm import SVC

from sksearch import BayesSearchCV, Float, HalvingSearchCV, TPESearchCV
from sksearch.engine.journal import Logbook

SPACE = {"a": Float(1e-3, 1e3, log=True), "b": Float(0, 1)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["cost", "resume", "kill", "child"])
    parser.add_argument("--n-iter", type=int)
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--child", nargs=4, metavar=("KIND", "N_JOBS", "FILE", "OUT"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.what == "cost":
            cost(Path(folder), options.n_iter or 200, options.repeats)
        elif options.what == "resume":
            resume(Path(folder), options.n_iter or 10_000)
        elif options.what == "kill":
            kill(Path(folder), options.kills, options.seed)
        else:
            child(*options.child)


# ------------------------------------------------------------------------ cost, resume


def cheap_search(n_iter, storage):
    """Search with random draws only: the sampler shall not be what is measured."""
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(200, 5)), rng.integers(0, 2, size=200)
    search = TPESearchCV(
        CheapClassifier(),
        SPACE,
        n_iter=n_iter,
        cv=5,
        random_state=0,
        storage=storage,
        sampler_params={"n_startup": n_iter},
    )
    start = time.perf_counter()
    search.fit(X, y)
    return time.perf_counter() - start


def cost(folder, n_iter, repeats):
    writing, flushing = [], []
    os.fsync = timed(os.fsync, flushing)
    Logbook.enter = timed(Logbook.enter, writing)
    Logbook.finished = timed(Logbook.finished, writing)
    own, disk = [], []
    for repeat in range(repeats):
        writing.clear()
        flushing.clear()
        cheap_search(n_iter, folder / f"{repeat}.jsonl")
        own.append(1e3 * (sum(writing) - sum(flushing)) / n_iter / 5)
        disk.append(1e3 * sum(flushing) / n_iter / 5)
        print(f"{own[-1]:.2f} ms per finished fold, and {disk[-1]:.2f} ms of the disk")
    print(f"medians: {statistics.median(own):.2f}, {statistics.median(disk):.2f} ms")


def timed(function, into):
    """Return a function that writes down how long each call takes."""

    def call(*args):
        start = time.perf_counter()
        try:
            return function(*args)
        finally:
            into.append(time.perf_counter() - start)

    return call


def resume(folder, n_iter):
    fsync, os.fsync = os.fsync, lambda number: None
    seconds = cheap_search(n_iter, folder / "search.jsonl")
    os.fsync = fsync
    size = (folder / "search.jsonl").stat().st_size / 1e6
    print(
        f"{n_iter} candidates of 5 folds in {seconds:.0f} s, a journal of {size:.1f} MB"
    )
    for _ in range(3):
        again = cheap_search(n_iter, folder / "search.jsonl")
        print(f"fitted again from the journal in {again:.1f} s")


# -------------------------------------------------------------------------------- kill


class Slow(SVC):
    """Takes about ten milliseconds more."""

    def fit(self, X, y):
        time.sleep(0.01 * np.random.default_rng(int(self.C * 1000)).exponential())
        return super().fit(X, y)


def child(kind, n_jobs, path, out):
    """One search, in a process of its own."""
    warnings.simplefilter("ignore")
    space = {
        "C": Float(1e-3, 1e3, log=True),
        "gamma": Float(1e-4, 1, log=True),
        "kernel": ["rbf", "poly"],
    }
    words = {"cv": 3, "random_state": 0, "n_jobs": int(n_jobs)}
    search = {
        "TPE": lambda: TPESearchCV(Slow(), space, n_iter=40, **words),
        "GP": lambda: BayesSearchCV(Slow(), space, n_iter=25, **words),
        "halving": lambda: HalvingSearchCV(
            Slow(),
            space,
            n_candidates=27,
            min_resources=45,
            sampler="tpe",
            **words,
        ),
    }[kind]()
    search.storage = None if path == "-" else path
    search.fit(*load_iris(return_X_y=True))
    results = search.cv_results_
    table = [list(map(repr, results["params"])), results["mean_test_score"].tolist()]
    Path(out).write_text(json.dumps(table))


def start(*words):
    return subprocess.Popen(
        [sys.executable, __file__, "child", "--child", *map(str, words)],
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        start_new_session=True,
    )


def kill(folder, n_kills, seed):
    rng = random.Random(seed)
    out = folder / "out.json"
    expected, lasts = {}, {}
    for kind in ("TPE", "GP", "halving"):
        for n_jobs in (1, 2):
            begin = time.perf_counter()
            start(kind, n_jobs, "-", out).wait()
            lasts[kind, n_jobs] = time.perf_counter() - begin
            expected[kind, n_jobs] = out.read_text()
    killed = searches = good = 0
    while killed < n_kills:
        key = list(expected)[searches % len(expected)]
        path = folder / f"{searches}.jsonl"
        out.unlink()
        for n_before in itertools.count():
            process = start(*key, path, out)
            patience = rng.uniform(0.2, 1.2) * (1 + n_before / 10)
            try:
                process.wait(patience * lasts[key])
                break
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                killed += 1
        records = [json.loads(line) for line in path.read_text().splitlines()]
        folds = collections.Counter(tuple(r["fold"]) for r in records if "fold" in r)
        same = out.exists() and out.read_text() == expected[key]
        once = max(folds.values()) == 1
        searches += 1
        good += same and once
        print(f"{key}: {killed} kills so far, the same table: {same}, once: {once}")
    print(f"{killed} kills in {searches} searches, {good} of them as if left alone")
    sys.exit(good != searches)


if __name__ == "__main__":
    main()
