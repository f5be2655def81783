"""Tests of whole diagnoses: healthy searches on real data, and planted faults."""

import numpy as np
import pytest
from diagnosis_tables import fold_scores, outcome_of
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.datasets import (
    load_breast_cancer,
    load_diabetes,
    load_digits,
    load_wine,
)
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, SVR
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from sksearch import (
    BayesSearchCV,
    Choice,
    Float,
    HalvingSearchCV,
    Int,
    Option,
    TPESearchCV,
)
from sksearch.reports import Diagnosis, diagnose

CANCER = load_breast_cancer(return_X_y=True)
DIABETES = load_diabetes(return_X_y=True)
WINE = load_wine(return_X_y=True)
DIGITS = tuple(part[:700] for part in load_digits(return_X_y=True))
TREE = DecisionTreeClassifier(random_state=0)
KERNEL = {"C": Float(1e-2, 1e4, log=True), "gamma": Float(1e-6, 1.0, log=True)}


def scaled(model):
    return Pipeline([("scale", StandardScaler()), ("m", model)])


def coins(seed, n=120):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, 8)), rng.integers(0, 2, n)


def healthy():
    """Return searches with which nothing is wrong: ranges, rows, budgets suffice."""
    C = Float(1e-4, 1e4, log=True)
    logistic = LogisticRegression(max_iter=500)
    kernel = {"m__C": Float(0.1, 1e4, log=True), "m__gamma": Float(1e-5, 1, log=True)}
    neighbours = {"m__n_neighbors": Int(1, 80), "m__p": [1, 2]}
    loss = {"n_iter": 30, "scoring": "neg_log_loss"}
    types = {
        "svm": Option(SVC(), C=Float(1e-2, 1e3, log=True)),
        "tree": Option(TREE, max_depth=Int(1, 12), min_samples_leaf=Int(1, 40)),
        "logistic": Option(logistic, C=Float(1e-4, 1e3, log=True)),
    }
    return [
        (CANCER, TPESearchCV(scaled(logistic), {"m__C": C}, n_iter=25)),
        (DIGITS, TPESearchCV(SVC(), KERNEL, n_iter=40)),
        (DIABETES, BayesSearchCV(scaled(SVR()), kernel, n_iter=30)),
        (WINE, TPESearchCV(scaled(KNeighborsClassifier()), neighbours, **loss)),
        (CANCER, TPESearchCV(scaled(SVC()), {"m": Choice(types)}, n_iter=50)),
        (DIGITS, HalvingSearchCV(SVC(), KERNEL)),
        (DIGITS, TPESearchCV(SVC(), KERNEL, n_iter=40, prune_folds=True)),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("case", range(7))
def test_nothing_is_found_in_healthy_searches(case):
    (X, y), search = healthy()[case]
    kind, seed = KFold if y is DIABETES[1] else StratifiedKFold, case % 3
    cv = kind(5, shuffle=True, random_state=seed)
    search.set_params(cv=cv, random_state=seed, return_train_score=True)

    assert search.fit(X, y).diagnosis().kinds == []


class Late(ClassifierMixin, BaseEstimator):
    """Its score is its `level`; with few rows it is noise."""

    def __init__(self, level=0.5):
        self.level = level

    def fit(self, X, y):
        self.classes_ = np.unique(y)
        self.few_ = len(X) < 60
        return self

    def predict(self, X):
        return np.repeat(self.classes_[:1], len(X))

    def score(self, X, y):
        if not self.few_:
            return self.level
        bits = np.float64([self.level, X.sum()]).view(np.uint64)
        return float(np.random.default_rng(bits).normal(0.7, 0.1))


def no_score(estimator, X, y):
    """A metric with a mistake."""
    raise ValueError


def planted(seed):
    """Yield what is wrong with a search, data, and the search."""
    words = {"random_state": seed, "cv": 5}
    train = {**words, "return_train_score": True}
    seeds = {"random_state": range(1000)}
    any_tree = DecisionTreeClassifier(splitter="random", max_features=1)
    space = {"max_depth": Int(8, 30)}
    regressor = DecisionTreeRegressor(random_state=0)
    yield "overfitted", DIABETES, TPESearchCV(regressor, space, n_iter=15, **train)
    space = {"max_depth": Int(1, 3), "min_samples_leaf": Int(1, 20)}
    yield "too_simple", DIGITS, TPESearchCV(TREE, space, n_iter=20, **train)
    space = {"alpha": Float(1, 1e3, log=True)}
    yield "edge", DIABETES, TPESearchCV(Ridge(), space, n_iter=20, **words)
    yield "within_noise", coins(seed), TPESearchCV(any_tree, seeds, n_iter=30, **words)
    yield "optimism", coins(seed), TPESearchCV(any_tree, seeds, n_iter=100, **words)
    space = {"C": Float(1e-2, 1e2, log=True), "gamma": Float(1e-3, 1, log=True)}
    yield "no_skill", coins(seed), TPESearchCV(SVC(), space, n_iter=30, **words)
    eight = Choice(
        {
            f"tree{i}": Option(
                DecisionTreeClassifier(random_state=i),
                max_depth=Int(1, 9),
                min_samples_leaf=Int(1, 9),
            )
            for i in range(8)
        }
    )
    yield "no_chance", CANCER, TPESearchCV(eight, n_iter=12, **words)
    space = {**KERNEL, "degree": Int(2, 5), "coef0": Float(-1.0, 1.0)}
    yield "budget_too_small", DIGITS, TPESearchCV(SVC(), space, n_iter=6, **words)
    space = {"max_depth": [1, 2, 3], "min_samples_leaf": [1, 2, 3]}
    yield "budget_too_large", WINE, TPESearchCV(TREE, space, n_iter=60, **words)
    order = np.argsort(DIABETES[1])
    ordered = DIABETES[0][order], DIABETES[1][order]
    space = {"alpha": Float(1e-3, 1e2, log=True)}
    yield "folds_disagree", ordered, TPESearchCV(Ridge(), space, n_iter=15, **words)
    metrics = {"scoring": {"a": "accuracy", "l": no_score}, "refit": "a"}
    space = {"C": Float(1, 100, log=True)}
    yield (
        "metric_never_computed",
        CANCER,
        TPESearchCV(SVC(), space, n_iter=8, **metrics, **words),
    )
    space = {
        "logisticregression__solver": ["lbfgs", "liblinear"],
        "logisticregression__C": Float(1e-3, 10, log=True),
        "logisticregression__penalty": ["l1", "l2"],
    }
    logistic = make_pipeline(StandardScaler(), LogisticRegression())
    yield "failures", CANCER, TPESearchCV(logistic, space, n_iter=25, **words)
    constant = DummyClassifier()
    yield "same_score", CANCER, TPESearchCV(constant, seeds, n_iter=12, **words)
    words = {**words, "min_resources": 40, "n_candidates": 27}
    space = {"level": Float(0.6, 0.9)}
    yield "pruned_too_eagerly", CANCER, HalvingSearchCV(Late(), space, **words)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.filterwarnings("ignore")
def test_each_planted_fault_is_named():
    found = {}
    for kind, data, search in planted(0):
        found[kind] = search.fit(*data).diagnosis().kinds

    assert len(found) == 14

    assert [kind for kind, kinds in found.items() if kind not in kinds] == []


def test_no_rows():
    found = diagnose({"params": []}, None)

    assert found == Diagnosis()

    assert found.unchecked == ("anything: no candidate is finished.",)


def test_what_could_not_be_looked_at():
    outcome = outcome_of(fold_scores([0.5, 0.9]), background={"ranges": None})
    found = diagnose(outcome.table, outcome.facts)

    assert [why.partition(":")[0] for why in found.unchecked] == [
        "too simple or overfitted",
        "values on the edge",
        "noise and optimism",
    ]


@pytest.mark.parametrize("n_folds", [1, 2])
@pytest.mark.parametrize("n", [1, 2, 30])
def test_few_folds_and_few_candidates(n, n_folds):
    scores = np.linspace(0.6, 0.9, n)[:, None] + np.zeros(n_folds)
    outcome = outcome_of(scores, train=scores)

    def no_estimate():
        raise ValueError

    found = diagnose(outcome.table, outcome.facts, no_estimate)
    assert not {"within_noise", "optimism", "folds_disagree"} & set(found.kinds)


def test_noise_has_no_edges():
    """Which value is the best is chance, too."""
    rng = np.random.default_rng(0)
    scores = 0.7 + rng.normal(0, 0.05, (30, 5))
    found = diagnose(*vars(outcome_of(scores)).values()).kinds

    assert "within_noise" in found

    assert "edge" not in found
