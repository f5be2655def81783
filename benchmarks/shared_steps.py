"""Seconds of a search whose candidates share the first steps of their pipelines.

    python benchmarks/shared_steps.py [seeds] [text,slower,unlike,small] [1,2]

The texts are the docstrings of numpy, scipy and scikit-learn; the class is the package.
Each row is one search without sharing, one with ``cache=True`` and one with joblib's
memory in the pipeline, this with the first two seeds only, in turn; the tables of the
first two must be the same to the last bit. With one job the seconds are those of the
processor, with two of the clock. Which numbers of jobs are tried is the last word. What
is in the JSON file is not done again.
"""

from __future__ import annotations

import argparse
import ast
import functools
import json
import tempfile
import time
import warnings
from pathlib import Path

import joblib
import numpy as np
import scipy
import sklearn
from sklearn.datasets import make_classification
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.naive_bayes import ComplementNB
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

from sksearch import Choice, Float, Option, TPESearchCV

N_TEXTS, N_ITER, CV = 300, 10, 3
#: How many seeds tell of joblib's memory, which is beside the question.
N_JOBLIB = 2
STEPS = [("tfidf", TfidfVectorizer(ngram_range=(1, 2))), ("clf", ComplementNB())]
QUICK = {
    "bayes": Option(ComplementNB(), alpha=Float(1e-3, 1, log=True)),
    "svm": Option(LinearSVC(random_state=0), C=Float(0.01, 10, log=True)),
    "sgd": Option(SGDClassifier(random_state=0), alpha=Float(1e-6, 1e-3, log=True)),
}
SLOWER = {
    **QUICK,
    "sgd": Option(LogisticRegression(max_iter=50), C=Float(0.1, 10, log=True)),
}


@functools.lru_cache(maxsize=1)
def docstrings() -> list[tuple[str, int]]:
    """Return all docstrings, with the number of the package that they are from."""
    found = []
    for label, package in enumerate((np, scipy, sklearn)):
        for path in sorted(Path(package.__file__).parent.rglob("*.py")):
            if "tests" in path.parts:
                continue
            tree = ast.parse(path.read_text(encoding="utf-8"))
            nodes = (ast.FunctionDef, ast.ClassDef, ast.Module)
            docs = [
                ast.get_docstring(n) for n in ast.walk(tree) if isinstance(n, nodes)
            ]
            found += [(text, label) for text in docs if text and len(text) > 200]
    return found


def texts(seed: int) -> tuple[list[str], list[int]]:
    """Return some docstrings and their classes."""
    found = docstrings()
    rng = np.random.default_rng(seed)
    chosen = [found[i] for i in rng.permutation(len(found))[:N_TEXTS]]
    return [text for text, _ in chosen], [label for _, label in chosen]


def case(name: str, seed: int) -> tuple:
    """Return a pipeline, a space and data."""
    if name == "small":  # a step that is quicker than all that sharing takes
        X, y = make_classification(300, random_state=seed)
        steps = [("scale", StandardScaler()), ("clf", LogisticRegression())]
        return Pipeline(steps), {"clf__C": Float(0.01, 10, log=True)}, X, y
    space = {"clf": Choice(SLOWER if name == "slower" else QUICK)}
    if name == "unlike":  # no two candidates have the same first step
        space["tfidf__max_df"] = Float(0.5, 1.0)
    return Pipeline(STEPS), space, *texts(seed)


def search(name: str, seed: int, n_jobs: int, how: str) -> tuple[float, list]:
    """Return the seconds of a search, and what its table says."""
    pipeline, space, X, y = case(name, seed)
    with tempfile.TemporaryDirectory() as folder:
        if how == "joblib":
            pipeline.set_params(memory=folder)
        # On a busy machine the time of the processor says more than that of the clock.
        clock = time.process_time if n_jobs == 1 else time.perf_counter
        start = clock()
        found = TPESearchCV(
            pipeline,
            space,
            n_iter=N_ITER,
            cv=CV,
            random_state=seed,
            n_jobs=n_jobs,
            refit=False,
            cache=how == "cache",
        ).fit(X, y)
        seconds = clock() - start
    results = found.cv_results_
    return seconds, [results[f"split{i}_test_score"].tolist() for i in range(CV)]


def main() -> None:
    """Measure, print and write."""
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("seeds", type=int, nargs="?", default=3)
    parser.add_argument("cases", nargs="?", default="text,slower,unlike,small")
    parser.add_argument("jobs", nargs="?", default="1,2")
    options = parser.parse_args()
    n_seeds, names = options.seeds, options.cases.split(",")
    jobs = [int(n) for n in options.jobs.split(",")]
    path = Path(__file__).parent / "results" / "shared_steps.json"
    rows = json.loads(path.read_text()) if path.exists() else []
    for name in names:
        for n_jobs in jobs:
            # Workers are started, and have imported all, before the clock runs.
            joblib.Parallel(n_jobs)(joblib.delayed(case)("small", 0) for _ in range(4))
            known = {
                r["seed"] for r in rows if (r["case"], r["n_jobs"]) == (name, n_jobs)
            }
            for seed in sorted(set(range(n_seeds)) - known):
                ways = ("plain", "cache", "joblib")[: 3 if seed < N_JOBLIB else 2]
                first = seed % len(ways)
                turn = ways[first:] + ways[:first]
                found = {how: search(name, seed, n_jobs, how) for how in turn}
                assert found["plain"][1] == found["cache"][1]
                seconds = {how: round(found[how][0], 3) for how in ways}
                rows.append({"case": name, "n_jobs": n_jobs, "seed": seed, **seconds})
                print(rows[-1], flush=True)
                lines = ",\n".join(map(json.dumps, rows))
                path.write_text(f"[\n{lines}\n]\n")
            mine = [r for r in rows if (r["case"], r["n_jobs"]) == (name, n_jobs)]
            for how in ("cache", "joblib"):
                shares = [r[how] / r["plain"] for r in mine if how in r]
                mean = np.exp(np.mean(np.log(shares)))
                print(
                    f"{name}, n_jobs={n_jobs}, {how}: {mean:.2f} x the seconds, "
                    f"{min(shares):.2f} to {max(shares):.2f}, {len(shares)} seeds"
                )


if __name__ == "__main__":
    main()
