"""Peak memory of a worker, against the size of the data, and the size of a search.

    python benchmarks/memory.py [--megabytes 200] [--n-jobs 2]

The estimator looks at all of its data and keeps next to nothing. What counts is the
memory that a worker has for itself (on Linux: ``Anonymous`` and ``Swap`` of
``/proc/<pid>/smaps_rollup``), less what it has after a search on a few rows; the data
itself is in a file that all workers map, and comes on top of that once for all.
"""

import argparse
import os
import pickle
import threading
import time
from pathlib import Path

import joblib
import numpy as np
from overhead import CheapClassifier
from scipy.stats import uniform
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.model_selection import RandomizedSearchCV

from sksearch import TPESearchCV

SPACE = {"a": uniform(0, 1)}


class NearestMean(ClassifierMixin, BaseEstimator):
    """Looks at all of the data, once."""

    def __init__(self, a=0.5):
        self.a = a

    def fit(self, X, y):
        self.classes_ = np.unique(y)
        self.means_ = np.array([X[: len(X) // 2].mean(0), X[len(X) // 2 :].mean(0)])
        return self

    def predict(self, X):
        return self.classes_[(X @ self.means_.T).argmax(axis=1)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--n-jobs", type=int, default=2)
    options = parser.parse_args()
    rng = np.random.default_rng(0)
    X = rng.normal(size=(options.megabytes * 1250, 100))
    y = rng.integers(0, 2, size=len(X))
    words = {"cv": 5, "n_jobs": options.n_jobs, "random_state": 0, "refit": False}
    for face in (TPESearchCV, RandomizedSearchCV):
        search = face(NearestMean(), SPACE, n_iter=6, **words)
        with joblib.parallel_config("loky"):
            search.fit(X[:200], y[:200])  # all that is imported is there
            pids = set(joblib.Parallel(options.n_jobs)(16 * [joblib.delayed(pid)()]))
            peak = peak_of(pids, lambda search=search: search.fit(X, y))
        ratio = peak / X.nbytes
        print(f"{face.__name__}: {peak / 1e6:.0f} MB, {ratio:.2f} times the data")
        joblib.externals.loky.get_reusable_executor().shutdown(wait=True)

    small = (rng.normal(size=(200, 5)), rng.integers(0, 2, size=200))
    words = {"n_iter": 2000, "cv": 5, "sampler_params": {"n_startup": 2000}}
    search = TPESearchCV(CheapClassifier(), SPACE, **words).fit(*small)
    size = len(pickle.dumps(search)) / 1e3
    print(f"a pickled search of 2000 candidates: {size:.0f} kB")


def pid():
    time.sleep(0.1)
    return os.getpid()


def private(number):
    """Return the bytes that a process has for itself, 0 if it is gone."""
    try:
        text = Path(f"/proc/{number}/smaps_rollup").read_text()
    except OSError:
        return 0
    lines = [line.split() for line in text.splitlines()[1:]]
    kinds = ("Anonymous:", "Swap:")
    return sum(1024 * int(words[1]) for words in lines if words[0] in kinds)


def peak_of(pids, function):
    """Return by how much any of the processes grew while a function ran."""
    before = {number: private(number) for number in pids}
    peak = [0]
    done = threading.Event()

    def watch():
        while not done.wait(0.005):
            peak[0] = max(peak[0], *(private(n) - before[n] for n in pids))

    watching = threading.Thread(target=watch)
    watching.start()
    function()
    done.set()
    watching.join()
    return peak[0]


if __name__ == "__main__":
    main()
