"""The share of the cores' time that is spent in fits, for fit times that vary a lot.

    python benchmarks/busy_cores.py [--n-iter 40] [--n-jobs 2] [--mean 0.1]

Fit times are log-normal (sigma = 1) and the same for all searches that propose the same
configuration; a fit sleeps, in proportion to its rows, so that nothing but the search
uses the cores. Busy = seconds in fits / (n_jobs x seconds of the search), workers
started beforehand. The halving searches begin with a ninth of the rows.
scikit-optimize's BayesSearchCV is measured too where it is installed.

    python benchmarks/busy_cores.py --verbose 0 1 2 3

measures what `verbose` costs instead: TPESearchCV with each of the values in turn, its
output on a terminal of its own. CPU is that of the process that searches.
"""

import argparse
import contextlib
import os
import pty
import subprocess
import time
import warnings
import zlib

import numpy as np
from scipy.stats import uniform
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.model_selection import HalvingRandomSearchCV, RandomizedSearchCV

from sksearch import HalvingSearchCV, TPESearchCV

N_ROWS = 450


class SlowClassifier(ClassifierMixin, BaseEstimator):
    """Sleeps for a log-normal time that depends on its parameter and its data."""

    def __init__(self, a=0.5, mean=0.1):
        self.a = a
        self.mean = mean

    def fit(self, X, y):
        self.classes_ = np.unique(y)
        seed = zlib.crc32(
            np.float64(self.a).tobytes() + np.ascontiguousarray(X).tobytes()
        )
        draw = np.random.default_rng(seed).lognormal(-0.5, 1.0)
        time.sleep(self.mean * draw * len(X) / (0.8 * N_ROWS))
        return self

    def predict(self, X):
        return np.full(len(X), self.classes_[0])

    def score(self, X, y):
        return -abs(self.a - 0.3)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--n-iter", type=int, default=40)
    parser.add_argument("--n-jobs", type=int, default=2)
    parser.add_argument("--mean", type=float, default=0.1)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--verbose", type=int, nargs="+")
    options = parser.parse_args()
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(N_ROWS, 3)), rng.integers(0, 2, size=N_ROWS)
    for repeat in range(options.repeats + 1):
        for name, search in searches(options, repeat):
            if not repeat:  # the first round starts the workers
                with terminal():
                    search.set_params(estimator__mean=0.0).fit(X, y)
                continue
            start, cpu = time.perf_counter(), time.process_time()
            with terminal():
                search.fit(X, y)
            wall = time.perf_counter() - start - search.refit_time_
            cpu = 1000 * (time.process_time() - cpu) / options.n_iter
            fits = 5 * search.cv_results_["mean_fit_time"].sum()
            busy = f"busy {fits / options.n_jobs / wall:.3f}"
            print(f"{name:36} {busy}  ({wall:.1f} s, {cpu:.2f} ms of CPU a candidate)")


@contextlib.contextmanager
def terminal():
    """Send the output to a new terminal, which another process reads."""
    ours, theirs = pty.openpty()
    quiet = subprocess.DEVNULL
    with subprocess.Popen(["cat"], stdin=ours, stdout=quiet, stderr=quiet):
        os.close(ours)
        with os.fdopen(theirs, "w") as stream, contextlib.redirect_stdout(stream):
            yield


def searches(options, seed):
    """Yield each search, not yet fitted."""
    common = {"n_iter": options.n_iter, "cv": 5, "n_jobs": options.n_jobs}
    estimator = SlowClassifier(mean=options.mean)
    space = {"a": uniform(0, 1)}
    if options.verbose:
        for verbose in options.verbose:
            search = TPESearchCV(
                estimator, space, random_state=seed, verbose=verbose, **common
            )
            yield f"TPESearchCV, verbose={verbose}", search
        return
    yield "TPESearchCV", TPESearchCV(estimator, space, random_state=seed, **common)
    yield (
        "RandomizedSearchCV",
        RandomizedSearchCV(estimator, space, random_state=seed, **common),
    )
    rungs = {
        "n_candidates": options.n_iter,
        "min_resources": N_ROWS // 9,
        "cv": 5,
        "n_jobs": options.n_jobs,
        "random_state": seed,
        "return_train_score": False,
    }
    for asynchronous in (False, True):
        yield (
            f"HalvingSearchCV{', asynchronous' * asynchronous}",
            HalvingSearchCV(estimator, space, asynchronous=asynchronous, **rungs),
        )
    yield (
        "HalvingRandomSearchCV",
        HalvingRandomSearchCV(estimator, space, **rungs),
    )
    try:
        from skopt import BayesSearchCV
        from skopt.space import Real
    except ImportError:
        return
    yield (
        "skopt BayesSearchCV",
        BayesSearchCV(estimator, {"a": Real(0, 1)}, random_state=seed, **common),
    )


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main()
