"""Racing with several workers: fold fits that were started and not needed.

    python benchmarks/racing_workers.py RECORDS [--seeds 10] [--kind 1x5] [--jobs 1,2]

A whole search with `prune_folds=True` over the candidates of each table that
`racing_record.py` wrote, in the random order of the seed. A fit sleeps as many seconds
as the real one took, times `SLOWER`, and the score is the recorded one, so that the
other programs on the machine and the number of its cores hardly matter. The workers are
threads. By number of workers: the fits that were started, those that count, the share
of the started ones that do not, and how many times sooner the search is over than with
the first number.
"""

import argparse
import itertools
import json
import time
from pathlib import Path

import numpy as np
from joblib import parallel_config
from racing import load_tables
from sklearn.base import BaseEstimator
from sklearn.model_selection import PredefinedSplit

from sksearch import GridSearchCV

#: What the engine needs between fits then weighs little, as it does with real data.
SLOWER = 10.0


class Recorded(BaseEstimator):
    """Sleeps and scores as a candidate of a table did on each fold."""

    table = None  # scores, seconds; no parameter, so that no clone copies it
    started = itertools.count()

    def __init__(self, row=0):
        self.row = row

    def fit(self, X, y):
        next(Recorded.started)
        scores, seconds = Recorded.table
        (fold,) = set(range(scores.shape[1])) - set(X[:, 0])
        time.sleep(SLOWER * seconds[self.row, fold])
        self.fitted_ = True
        return self

    def score(self, X, y):
        return float(Recorded.table[0][self.row, int(X[0, 0])])


def search(scores, seconds, order, n_jobs):
    """Return the fits that were started, those that count, the seconds, the winner."""
    n_splits = scores.shape[1]
    X = np.arange(n_splits)[:, None].repeat(2, axis=0)
    Recorded.table = scores, seconds
    Recorded.started = itertools.count()
    made = GridSearchCV(
        Recorded(),
        {"row": [int(row) for row in order]},
        cv=PredefinedSplit(X[:, 0]),
        prune_folds=True,
        n_jobs=n_jobs,
        refit=False,
    )
    start = time.perf_counter()
    with parallel_config("threading"):
        made.fit(X, X[:, 0])
    took = time.perf_counter() - start
    counted = int(made.cv_results_["n_folds"].sum())
    return next(Recorded.started), counted, took, int(order[made.best_index_])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("records", type=Path)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--kind", default="1x5")
    parser.add_argument("--jobs", default="1,2")
    parser.add_argument("--only", default="", help="tables, between commas")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    tables = load_tables(args.records, args.kind)
    if args.only:
        tables = {name: tables[name] for name in args.only.split(",")}
    jobs = [int(n) for n in args.jobs.split(",")]
    found = {n: {} for n in jobs}
    for name, (scores, seconds, _) in tables.items():
        for seed in range(args.seeds):
            order = np.random.default_rng(seed).permutation(len(scores))[:50]
            for n in jobs:
                found[n].setdefault(name, []).append(search(scores, seconds, order, n))
    print(f"{len(tables)} tables, {args.seeds} seeds, folds {args.kind}")
    print("workers  started  count  not needed %  times sooner")
    base = None
    for n, rows in found.items():
        runs = np.array(list(rows.values()))  # table, seed, figure
        started, counted = runs[..., :2].mean(axis=(0, 1))
        base = runs[..., 2] if base is None else base
        sooner = np.exp(np.log(base / runs[..., 2]).mean())
        print(
            f"{n:7} {started:8.1f} {counted:6.1f} {100 * (1 - counted / started):12.1f}"
            f" {sooner:12.2f}"
        )
    if args.json:
        args.json.write_text(json.dumps(found, indent=0) + "\n")


if __name__ == "__main__":
    main()
