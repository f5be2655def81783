"""What a search costs beside the fits, against RandomizedSearchCV in the same run.

    python benchmarks/overhead.py [--n-iter 100] [--repeats 7] [--n-jobs 1 2]

Fits that cost next to nothing, five folds. The searches take turns, so that a change in
the speed of the machine meets all of them; the ratio of the medians is what counts.
"""

import argparse
import statistics
import time
import warnings

import numpy as np
from scipy.stats import loguniform, uniform
from sklearn.dummy import DummyClassifier
from sklearn.model_selection import RandomizedSearchCV

from sksearch import BayesSearchCV, TPESearchCV


class CheapClassifier(DummyClassifier):
    """A DummyClassifier with two numbers that do not matter."""

    def __init__(
        self, strategy="prior", random_state=None, constant=None, a=1.0, b=0.5
    ):
        super().__init__(
            strategy=strategy, random_state=random_state, constant=constant
        )
        self.a = a
        self.b = b


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--n-iter", type=int, default=100)
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--n-jobs", type=int, nargs="+", default=[1, 2])
    options = parser.parse_args()
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(200, 5)), rng.integers(0, 2, size=200)
    space = {"a": loguniform(1e-3, 1e3), "b": uniform(0, 1)}
    classes = {
        face.__name__: face for face in (RandomizedSearchCV, TPESearchCV, BayesSearchCV)
    }
    for n_jobs in options.n_jobs:
        seconds = {name: [] for name in classes}
        for repeat in range(options.repeats + 1):
            for name, face in classes.items():
                search = face(
                    CheapClassifier(),
                    space,
                    n_iter=options.n_iter,
                    cv=5,
                    n_jobs=n_jobs,
                    random_state=repeat,
                )
                start = time.perf_counter()
                search.fit(X, y)
                if repeat:  # the first round starts the workers
                    seconds[name].append(time.perf_counter() - start)
        medians = {name: statistics.median(s) for name, s in seconds.items()}
        for name, median in medians.items():
            ratio = median / medians["RandomizedSearchCV"]
            print(
                f"n_jobs={n_jobs} {name:20} {1e3 * median / options.n_iter:6.2f} ms "
                f"per candidate, {ratio:.2f} x random"
            )


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main()
