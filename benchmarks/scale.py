"""What a candidate costs as a search gets longer, up to 10,000 trials.

    OMP_NUM_THREADS=1 python benchmarks/scale.py search [--n-iter 10000] [--storage]
        [--random]
    OMP_NUM_THREADS=1 python benchmarks/scale.py propose [--trials 50 1000 10000]
    OMP_NUM_THREADS=1 python benchmarks/scale.py begin [--repeats 15]

`search`: a search of fits that cost next to nothing, over a mixed space with a
`Choice`: the CPU time of a candidate in each tenth of it, how often and how long
results are formatted, the memory beyond the data, and with `--storage` the time and the
bytes of the journal for a candidate; `--random` leaves out the sampler, which takes the
greater part. `propose`: a proposal of both samplers after so many trials, over a space
of 9 hyperparameters, with and without known scores. `begin`: what a fit does before the
first candidate with the default `initial_points`.

CPU milliseconds, medians; other programs on the machine make them greater.
"""

import argparse
import os
import resource
import statistics
import tempfile
import time
import warnings
from pathlib import Path
from unittest.mock import patch

import numpy as np
from overhead import CheapClassifier
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.svm import SVC

from sksearch import Choice, Float, Int, Option, TPESearchCV, as_space
from sksearch.engine.journal import Journal
from sksearch.knowledge import known_points
from sksearch.samplers import GPSampler, KnownScores, RandomSampler, TPESampler
from sksearch.search.outcome import _outcome
from sksearch.search.plan._initial_points import N_KNOWN
from sksearch.space import default_points

CHEAP = {
    "a": Float(1e-3, 1e3, log=True),
    "b": Float(0, 1),
    "strategy": Choice(
        {
            "prior": "prior",
            "uniform": Option("uniform", random_state=Int(0, 1000)),
            "stratified": Option("stratified", random_state=Int(0, 1000)),
        }
    ),
}
PIPE = Pipeline([("scale", StandardScaler()), ("clf", LogisticRegression())])
WIDE = {
    "scale": [StandardScaler(), MinMaxScaler(), "passthrough"],
    "clf": Choice(
        {
            "svm": Option(
                SVC(),
                C=Float(1e-3, 1e3, log=True),
                kernel=Choice(
                    ["linear", Option("rbf", gamma=Float(1e-4, 1, log=True))]
                ),
            ),
            "forest": Option(
                RandomForestClassifier(),
                max_depth=Int(2, 20),
                min_samples_leaf=Int(1, 50, log=True),
                max_features=Float(0.1, 1),
            ),
            "logistic": Option(LogisticRegression(), C=Float(1e-3, 1e3, log=True)),
            "knn": Option(KNeighborsClassifier(), n_neighbors=Int(1, 50, log=True)),
        }
    ),
}


def megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(function, into):
    """Return a function that writes down the CPU seconds of each call."""

    def call(*args, **words):
        start = time.process_time()
        try:
            return function(*args, **words)
        finally:
            into.append(time.process_time() - start)

    return call


def search(options):
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(200, 5)), rng.integers(0, 2, size=200)
    asked, formatted, written, clock, sizes = [], [], [], [], []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "search.jsonl") if options.storage else None

        def listen(_):
            clock.append(time.process_time())
            sizes.append(path.stat().st_size if path else 0)

        TPESearchCV(CheapClassifier(), CHEAP, n_iter=9, cv=2).fit(X, y)
        before = megabytes()
        with (
            patch.object(TPESampler, "ask", timed(TPESampler.ask, asked)),
            patch.object(
                _outcome, "format_results", timed(_outcome.format_results, formatted)
            ),
            patch.object(Journal, "add_folds", timed(Journal.add_folds, written)),
            patch.object(os, "fsync", lambda _: None),
            patch.object(
                TPESampler,
                "propose",
                RandomSampler.propose if options.random else TPESampler.propose,
            ),
        ):
            found = TPESearchCV(
                CheapClassifier(),
                CHEAP,
                n_iter=options.n_iter,
                cv=2,
                random_state=0,
                storage=path,
                callbacks=[listen],
            ).fit(X, y)
        n = len(found.cv_results_["params"])
        print(f"{n} candidates, {megabytes() - before:.0f} MB more than before")
        print(f"results formatted {len(formatted)} x, {sum(formatted):.2f} s")
        print(f"after the last candidate: {time.process_time() - clock[-1]:.2f} s")
        print("trials         candidate ms  proposal ms  journal ms  journal bytes")
        tenth, per = n // 10, len(written) // n if written else 0
        for start in range(0, n - tenth + 1, tenth):
            stop = min(start + tenth, n - 1)
            own = np.mean(written[per * start : per * stop]) * per if per else 0.0
            print(
                f"{start:6} {stop:6} "
                f"{1e3 * (clock[stop] - clock[start]) / (stop - start):12.2f} "
                f"{1e3 * statistics.median(asked[start:stop]):12.2f} "
                f"{1e3 * own:11.2f} "
                f"{(sizes[stop] - sizes[start]) / (stop - start):14.0f}"
            )


def propose(options):
    space = as_space(WIDE)
    known = known_points(space, PIPE, N_KNOWN, task="classifiers")
    scores = KnownScores(known.rows, known.scores, known.doubts)
    for sampler in (TPESampler, GPSampler):
        for words in ({}, {"known_scores": scores}):
            for n in options.trials:
                one = sampler(space, random_state=0, **words)
                rng = np.random.default_rng(0)
                for row in space.draw(n, rng):
                    one.tell(one.adopt(row), score(row, rng), seconds=0.1)
                seconds = []
                for _ in range(options.repeats):
                    start = time.process_time()
                    trial = one.ask()
                    seconds.append(time.process_time() - start)
                    one.tell(trial, score(trial.row, rng), seconds=0.1)
                print(
                    f"{sampler.__name__} {'known scores' if words else '':12} "
                    f"{n:6} trials: {1e3 * statistics.median(seconds):6.1f} ms",
                    flush=True,
                )


def score(row, rng):
    return -float(np.nansum((row - 0.37) ** 2)) + 0.1 * rng.normal()


def begin(options):
    for name, given, estimator in (
        ("two hyperparameters", {k: CHEAP[k] for k in "ab"}, CheapClassifier()),
        ("one learner", {"C": Float(1e-3, 1e3, log=True), "gamma": Float(0, 1)}, SVC()),
        ("four learners", WIDE, PIPE),
    ):
        space = as_space(given)
        seconds = []
        for _ in range(options.repeats + 1):
            start = time.process_time()
            own = default_points(space, estimator, 1)
            known_points(space, estimator, N_KNOWN, task="classifiers", tried=own)
            seconds.append(time.process_time() - start)
        print(
            f"{name:20} first {1e3 * seconds[0]:6.1f} ms, then "
            f"{1e3 * statistics.median(seconds[1:]):6.1f} ms"
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("search")
    one.add_argument("--n-iter", type=int, default=10_000)
    one.add_argument("--storage", action="store_true")
    one.add_argument("--random", action="store_true")
    one.set_defaults(call=search)
    one = commands.add_parser("propose")
    one.add_argument("--trials", type=int, nargs="+", default=[50, 1000, 10_000])
    one.add_argument("--repeats", type=int, default=15)
    one.set_defaults(call=propose)
    one = commands.add_parser("begin")
    one.add_argument("--repeats", type=int, default=15)
    one.set_defaults(call=begin)
    options = parser.parse_args()
    options.call(options)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main()
