"""Diagnoses of sound searches of all kinds: no finding that is not true.

The scores are a formula with small noise, so that all findings are known beforehand.
"""

import numpy as np
import pytest
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.model_selection import RepeatedStratifiedKFold, StratifiedKFold

from sksearch import Float, HalvingSearchCV, TPESearchCV

N = 200
X = np.c_[np.arange(N), np.zeros(N)].astype(float)
Y = np.arange(N) % 2
SPACE = {"a": Float(0, 1), "b": Float(0, 1)}


class Hill(ClassifierMixin, BaseEstimator):
    """Its score is a hill over `a` and `b`, with noise; more rows lift it a little."""

    def __init__(self, a=0.5, b=0.5, fails=False, seed=0):
        self.a = a
        self.b = b
        self.fails = fails
        self.seed = seed

    def fit(self, X, y):
        self.classes_ = np.array([0, 1])
        self.n_rows_ = len(X)
        return self

    def predict(self, X):
        return np.zeros(len(X), dtype=int)

    def score(self, X, y):
        own = np.float64([self.a, self.b]).view(np.uint64).tolist()
        rows = np.float64([X[:, 0].sum()]).view(np.uint64).tolist()
        if self.fails and np.random.default_rng([*own, self.seed]).random() < 0.2:
            return np.nan
        level = 0.004 * np.random.default_rng([*rows, self.seed]).normal()
        noise = 0.001 * np.random.default_rng([*own, *rows, self.seed]).normal()
        height = 0.93 - 0.6 * (self.a - 0.4) ** 2 - 0.3 * (self.b - 0.6) ** 2
        return float(height - 0.1 / np.sqrt(self.n_rows_) + level + noise)


def gain(estimator, X, y):
    return estimator.score(X, y)


def loss(estimator, X, y):
    return 1 - estimator.score(X, y)


def tpe(seed, *, fails=False, **words):
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)
    words = {"n_iter": 30, "cv": folds, "random_state": seed, **words}
    return TPESearchCV(Hill(fails=fails, seed=seed), SPACE, **words)


def halving(seed, *, fails=False, **words):
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)
    words = {"n_candidates": 27, "cv": folds, "random_state": seed, **words}
    return HalvingSearchCV(Hill(fails=fails, seed=seed), SPACE, **words)


METRICS = {"scoring": {"gain": gain, "loss": loss}}
THRICE = RepeatedStratifiedKFold(n_splits=5, n_repeats=3, random_state=0)
FEW = {"budget_too_small"}
KINDS = {
    "plain": (tpe, {}, set()),
    "pruned": (tpe, {"prune_folds": True}, set()),
    "failed": (tpe, {"fails": True}, {"failures"}),
    "failed, pruned": (tpe, {"fails": True, "prune_folds": True}, {"failures"}),
    "confirmed": (tpe, {"confirm": 4}, set()),
    "confirmed, pruned": (tpe, {"confirm": 4, "prune_folds": True}, set()),
    "simplest": (tpe, {"refit": "one_standard_error"}, set()),
    "two metrics": (tpe, {"refit": "gain", **METRICS}, set()),
    "two metrics, none refitted": (tpe, {"refit": False, **METRICS}, set()),
    # With so little noise, 30 candidates may still be too few.
    "repeated": (tpe, {"cv": THRICE, "n_iter": 60}, set()),
    "fresh splits": (tpe, {"resplit": True}, set()),
    "predictions": (tpe, {"return_oof": True}, set()),
    "rungs": (halving, {}, set()),
    "brackets": (halving, {"brackets": "hyperband"}, set()),
    "rungs, failed": (halving, {"fails": True}, {"failures"}),
    "one candidate": (tpe, {"n_iter": 1}, FEW),
    "two candidates": (tpe, {"n_iter": 2}, FEW),
    "three, pruned": (tpe, {"n_iter": 3, "prune_folds": True}, FEW),
    "four, confirmed": (tpe, {"n_iter": 4, "confirm": 2}, FEW),
}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # some fits fail
@pytest.mark.parametrize("name", KINDS)
def test_findings_are_those_that_are_true(name):
    make, words, expected = KINDS[name]

    found = [make(seed, **words).fit(X, Y).diagnosis().kinds for seed in range(5)]

    assert [set(kinds) for kinds in found] == [expected] * 5
