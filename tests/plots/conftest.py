"""Searches whose scores are formulas: quick, and what is drawn is known."""

from __future__ import annotations

import matplotlib as mpl

mpl.use("Agg")

import numpy as np
import pytest
from matplotlib import pyplot as plt
from sklearn.base import BaseEstimator, ClassifierMixin

from sksearch import Choice, Float, HalvingSearchCV, Int, Option, TPESearchCV

X = np.arange(60.0).reshape(-1, 1)
Y = np.arange(60) % 2


class Formula(ClassifierMixin, BaseEstimator):
    """Scores by a formula of its parameters; fails where it is told to."""

    def __init__(self, a=1.0, b=1, kind="x", n_rounds=9, fails_below=0.0):
        self.a = a
        self.b = b
        self.kind = kind
        self.n_rounds = n_rounds
        self.fails_below = fails_below

    def fit(self, X, y):
        if self.a < self.fails_below:
            raise ValueError("a is too small")
        self.classes_ = np.unique(y)
        self.train_ = float(X[0, 0])
        return self

    def predict(self, X):
        return np.zeros(len(X), dtype=int)

    def score(self, X, y):
        height = {"x": 0.0, "y": 0.05, "z": -0.1}[self.kind]
        gain = -0.02 * np.log10(self.a) ** 2 + 0.001 * self.b + height
        noise = 0.01 * np.sin(7 * self.a + X[0, 0])
        gap = 0.05 if float(X[0, 0]) == self.train_ else 0.0
        return 0.8 + gain + noise + gap - 0.3 / self.n_rounds


class Other(Formula):
    """Another estimator, for branches."""


FLAT = {
    "a": Float(1e-3, 1e3, log=True),
    "b": Int(1, 20),
    "kind": ["x", "y", "z"],
}
TREE = Choice(
    {
        "first": Option(Formula(), a=Float(1e-3, 1e3, log=True), kind=["x", "y"]),
        "second": Option(Other(), a=Float(1.0, 2.0), b=Int(1, 20)),
        "third": Formula(kind="z"),
    }
)


def both(estimator, X, y):
    """Return two metrics."""
    score = estimator.score(X, y)
    return {"gain": score, "loss": -(score**2)}


def make_searches():
    words = {"cv": 3, "random_state": 0, "initial_points": "default"}
    failing = Formula(fails_below=1.0)
    return {
        "flat": TPESearchCV(
            Formula(), FLAT, n_iter=40, return_train_score=True, **words
        ),
        "tree": TPESearchCV(TREE, n_iter=40, **words),
        "halving": HalvingSearchCV(
            Formula(),
            {"a": FLAT["a"], "kind": FLAT["kind"]},
            resource="n_rounds",
            n_candidates=27,
            min_resources=1,
            max_resources=9,
            cv=3,
            random_state=0,
        ),
        "failing": TPESearchCV(failing, FLAT, n_iter=30, **words),
        "metrics": TPESearchCV(
            Formula(), FLAT, n_iter=20, scoring=both, refit="loss", **words
        ),
    }


@pytest.fixture(scope="session")
def searches():
    found = {}
    for name, search in make_searches().items():
        with (
            np.errstate(all="ignore"),
            pytest.warns() if name == "failing" else _none(),
        ):
            found[name] = search.fit(X, Y)
    return found


class _none:
    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False


@pytest.fixture(scope="session")
def dead():
    """A search of which every candidate has failed."""
    space = {"a": Float(1e-3, 0.1, log=True), "b": FLAT["b"]}
    search = TPESearchCV(Formula(fails_below=1.0), space, n_iter=12, random_state=0)
    with pytest.raises(ValueError, match="a is too small"):
        search.fit(X, Y)
    return search


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")
