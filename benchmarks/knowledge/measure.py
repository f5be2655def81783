"""Measure configurations of many learners on a folder of data sets.

    OMP_NUM_THREADS=1 python measure.py SETS RESULTS [--names a,b] [--minutes N]

SETS holds one ``.npz`` per set: ``X`` (NaN where a value is missing), ``y``,
``categorical`` (mask of the columns that hold codes) and ``task`` ("binary",
"multiclass", "regression"). RESULTS is a file of one JSON line for each learner and
set; what stands there is not measured again, so the script goes on where it stopped.

A learner is fitted to at most 200, 400 or 800 rows, which of these changes from set
to set, and scored on at most 700 others; a set of few rows is split twice.
"""

from __future__ import annotations

import argparse
import json
import signal
import time
import warnings
from pathlib import Path

import numpy as np
from learners import AGAIN, FIRST, LEARNERS, SCALERS, SECOND
from sklearn.decomposition import PCA
from sklearn.feature_selection import SelectKBest, f_classif, f_regression
from sklearn.metrics import (
    accuracy_score,
    balanced_accuracy_score,
    log_loss,
    mean_absolute_error,
    r2_score,
    roc_auc_score,
)
from sklearn.model_selection import ShuffleSplit, StratifiedShuffleSplit
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import (
    MinMaxScaler,
    PolynomialFeatures,
    RobustScaler,
    StandardScaler,
)

from sksearch import as_space
from sksearch.samplers._sobol import sobol_rows

ROWS = (200, 400, 800)
MOST_TESTED = 700
FEW = 300  # fewer rows to test on: split twice
MOST_CROSSED = 40  # more columns are not multiplied with each other
SECONDS = 20  # one fit may not take longer
SCALER_CLASSES = {
    "standard": StandardScaler,
    "minmax": MinMaxScaler,
    "robust": RobustScaler,
}
METRICS = {
    True: ("accuracy", "roc_auc", "balanced_accuracy", "neg_log_loss"),
    False: ("r2", "neg_mean_absolute_error"),
}
OWN_STEPS = ("scaler", "reduction", "share", "degree")


def configurations(learner):
    """Return the configurations of a learner; the first are its own settings."""
    space = as_space(learner.space)
    rng = np.random.default_rng(0)
    drawn = [space.decode(row) for row in sobol_rows(space, learner.n, rng)]
    scalers, odds = list(SCALERS), list(SCALERS.values())
    for k, config in enumerate(drawn):
        if learner.space.get("scaler") == scalers:
            config["scaler"] = str(rng.choice(scalers, p=odds))
        if config.get("reduction") == "best" and k % 2:
            config["reduction"] = "none"
        if config.get("reduction") == "pca" and k % 3:
            config["reduction"] = "none"
        if config.get("reduction") == "none":
            config.pop("share", None)
    own = [] if learner.part else [{}]
    if learner.steps and own:
        own = [{"scaler": s, "reduction": "none"} for s in ("standard", "none")]
        own = [{k: v for k, v in o.items() if k in learner.space} for o in own]
    return [{k: plain(v) for k, v in c.items()} for c in [*own, *drawn]]


def plain(value):
    """Return a value with three digits, as the table has it."""
    return float(f"{value:.3g}") if isinstance(value, float) else value


class Set:
    """A data set: categories one-hot, missing numbers at the median, splits."""

    def __init__(self, path, n_rows):
        with np.load(path) as f:
            X, self.y = f["X"].astype(float), f["y"]
            categorical, self.task = f["categorical"], str(f["task"])
        self.name = path.stem
        numbers = X[:, ~categorical]
        median = np.nanmedian(numbers, axis=0)
        columns = [np.where(np.isnan(numbers), median, numbers)]
        for column in X[:, categorical].T:
            codes = np.unique(column[~np.isnan(column)])
            shown = codes[1:] if len(codes) == 2 else codes
            columns.append((column[:, None] == shown).astype(float))
        X = np.concatenate(columns, axis=1)
        self.X = X[:, X.std(axis=0) > 0]
        self.is_classes = self.task != "regression"
        if not self.is_classes:  # what a table says of C or alpha is in units of y
            self.y = (self.y - self.y.mean()) / self.y.std()
        n = len(self.y)
        n_train = min(n_rows, 2 * n // 3)
        n_test = min(MOST_TESTED, n - n_train)
        kind = StratifiedShuffleSplit if self.is_classes else ShuffleSplit
        n_splits = 2 if n_test < FEW else 1
        split = kind(n_splits, train_size=n_train, test_size=n_test, random_state=0)
        self.splits = list(split.split(self.X, self.y))
        self.n_train = n_train


def pipeline(learner, config, data):
    """Return the learner behind its steps."""
    own = {k: v for k, v in config.items() if k not in OWN_STEPS}
    if isinstance(own.get("hidden_layer_sizes"), list):
        own["hidden_layer_sizes"] = tuple(own["hidden_layer_sizes"])
    steps = []
    if config.get("degree", 1) > 1 and data.X.shape[1] > MOST_CROSSED:
        raise ValueError  # thousands of columns
    if config.get("degree", 1) > 1:
        steps.append(PolynomialFeatures(config["degree"], include_bias=False))
    if config.get("scaler", "none") != "none":
        steps.append(SCALER_CLASSES[config["scaler"]]())
    if config.get("reduction", "none") != "none":
        kept = max(1, round(config["share"] * data.X.shape[1]))
        score = f_classif if data.is_classes else f_regression
        steps.append(
            PCA(min(kept, data.n_train - 1), random_state=0)
            if config["reduction"] == "pca"
            else SelectKBest(score, k=kept)
        )
    return make_pipeline(*steps, learner.make(own))


def scores(model, X, y, is_classes):
    """Return the scores of a fitted model, NaN for what it cannot have."""
    predicted = np.ravel(model.predict(X))
    if not is_classes:
        return [r2_score(y, predicted), -mean_absolute_error(y, predicted)]
    found = [
        accuracy_score(y, predicted),
        np.nan,
        balanced_accuracy_score(y, predicted),
    ]
    likely = None
    if hasattr(model, "predict_proba"):
        likely = marks = model.predict_proba(X)
    else:
        marks = model.decision_function(X)
    if marks.ndim == 1:
        marks = np.stack([-marks, marks], axis=1)
    classes = model.classes_
    each = [
        roc_auc_score(y == c, marks[:, j])
        for j, c in enumerate(classes)
        if 0 < np.sum(y == c) < len(y)
    ]
    found[1] = float(np.mean(each))
    loss = np.nan
    if likely is not None:
        loss = -log_loss(y, np.clip(likely, 1e-9, 1.0), labels=classes)
    return [*found, loss]


def expired(*_):
    raise TimeoutError


def measured(learner, config, data):
    """Return the mean scores of one configuration, all NaN where a fit fails."""
    found = []
    signal.setitimer(signal.ITIMER_REAL, SECONDS * len(data.splits))
    try:
        for train, test in data.splits:
            model = pipeline(learner, config, data).fit(data.X[train], data.y[train])
            found.append(scores(model, data.X[test], data.y[test], data.is_classes))
        return [float(f"{v:.6g}") for v in np.mean(found, axis=0)]
    except (TimeoutError, ValueError, FloatingPointError, np.linalg.LinAlgError):
        return [float("nan")] * len(METRICS[data.is_classes])
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def todo(names, only, done):
    """Yield what is not yet measured: learner, name of a set; few learners first."""
    for group in (FIRST, AGAIN, SECOND):
        for name in names:
            for learner in group:
                if (learner.key, name) not in done and learner.key in only:
                    yield learner, name


def measured_before(path):
    """Return which learners were measured on which sets."""
    if not path.exists():
        return set()
    lines = map(json.loads, path.read_text().splitlines())
    return {(line["learner"], line["set"]) for line in lines}


def fits(learner, data):
    """Tell whether a learner is for this kind of target."""
    if learner.is_classifier != data.is_classes:
        return False
    return not data.is_classes or len(np.unique(data.y)) <= learner.most_classes


def main():
    """Measure what is not yet measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", type=Path)
    parser.add_argument("results", type=Path)
    parser.add_argument("--names", default="", help="comma-separated; only these sets")
    parser.add_argument("--learners", default="", help="comma-separated; only these")
    parser.add_argument("--minutes", type=float, default=1e9)
    a = parser.parse_args()
    signal.signal(signal.SIGALRM, expired)
    warnings.simplefilter("ignore")
    paths = sorted(a.sets.glob("*.npz"))
    rows = {p.stem: ROWS[i % len(ROWS)] for i, p in enumerate(paths)}
    names = a.names.split(",") if a.names else list(rows)
    only = a.learners.split(",") if a.learners else list(LEARNERS)
    start, of_sets = time.monotonic(), {}
    for learner, name in todo(names, only, measured_before(a.results)):
        if time.monotonic() - start > 60 * a.minutes:
            return
        if name not in of_sets:
            of_sets[name] = Set(a.sets / f"{name}.npz", rows[name])
        if not fits(learner, of_sets[name]):
            continue
        began = time.process_time()
        found = [measured(learner, c, of_sets[name]) for c in configurations(learner)]
        line = {
            "learner": learner.key,
            "set": name,
            "scores": found,
            "seconds": round(time.process_time() - began, 2),
        }
        with a.results.open("a") as file:
            file.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
