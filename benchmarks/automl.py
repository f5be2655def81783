"""Ready-made models and spaces against FLAML's AutoML, at equal CPU seconds.

    OMP_NUM_THREADS=1 python benchmarks/automl.py run SETS [--seeds 0-9] [--seconds 10]
    python benchmarks/automl.py report

SETS is a folder of ``.npz`` files with X and y, and X_test and y_test, which are added
to them. `ROWS` of the rows are searched on, up to `MOST_TEST` others are what the model
found is scored on: by the area under the ROC curve for two classes, by accuracy for
more, by R² for numbers. Both sides have one thread, the same rows and metric, and as
many seconds. What is in ``results/automl.json`` is not done again. Needs flaml[automl].
"""

import argparse
import json
import time
import warnings
from pathlib import Path

import numpy as np
from scipy.stats import rankdata
from sklearn.metrics import accuracy_score, r2_score, roc_auc_score
from sklearn.model_selection import train_test_split

from sksearch import BayesSearchCV, TPESearchCV, suggest_models

OUT = Path(__file__).parent / "results" / "automl.json"
ROWS, MOST_TEST = 500, 2000
#: Distinct values of a target of numbers.
MANY = 20


def load(path, seed):
    """Return rows to search on, rows to score on, the task and the metric."""
    with np.load(path) as file:
        parts = [("X", "y")] + [("X_test", "y_test")] * ("X_test" in file)
        X = np.concatenate([file[x] for x, _ in parts]).astype(float)
        y = np.concatenate([file[y] for _, y in parts])
    classes = len(np.unique(y))
    task = "regressor" if y.dtype.kind == "f" and classes > MANY else "classifier"
    metric = "r2" if task == "regressor" else "roc_auc" if classes == 2 else "accuracy"
    rows = min(ROWS, len(y) * 2 // 3)
    test = min(MOST_TEST, len(y) - rows)
    stratify = None if task == "regressor" else y
    split = {"train_size": rows, "test_size": test, "random_state": seed}
    return *train_test_split(X, y, stratify=stratify, **split), task, metric


def ours(face, X, y, task, metric, seed, seconds):
    """Search over all models with one of our faces."""
    models = suggest_models(task)
    words = {"n_iter": 10_000, "cv": 5, "prune_folds": True, "timeout": seconds}
    search = face(models, **words, scoring=metric, random_state=seed).fit(X, y)
    return search, len(search.cv_results_["params"])


def flaml(X, y, task, metric, seed, seconds):
    """Search with FLAML's AutoML."""
    from flaml import AutoML

    model = AutoML()
    model.fit(
        X,
        y,
        task="regression" if task == "regressor" else "classification",
        metric=metric,
        time_budget=seconds,
        n_jobs=1,
        seed=seed,
        verbose=0,
    )
    return model, len(model.config_history)


def judge(model, metric, X, y):
    """Return a score; scikit-learn's scorers do not see that AutoML is a classifier."""
    if metric != "roc_auc":
        return METRICS[metric](y, model.predict(X))
    if hasattr(model, "predict_proba"):
        return roc_auc_score(y, model.predict_proba(X)[:, 1])
    return roc_auc_score(y, model.decision_function(X))


METRICS = {"accuracy": accuracy_score, "r2": r2_score}
METHODS = {
    "TPESearchCV": lambda *case: ours(TPESearchCV, *case),
    "BayesSearchCV": lambda *case: ours(BayesSearchCV, *case),
    "FLAML": flaml,
}


def compare(path, name, seed, seconds):
    """Return the test score of what a method finds, and what it took."""
    X, X_test, y, y_test, task, metric = load(path, seed)
    wall, cpu = time.perf_counter(), time.process_time()
    model, n = METHODS[name](X, y, task, metric, seed, seconds)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    score = judge(model, metric, X_test, y_test)
    return {"score": float(score), "cpu": cpu, "wall": wall, "candidates": n}


def run(options):
    """Let all methods take turns, seed by seed."""
    known = json.loads(OUT.read_text()) if OUT.exists() else {}
    first, _, last = options.seeds.partition("-")
    # One search before the clock counts: imports, and what numpy does once.
    paths = sorted(options.sets.glob("*.npz"))
    for name in METHODS:
        compare(paths[0], name, 99, 2)
    for seed in range(int(first), int(last or first) + 1):
        for path in paths:
            for name in METHODS:
                key = f"{name}|{path.stem}|{seed}"
                if key not in known:
                    found = compare(path, name, seed, options.seconds)
                    known[key] = {k: round(v, 5) for k, v in found.items()}
                    OUT.write_text(json.dumps(known, indent=0) + "\n")
                    print(key, known[key], flush=True)


def report(_):
    """Print ranks, scores and what they took."""
    known = {tuple(k.split("|")): v for k, v in json.loads(OUT.read_text()).items()}
    cases = sorted({key[1:] for key in known})
    cases = [c for c in cases if all((name, *c) in known for name in METHODS)]
    sets = sorted({name for name, _ in cases})
    scores = np.array([[known[m, *c]["score"] for m in METHODS] for c in cases])
    ranks = rankdata(-scores, axis=1)
    print(f"{len(cases)} cases, {len(sets)} sets")
    print("| | mean rank | " + " | ".join(sets) + " | CPU s | candidates |")
    print("|---" * (len(sets) + 4) + "|")
    for i, name in enumerate(METHODS):
        means = [
            np.mean([s[i] for s, c in zip(scores, cases, strict=True) if c[0] == one])
            for one in sets
        ]
        took = [known[name, *c] for c in cases]
        print(
            f"| {name} | {ranks[:, i].mean():.2f} | "
            + " | ".join(f"{mean:.4f}" for mean in means)
            + f" | {np.mean([t['cpu'] for t in took]):.1f} "
            f"| {np.mean([t['candidates'] for t in took]):.0f} |"
        )
    last = list(METHODS).index("FLAML")
    for i, name in enumerate(METHODS):
        if i != last:
            gain = scores[:, i] - scores[:, last]
            error = gain.std(ddof=1) / len(gain) ** 0.5
            print(f"{name} - FLAML: {gain.mean():+.4f} ± {error:.4f}")


def main():
    """Run the methods, or print the table of what they found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parts = parser.add_subparsers(required=True)
    searches = parts.add_parser("run")
    searches.add_argument("sets", type=Path)
    searches.add_argument("--seeds", default="0-9")
    searches.add_argument("--seconds", type=float, default=10.0)
    searches.set_defaults(call=run)
    parts.add_parser("report").set_defaults(call=report)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    options.call(options)


if __name__ == "__main__":
    main()
