"""Draws the pictures of the gallery: python docs/how_to/gallery/draw.py.

Four searches on real data, and a picture of each kind. The files stand beside this
script; 256 colours keep them small.
"""

import warnings
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import pyplot as plt
from PIL import Image
from sklearn.base import clone
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.svm import SVC

from sksearch import (
    Choice,
    Float,
    HalvingSearchCV,
    Int,
    Option,
    StackingWeights,
    TPESearchCV,
    plots,
)

FOLDER = Path(__file__).parent
DPI = 80


def searches(X, y):
    """Return a conditional search, one on rungs, one that prunes, and a flat one."""
    pipe = Pipeline([("scale", StandardScaler()), ("clf", LogisticRegression())])
    svm = Option(
        SVC(),
        C=Float(1e-3, 1e3, log=True),
        kernel=Choice(["linear", Option("rbf", gamma=Float(1e-4, 1.0, log=True))]),
    )
    forest = Option(
        RandomForestClassifier(random_state=0),
        max_depth=Int(1, 12),
        n_estimators=Int(5, 60, log=True),
        max_features=Float(0.05, 1.0),
    )
    line = Option(LogisticRegression(max_iter=2000), C=Float(1e-4, 1e2, log=True))
    space = {
        "scale": [StandardScaler(), MinMaxScaler(), "passthrough"],
        "clf": Choice({"svm": svm, "forest": forest, "logistic": line}),
    }
    words = {"random_state": 0, "n_jobs": 2}
    conditional = TPESearchCV(
        pipe,
        space,
        n_iter=80,
        cv=5,
        return_train_score=True,
        return_oof=True,
        initial_points=[{"scale": "passthrough", "clf": forest.value}],
        **words,
    )
    halving = HalvingSearchCV(
        RandomForestClassifier(random_state=0),
        {
            "max_depth": Int(1, 12),
            "max_features": Float(0.05, 1.0),
            "min_samples_leaf": Int(1, 30, log=True),
        },
        resource="n_estimators",
        min_resources=5,
        max_resources=135,
        n_candidates=27,
        return_train_score=False,
        cv=3,
        **words,
    )
    pruning = TPESearchCV(
        pipe.set_params(clf=SVC()),
        {
            "clf__C": Float(1e-3, 1e3, log=True),
            "clf__gamma": Float(1e-4, 1.0, log=True),
        },
        n_iter=40,
        cv=10,
        prune_folds=True,
        **words,
    )
    flat = clone(pruning).set_params(cv=5, prune_folds=False)
    return [search.fit(X, y) for search in (conditional, halving, pruning, flat)]


def save(name, display):
    """Write a picture with as few bytes as will do."""
    path = FOLDER / f"{name}.png"
    display.figure_.savefig(path, dpi=DPI)
    plt.close(display.figure_)
    with Image.open(path) as image:
        image.convert("RGB").quantize(256).save(path, optimize=True)


def main():
    """Search, and draw everything."""
    X, y = load_breast_cancer(return_X_y=True)
    X = X[:, :8]  # with all thirty columns, hardly anything is left to be tuned
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # some linear models do not converge
        conditional, halving, pruning, flat = searches(X, y)
        ensemble = StackingWeights.from_search(conditional, top_k=20).fit(X, y)
    of = {
        "history": (plots.OptimizationHistoryDisplay, conditional),
        "importances": (plots.ImportanceDisplay, conditional),
        "slices": (plots.SliceDisplay, conditional),
        "parallel": (plots.ParallelCoordinatesDisplay, conditional),
        "ablation": (plots.AblationDisplay, flat),
        "train_test": (plots.TrainTestDisplay, conditional),
        "contour": (plots.ContourDisplay, flat),
        "race": (plots.FoldRaceDisplay, pruning),
        "rungs": (plots.RungsDisplay, halving),
        "timeline": (plots.TimelineDisplay, halving),
    }
    for name, (kind, search) in of.items():
        save(name, kind.from_search(search))
    save("ensemble", plots.EnsembleDisplay.from_ensemble(ensemble))


if __name__ == "__main__":
    main()
