"""How honest `estimate_score` is, and what stopping early does about overtuning.

`simulate` draws binary predictions of candidates as Tsamardinos et al. (2018) do: the
true accuracies from beta distributions, each row right by chance. `real` searches at
random among nearest neighbours and kernel ridge regressions, of which hundreds are
fitted at once, on a few rows of real sets; the winner, fitted on all of these, is
scored on all other rows. The same candidates tell of overtuning, as Schneider, Bischl
and Feurer (2025) count it: how much of the gain on test rows a later incumbent loses.
`confirmed` compares the optimism of searches with and without `confirm` with the
difference between `best_score_` and the score on 5,840 new rows.

    python benchmarks/honesty.py simulate --runs 200 --out honesty_simulated.json
    python benchmarks/honesty.py real POOL --rows 200 --seeds 10 --out honesty_real.json
    python benchmarks/honesty.py seconds
    python benchmarks/honesty.py confirmed

POOL holds sets as npz files with X, y and task.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
from scipy.spatial.distance import cdist

from sksearch.callbacks import NoImprovement
from sksearch.engine import CandidateRecord
from sksearch.honesty import FoldScores, RowScores, estimate, mean_of_rows

#: Beta distributions of the true accuracies.
ACCURACIES = ((9, 6), (14, 6), (24, 6))
#: Chosen by name and size before the first run: at least 1,900 rows, at most 45
#: columns, classes of some size; four of each task.
SETS = [
    "arrested_1986",
    "arrests",
    "bfi_gender",
    "charity",
    "chile_vote",
    "hpc_jobs",
    "nursery",
    "pitch_type",
    "check_times",
    "children",
    "college_gpa",
    "compactiv",
]
N_FOLDS = 5
N_CANDIDATES = 100


def both(values, folds):
    """Return estimates by rows and by folds, for values of shape (candidates, rows)."""
    scores = np.array([values[:, folds == k].mean(axis=1) for k in range(N_FOLDS)]).T
    means = scores.mean(axis=1)
    whole = values.mean(axis=1)
    n = values.shape[1]
    rows = RowScores(
        means, whole, mean_of_rows(values.astype(np.float32)), np.arange(n), folds
    )
    kinds = {"rows": rows, "folds": FoldScores(scores, np.zeros(N_FOLDS, int))}
    best = float(means.max())
    return (
        int(means.argmax()),
        best,
        {
            kind: estimate(divided, best, best, 0.95, 0)
            for kind, divided in kinds.items()
        },
    )


def add(found, best, true, estimates):
    """Note the errors of a run."""
    found["naive"].append(best - true)
    for kind, e in estimates.items():
        found[kind].append(e.score - true)
        found[f"{kind} inside"].append(e.low <= true <= e.high)
        found[f"{kind} width"].append(e.high - e.low)


def summary(found):
    """Return medians of errors, as shares of the naive one, and the coverage."""
    naive = float(np.median(found["naive"]))
    line = {"runs": len(found["naive"]), "naive": naive}
    for kind in ("rows", "folds"):
        line[kind] = float(np.median(found[kind]))
        line[f"{kind} share"] = line[kind] / naive if naive else float("nan")
        line[f"{kind} inside"] = float(np.mean(found[f"{kind} inside"]))
        line[f"{kind} width"] = float(np.mean(found[f"{kind} width"]))
    return line


def show(name, line):
    """Print a line of the table."""
    print(
        f"{name:28s} naive {line['naive']:+.4f}"
        + "".join(
            f" | {k} {line[k]:+.4f} ({line[f'{k} share']:+.2f}) inside "
            f"{line[f'{k} inside']:.3f} width {line[f'{k} width']:.3f}"
            for k in ("rows", "folds")
        ),
        flush=True,
    )


def simulate(runs):
    """Return a line for each number of candidates and of rows."""
    table = {}
    rng = np.random.default_rng(7)
    pooled = defaultdict(list)
    for n_candidates in (50, 200, 1000):
        for n in (40, 100, 500):
            found = defaultdict(list)
            for run in range(runs):
                true = rng.beta(*ACCURACIES[run % 3], size=n_candidates)
                values = (rng.random((n_candidates, n)) < true[:, None]).astype(float)
                folds = rng.permutation(np.arange(n) % N_FOLDS)
                winner, best, estimates = both(values, folds)
                add(found, best, true[winner], estimates)
                add(pooled, best, true[winner], estimates)
            name = f"{n_candidates} candidates, {n} rows"
            table[name] = summary(found)
            show(name, table[name])
    table["all"] = summary(pooled)
    show("all", table["all"])
    return table


class Problem:
    """A set, divided into rows to learn from and rows to test on.

    Attributes
    ----------
    losses : ndarray of shape (n_candidates, n)
        Out of fold, a value for each row, greater is better.
    test : ndarray of shape (n_candidates,)
        The mean for candidates fitted on all rows, on the test rows.
    """

    def __init__(self, pool, name, n, seed):
        rng = np.random.default_rng([seed, n, SETS.index(name)])
        with np.load(Path(pool) / f"{name}.npz") as file:
            X, y, task = np.nan_to_num(file["X"].astype(float)), file["y"], file["task"]
        order = rng.permutation(len(y))
        X, y = X[order], y[order]
        X = (X - X[:n].mean(axis=0)) / (X[:n].std(axis=0) + 1e-9)
        self.classify = str(task) != "regression"
        if self.classify:
            Y = np.eye(int(y.max()) + 1)[y]
        else:
            Y = ((y - y[:n].mean()) / y[:n].std())[:, None]
        self.folds = np.arange(n) % N_FOLDS  # the rows are in random order
        self.rng, self.p = rng, X.shape[1]
        inner, outer = X[:n], X[n:]
        self.losses, tests, self.kinds = [], [], []
        plans = [*self.neighbours(), *self.ridges()]
        for columns, fit in plans:
            kinds, told = [], np.empty((0, 0))
            for k in (*range(N_FOLDS), None):
                train = np.arange(n) if k is None else np.flatnonzero(self.folds != k)
                rows = outer if k is None else inner[self.folds == k]
                truth = Y[n:] if k is None else Y[:n][self.folds == k]
                kinds, said = fit(inner[train][:, columns], Y[train], rows[:, columns])
                values = self.value(said, truth)
                if k is None:
                    tests.append(values.mean(axis=1))
                else:
                    told = np.empty((len(values), n)) if not told.size else told
                    told[:, self.folds == k] = values
            self.losses.append(told)
            self.kinds += kinds
        self.losses = np.vstack(self.losses)
        self.test = np.concatenate(tests)

    def value(self, said, truth):
        """Return what each row counts: right or wrong, or minus the absolute error."""
        if self.classify:
            return (said.argmax(axis=2) == truth.argmax(axis=1)).astype(float)
        return -np.abs(said[:, :, 0] - truth[:, 0])

    def columns(self, times):
        """Return random sets of columns, the first one with all of them."""
        yield np.arange(self.p)
        for _ in range(times - 1):
            size = int(self.rng.integers(1, self.p + 1))
            yield self.rng.choice(self.p, size, replace=False)

    def neighbours(self):
        """Yield nearest neighbours: columns, and numbers of neighbours."""
        for columns in self.columns(8):
            ks = np.unique(np.geomspace(1, 60, 20).astype(int))

            def fit(X, Y, rows, ks=ks):
                near = cdist(rows, X, "sqeuclidean").argsort(axis=1)[:, :60]
                sums = Y[near].cumsum(axis=1)
                return ["neighbours"] * len(ks), np.array(
                    [sums[:, k - 1] / k for k in ks]
                )

            yield columns, fit

    def ridges(self):
        """Yield kernel ridge regressions: columns and width, and penalties."""
        for columns in self.columns(8):
            gamma = 10 ** self.rng.uniform(-3, 0.5) / len(columns)

            def fit(X, Y, rows, gamma=gamma):
                values, vectors = np.linalg.eigh(
                    np.exp(-gamma * cdist(X, X, "sqeuclidean"))
                )
                left = np.exp(-gamma * cdist(rows, X, "sqeuclidean")) @ vectors
                mean = Y.mean(axis=0)
                right = vectors.T @ (Y - mean)
                penalties = np.geomspace(1e-5, 1e2, 15)
                return ["ridge"] * 15, np.array(
                    [
                        mean + left @ (right / (np.maximum(values, 0) + a)[:, None])
                        for a in penalties
                    ]
                )

            yield columns, fit


def real(pool, seeds, n):
    """Return a line for each set, and how often incumbents lose on test rows."""
    table, found, counts = {}, defaultdict(lambda: defaultdict(list)), defaultdict(list)
    for seed in range(seeds):
        for name in SETS:
            problem = Problem(pool, name, n, seed)
            chosen = problem.rng.permutation(len(problem.test))[:N_CANDIDATES]
            winner, best, estimates = both(problem.losses[chosen], problem.folds)
            true = problem.test[chosen][winner]
            for key in (name, "all"):
                add(found[key], best, true, estimates)
            overtuning(problem, n, counts)
        print("seed", seed, flush=True)
        if seed % 2:
            show("all", summary(found["all"]))
    for key in sorted(found):
        table[key] = summary(found[key])
        show(key, table[key])
    for key, lines in sorted(counts.items()):
        lost, value, end = map(np.array, zip(*lines, strict=True))
        table[key] = {
            "runs": len(lost),
            "none": float((lost <= 0).mean()),
            "all lost": float((lost >= 1).mean()),
            "mean test score": float(value.mean()),
            "candidates": float(end.mean()),
        }
        print(key, table[key], flush=True)
    return table


def overtuning(problem, n, counts):
    """Note how much incumbents lose on test rows, with and without patience."""
    for kind in ("neighbours", "ridge", "both"):
        own = np.array([kind in (k, "both") for k in problem.kinds])
        order = problem.rng.permutation(np.flatnonzero(own))[:N_CANDIDATES]
        scores = problem.losses[order].mean(axis=1)
        test = problem.test[order]
        stop = stopped(NoImprovement.for_rows(n), scores)
        for rule, end in (("plain", len(order)), ("patience", stop)):
            lost, value = lost_share(scores[:end], test[:end])
            counts[rule].append((lost, value, end))


def stopped(rule, scores):
    """Return after how many candidates a rule stops."""
    for i, score in enumerate(scores):
        best = int(scores[: i + 1].argmax())
        if rule(CandidateRecord(i, {}, score, {}, best, {}, scores[best], i + 1, 0.0)):
            return i + 1
    return len(scores)


def lost_share(scores, test):
    """Return the share of the gain on test rows that was lost, and the last score."""
    incumbents = np.unique([scores[: i + 1].argmax() for i in range(len(scores))])
    path = test[sorted(incumbents)]
    gain = path.max() - path[0]
    lost = path.max() - path[-1]
    if lost <= 0:
        return 0.0, path[-1]
    return (lost / gain if gain > 0 else np.inf), path[-1]


def seconds():
    """Print the time of an estimate of 100 candidates on 10,000 rows, by metric."""
    from sklearn.linear_model import LogisticRegression

    from sksearch import TPESearchCV

    rng = np.random.default_rng(0)
    X = rng.normal(size=(10_000, 3))
    y = (X[:, 0] + rng.normal(size=10_000) > 0).astype(int)
    for scoring in ("accuracy", "roc_auc", "neg_log_loss", "f1", "balanced_accuracy"):
        search = TPESearchCV(
            LogisticRegression(tol=0.1),
            {"C": np.geomspace(1e-4, 1e3, 100).tolist()},
            n_iter=100,
            scoring=scoring,
            return_oof=True,
            refit=False,
            random_state=0,
        ).fit(X, y)
        start, cpu = time.perf_counter(), time.process_time()
        search.estimate_score()
        wall, cpu = time.perf_counter() - start, time.process_time() - cpu
        print(f"{scoring:20s} {wall:.2f} s, {cpu:.2f} s of CPU", flush=True)


def confirmed(runs=30, n=160):
    """Print true and estimated optimism of searches among small trees."""
    from sklearn.datasets import make_classification
    from sklearn.model_selection import StratifiedKFold
    from sklearn.tree import DecisionTreeClassifier

    from sksearch import Float, Int, TPESearchCV

    space = {
        "max_depth": Int(1, 8),
        "min_samples_leaf": Int(1, 20),
        "max_features": Float(0.1, 1.0),
        "random_state": range(10_000),
    }
    words = {"n_informative": 4, "flip_y": 0.1, "class_sep": 0.7}
    for confirm, return_oof in [(k, oof) for k in (10, None) for oof in (True, False)]:
        lines = []
        for seed in range(runs):
            X, y = make_classification(6000, 12, random_state=seed, **words)
            search = TPESearchCV(
                DecisionTreeClassifier(),
                space,
                n_iter=60,
                confirm=confirm,
                initial_points=None,
                cv=StratifiedKFold(5, shuffle=True, random_state=seed),
                random_state=seed,
                return_oof=return_oof,
            ).fit(X[:n], y[:n])
            found, true = search.estimate_score(), search.score(X[n:], y[n:])
            inside = found.low <= true <= found.high
            lines.append((search.best_score_ - true, found.optimism, inside))
        true, said, inside = np.mean(lines, axis=0)
        print(
            f"{confirm=} {return_oof=}: optimism {said:.4f}, true {true:.4f}, "
            f"inside {inside:.2f}",
            flush=True,
        )


def main():
    """Do what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["simulate", "real", "seconds", "confirmed"])
    parser.add_argument("pool", nargs="?")
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--rows", type=int, default=200)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--out", type=Path)
    a = parser.parse_args()
    if a.what == "seconds":
        seconds()
        return
    if a.what == "confirmed":
        confirmed()
        return
    simulated = a.what == "simulate"
    table = simulate(a.runs) if simulated else real(a.pool, a.seeds, a.rows)
    if a.out:
        a.out.write_text(json.dumps(table, indent=1) + "\n")


if __name__ == "__main__":
    main()
