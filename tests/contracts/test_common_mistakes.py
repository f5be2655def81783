"""Mistakes of newcomers: each is named before any fit, with the line to write."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest
from other_libraries import (
    LikeConfigSpace,
    LikeHyperopt,
    LikeOptuna,
    LikeTune,
    random_variable,
)
from scipy.stats import loguniform, uniform
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import GroupKFold, train_test_split
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, SVR, LinearSVC
from stand_ins import data

from sksearch import (
    BayesSearchCV,
    Categorical,
    Choice,
    Float,
    HalvingSearchCV,
    Int,
    Option,
    StackingWeights,
    TPESearchCV,
    search_space_summary,
    suggest_models,
)
from sksearch.callbacks import NoImprovement
from sksearch.exceptions import JournalError, SksearchWarning, SpaceExhaustedWarning

X, Y = data()
THREE = np.arange(len(Y)) % 3
HOLE = np.where(np.arange(X.size).reshape(X.shape) == 4, np.nan, X)
WORDS = pd.DataFrame({"colour": ["red", "blue"] * 20, "size": X[:, 0]})
GRID = {"C": [0.1, 1, 10]}
PIPE = Pipeline([("scale", StandardScaler()), ("clf", LogisticRegression())])
FOREST = RandomForestClassifier(n_estimators=2)
PIPE_OF_FOREST = Pipeline([("clf", RandomForestClassifier())])
FITTED = TPESearchCV(SVC(), GRID)
FITTED.best_params_ = {}  # as after a fit
OPTUNA, HP, TUNE, CS = LikeOptuna(), LikeHyperopt(), LikeTune(), LikeConfigSpace()


def tell(record):
    """A callback."""


class Mistake(NamedTuple):
    """A search that cannot be meant, and what its message has to hold.

    Parameters
    ----------
    estimator, space : object
        What is tuned, and the space.
    says : tuple of str
        What the parameter is called, what came, the line to write.
    words : dict, default={}
        Parameters of the search.
    fit : dict, default={}
        What ``fit`` is given besides; ``X`` and ``y`` in place of the usual data.
    face : type, default=TPESearchCV
        The search.
    """

    estimator: Any
    space: Any
    says: tuple[str, ...]
    words: Mapping[str, Any] = MappingProxyType({})
    fit: Mapping[str, Any] = MappingProxyType({})
    face: Any = TPESearchCV


def below(**space):
    return Choice([Option(SVC(), **space)])


SEARCHES = {
    # names
    "a letter": Mistake(SVC(), {"gama": [1]}, ("'gama'", "'gamma'")),
    "no prefix": Mistake(PIPE, {"C": [1]}, ("'C'", "'clf__C'")),
    "one underscore": Mistake(PIPE, {"clf_C": [1]}, ("'clf_C'", "'clf__C'")),
    "prefix in an Option": Mistake(
        PIPE, {"clf": below(clf__C=[1])}, ("'clf__clf__C'", "option 'SVC'", "'clf__C'")
    ),
    "beside a Choice": Mistake(
        PIPE,
        {"clf": Choice([SVC(), FOREST]), "clf__C": [1]},
        ("'clf__C'", "RandomForestClassifier", "Choice([Option(SVC(), C=[1]), ...])"),
    ),
    # values
    "string": Mistake(SVC(), {"kernel": "rbf"}, ("'kernel'", "'rbf'", "['rbf']")),
    "number": Mistake(SVC(), {"C": 1}, ("'C'", "got 1 of type int", "Write [1].")),
    "new Uniform": Mistake(
        SVC(),
        {"C": random_variable("Uniform", 0.1, 9.0)},
        ("'C'", "random variables with sample() are not", "Write Float(0.1, 9.0)."),
    ),
    "new Normal": Mistake(
        SVC(),
        {"C": random_variable("Normal", 3.0, 2.0)},
        ("'C'", "random variables with sample() are not", "Write norm(3.0, 2.0)."),
    ),
    "set": Mistake(SVC(), {"C": {1, 2}}, ("'C'", "type set", "Write [1, 2].")),
    "prior": Mistake(
        SVC(),
        {"C": (0.1, 9, "log-uniform")},
        ("'C'", "(0.1, 9, 'log-uniform')", "Write Float(0.1, 9.0, log=True)"),
    ),
    "range in a list": Mistake(
        FOREST,
        {"max_depth": [None, Int(2, 8)]},
        ("'max_depth'", "Int(2, 8)", "Write Choice([None, Int(2, 8)])"),
    ),
    "ranges in a tuple": Mistake(
        FOREST,
        {"max_depth": (Int(1, 9), Int(1, 9))},
        ("'max_depth'", "Int(1, 9)", "lambda trial: {'max_depth': (trial.suggest_int("),
    ),
    "distribution in a list": Mistake(
        SVC(),
        {"C": [loguniform(1, 2), 5]},
        ("'C'", "loguniform(1, 2)", "Write Choice([loguniform(1, 2), 5])"),
    ),
    "Option in a list": Mistake(
        PIPE,
        {"clf": [Option(SVC(), C=[1])]},
        ("'clf'", "Option(SVC(), C=[1])", "Write Choice([Option(SVC(), C=[1])])"),
    ),
    "Option alone": Mistake(
        PIPE,
        {"clf": Option(SVC(), C=[1])},
        ("'clf'", "Option(SVC(), C=[1])", "Write Choice([Option(SVC(), C=[1])])"),
    ),
    "pair in a Choice": Mistake(
        PIPE,
        {"clf": Choice([(SVC(), {"C": [1]})])},
        ("'clf'", "(SVC(), {'C': [1]})", "Write Choice([Option(SVC(), C=[1]), ...])"),
    ),
    "class in a Choice": Mistake(
        PIPE, {"clf": Choice([SVC])}, ("'clf'", "class SVC", "Write SVC().")
    ),
    "classes in a list": Mistake(
        PIPE, {"clf": [SVC, FOREST]}, ("'clf'", "class SVC", "Write SVC().")
    ),
    # spaces
    "no space": Mistake(
        SVC(), None, ("'param_distributions'", "missing", "param_distributions='auto'")
    ),
    "list of pairs": Mistake(
        SVC(), [("C", [1, 2])], ("[('C', [1, 2])]", "Write {'C': [1, 2]}.")
    ),
    "score of a function": Mistake(
        SVC(),
        lambda trial: trial.suggest_float("C", 1, 2) * 2,
        ("must return a dict", "of type float", "Write: return {'C': C}"),
    ),
    # other libraries
    "Optuna": Mistake(
        SVC(),
        {"C": [OPTUNA.FloatDistribution(1, 2), 5]},
        ("'C'", "FloatDistribution(...)", "Write Choice([FloatDistribution(...), 5])"),
    ),
    "hyperopt": Mistake(
        SVC(), {"C": HP.qnormal("C", 0, 1, 1)}, ("'C'", "hp.qnormal", "Write Float(")
    ),
    "Ray": Mistake(
        SVC(),
        {"C": TUNE.qloguniform(0.1, 1, 0.1)},
        ("'C'", "Float(...) of Ray", "Write Float(0.1, 1.0, log=True)"),
    ),
    "ConfigSpace": Mistake(
        SVC(),
        {"degree": CS.NormalIntegerHyperparameter("degree", 2, 5, mu=3, sigma=1)},
        ("'degree'", "NormalIntegerHyperparameter(...)", "Write Int(2, 5)"),
    ),
    # scoring, refit, cv
    "metric typo": Mistake(
        SVC(), GRID, ("'scoring'", "'acuracy'", "'accuracy'"), {"scoring": "acuracy"}
    ),
    "rmse": Mistake(
        SVR(),
        GRID,
        ("'scoring'", "'rmse'", "Write 'neg_root_mean_squared_error'"),
        {"scoring": "rmse"},
    ),
    "mse": Mistake(
        SVR(),
        GRID,
        ("'scoring'", "'mse'", "Write 'neg_mean_squared_error'"),
        {"scoring": "mse"},
    ),
    "a metric": Mistake(
        SVC(),
        GRID,
        ("scoring=accuracy_score", "Write scoring='accuracy'"),
        {"scoring": accuracy_score},
    ),
    "f1": Mistake(
        SVC(),
        GRID,
        ("scoring='f1'", "3 classes", "write scoring='f1_macro'"),
        {"scoring": "f1"},
        {"y": THREE},
    ),
    "roc_auc": Mistake(
        SVC(),
        GRID,
        ("scoring='roc_auc'", "3 classes", "write scoring='roc_auc_ovo'"),
        {"scoring": "roc_auc"},
        {"y": THREE},
    ),
    "neg_log_loss": Mistake(
        LinearSVC(),
        GRID,
        ("scoring='neg_log_loss'", "Write CalibratedClassifierCV(LinearSVC()"),
        {"scoring": "neg_log_loss"},
    ),
    "refit": Mistake(
        SVC(),
        GRID,
        ("refit", "'f1' was passed", "'accuracy', 'f1_macro'", "refit='f1_macro'"),
        {"scoring": ["accuracy", "f1_macro"], "refit": "f1"},
    ),
    "cv=1": Mistake(
        SVC(), GRID, ("'cv'", "got 1", "cv=ShuffleSplit(n_splits=1"), {"cv": 1}
    ),
    "cv by name": Mistake(
        SVC(),
        GRID,
        ("'cv'", "'stratified'", "Write cv=StratifiedKFold(5)"),
        {"cv": "stratified"},
    ),
    # data
    "y with holes": Mistake(
        SVR(),
        GRID,
        ("y is nan", "1 of its rows (3)", "search.fit(X[keep], y[keep])"),
        {},
        {"y": np.where(np.arange(len(Y)) == 3, np.nan, Y)},
    ),
    "X with holes": Mistake(
        SVC(),
        GRID,
        ("X has NaN", "(1)", "SVC takes none", "make_pipeline(SimpleImputer(), SVC())"),
        {},
        {"X": HOLE},
    ),
    "words": Mistake(
        PIPE,
        {"clf__C": [0.1, 1, 10]},
        ("X has words", "('colour')", "StandardScaler", "OneHotEncoder("),
        {},
        {"X": WORDS},
    ),
    "X and y": Mistake(
        SVC(), GRID, ("X must have", "(40,)", "search.fit(X, y)"), {}, {"X": Y, "y": X}
    ),
    "no y": Mistake(
        SVC(), GRID, ("y is missing", "Write search.fit(X, y)"), {}, {"y": None}
    ),
    # parameters
    "class": Mistake(SVC, GRID, ("'estimator'", "class SVC", "Write SVC().")),
    "no number": Mistake(
        SVC(), GRID, ("'n_iter'", "got None", "write n_iter=100_000"), {"n_iter": None}
    ),
    "one point": Mistake(
        SVC(),
        GRID,
        ("'initial_points'", "{'C': 1}", "Write initial_points=[{'C': 1}]."),
        {"initial_points": {"C": 1}},
    ),
    "table of points": Mistake(
        SVC(),
        GRID,
        ("'initial_points'", "DataFrame", "Write initial_points=table.to_dict('reco"),
        {"initial_points": pd.DataFrame({"C": [1.0, 2.0]})},
    ),
    "a database": Mistake(
        SVC(),
        GRID,
        ("'storage'", "'sqlite://...'", "Write storage='x.jsonl'."),
        {"storage": "sqlite:///x.db"},
    ),
    "no folder": Mistake(
        SVC(),
        GRID,
        ("storage=", "'no/such/x'", "os.makedirs('no/such')", "storage='x'"),
        {"storage": "no/such/x"},
    ),
    "early stopping": Mistake(
        SVC(),
        GRID,
        ("'early_stopping'", "SVC", "Write early_stopping=None."),
        {"early_stopping": True},
    ),
    "setting of a sampler": Mistake(
        SVC(),
        GRID,
        ("'sampler_params'", "'n_initial_points'", "Write 'n_startup'."),
        {"sampler_params": {"n_initial_points": 3}},
    ),
    "callback of fit": Mistake(
        SVC(),
        GRID,
        ("'callback'", "must be callable, got 'tell'"),
        {},
        {"callback": "tell"},
    ),
    "number of fit": Mistake(
        SVC(),
        GRID,
        ("'n_trials'", "SVC.fit does not", "write TPESearchCV(..., n_iter=5)"),
        {},
        {"n_trials": 5},
    ),
    "n_points": Mistake(
        SVC(),
        GRID,
        ("'n_points'", "SVC.fit does not", "write TPESearchCV(..., window=2)"),
        {},
        {"n_points": 2},
    ),
    "max_evals": Mistake(
        SVC(),
        GRID,
        ("'max_evals'", "max_evals=9", "Write n_iter=9."),
        {"max_evals": 9},
    ),
    # values that the estimator refuses
    "numbers in quotes": Mistake(
        SVC(), {"C": ["0.1", "1"]}, ("'C'", "['0.1', '1']", "a float", "Write [0.1, 1]")
    ),
    "an old name": Mistake(
        RandomForestRegressor(),
        {"criterion": ["mse", "mae"]},
        ("'criterion'", "['mse', 'mae']", "Write ['squared_error', 'absolute_error']."),
    ),
    "real for whole": Mistake(
        FOREST,
        {"max_depth": Float(2, 9)},
        ("'max_depth'", "Float(2.0, 9.0)", "an int", "Write Int(2, 9)."),
    ),
    "uniform for whole": Mistake(
        PIPE_OF_FOREST,
        {"clf__n_estimators": uniform(10, 90)},
        ("'clf__n_estimators'", "an int in the range [1, inf)", "Write Int(10, 100)."),
    ),
    "spaces below labels": Mistake(
        SVC(),
        {"kernel": Choice({"rbf": {"gamma": [1]}, "linear": {}})},
        ("'kernel'", "Write Choice([Option('rbf', gamma=[1]), 'linear'])."),
    ),
    # other shapes of values
    "bounds in a dict": Mistake(
        SVC(), {"C": {"min": 0.1, "max": 10}}, ("'C'", "dict", "Write Float(0.1, 10).")
    ),
    "a space in a dict": Mistake(
        SVC(), {"svm": {"C": [1]}}, ("'svm'", "Choice([Option(value, C=[1]), ...])")
    ),
    "a dict as a value": Mistake(
        SVC(),
        {"class_weight": {0: 1, 1: 2}},
        ("'class_weight'", "{0: 1, 1: 2}", "Write [{0: 1, 1: 2}]."),
    ),
    "a table": Mistake(
        SVC(), {"C": np.ones((2, 2))}, ("'C'", "(2, 2)", "Write values.ravel()")
    ),
    "powers of ten": Mistake(
        SVC(), {"C": loguniform(-3, 3)}, ("'C'", "write loguniform(1e-3, 1e3).")
    ),
    "the wrong way round": Mistake(
        SVC(), {"C": loguniform(10, 1)}, ("'C'", "Write loguniform(1, 10).")
    ),
    "a small letter": Mistake(SVC(), {"c": [1]}, ("'c'", "Did you mean 'C'?")),
    # parameters of the wrong type
    "zero trials": Mistake(
        SVC(), GRID, ("'n_iter'", "Got 0", "Write n_iter=50."), {"n_iter": 0}
    ),
    "1e3 trials": Mistake(
        SVC(), GRID, ("'n_iter'", "1000.0", "Write n_iter=1000."), {"n_iter": 1e3}
    ),
    "quotes": Mistake(
        SVC(), GRID, ("'n_jobs'", "'2'", "Write n_jobs=2."), {"n_jobs": "2"}
    ),
    "all processors": Mistake(
        SVC(), GRID, ("'n_jobs'", "'all'", "Write n_jobs=-1."), {"n_jobs": "all"}
    ),
    "no processor": Mistake(
        SVC(), GRID, ("'n_jobs'", "got 0", "Write n_jobs=1"), {"n_jobs": 0}
    ),
    "an hour": Mistake(
        SVC(), GRID, ("'timeout'", "'1h'", "Write timeout=3600."), {"timeout": "1h"}
    ),
    "several seeds": Mistake(
        SVC(),
        GRID,
        ("'random_state'", "[1, 2]", "Write random_state=1."),
        {"random_state": [1, 2]},
    ),
    "yes": Mistake(
        SVC(),
        GRID,
        ("'prune_folds'", "'yes'", "Write prune_folds=True."),
        {"prune_folds": "yes"},
    ),
    "no refit": Mistake(
        SVC(), GRID, ("'refit'", "None", "Write refit=False."), {"refit": None}
    ),
    "no folds": Mistake(SVC(), GRID, ("'cv'", "Got 0", "Write cv=5."), {"cv": 0}),
    "a split for cv": Mistake(
        SVC(),
        GRID,
        ("'cv'", "Write cv=[(train_rows, test_rows), ...]"),
        {"cv": train_test_split(X, Y)},
    ),
    "a class as a callback": Mistake(
        SVC(),
        GRID,
        ("'callbacks'", "class NoImprovement", "Write NoImprovement(...)."),
        {"callbacks": [NoImprovement]},
    ),
    "a name as the estimator": Mistake(
        "SVC", GRID, ("'estimator'", "'SVC'", "'Choice'", "Write SVC().")
    ),
    "several estimators": Mistake(
        [SVC(), FOREST], GRID, ("'estimator'", "Write Choice([SVC(), RandomForest")
    ),
    "the space first": Mistake(
        GRID, SVC(), ("'estimator'", "Write TPESearchCV(estimator, {'C': [0.1, 1, 10]}")
    ),
    # rows and metrics
    "the name of a column": Mistake(
        SVC(),
        GRID,
        ("y is 'y'", "search.fit(X.drop(columns='y'), X['y'])"),
        {},
        {"X": pd.DataFrame({"a": X[:, 0], "y": Y}), "y": "y"},
    ),
    "one-hot": Mistake(
        SVC(),
        GRID,
        ("y has shape (40, 2)", "SVC takes one value", "Write y.argmax(axis=1)"),
        {},
        {"y": np.eye(2)[Y]},
    ),
    "two targets": Mistake(
        SVR(),
        GRID,
        ("y has shape (40, 2)", "MultiOutputRegressor(SVR())"),
        {},
        {"y": X[:, :2]},
    ),
    "groups of other rows": Mistake(
        SVC(),
        GRID,
        ("groups has 9 entries", "X has 40 rows", "groups=groups[keep]"),
        {"cv": GroupKFold(2)},
        {"groups": np.arange(9)},
    ),
    "classes for numbers": Mistake(
        SVR(),
        GRID,
        ("scoring='accuracy'", "metric of classes", "Write scoring='r2'"),
        {"scoring": "accuracy"},
        {"y": X[:, 0]},
    ),
    "numbers for words": Mistake(
        SVC(),
        GRID,
        ("scoring='r2'", "metric of numbers", "Write scoring='accuracy'"),
        {"scoring": "r2"},
        {"y": np.array(["no", "yes"])[Y]},
    ),
    "a resource": Mistake(
        SVC(),
        GRID,
        ("resource=n_sample", "Did you mean 'n_samples'?"),
        {"resource": "n_sample"},
        face=HalvingSearchCV,
    ),
    "the label of an option": Mistake(
        Choice({"svm": SVC(), "forest": FOREST}),
        {"svm__C": [1]},
        ("'svm__C'", "Write Choice({'svm': Option(SVC(), C=[1]), ...})."),
    ),
    "bare, of an option": Mistake(
        PIPE,
        {"clf": Choice({"svm": SVC(), "forest": FOREST}), "max_depth": [1]},
        ("'max_depth'", "Choice({'forest': Option(RandomForest", "max_depth=[1])"),
    ),
    "a list in the estimator": Mistake(
        SVC(C=[1, 2]), None, ("'C' holds a list", "write Categorical([1, 2])")
    ),
    "steps without names": Mistake(
        Pipeline([StandardScaler(), SVC()]),
        {"svc__C": [1]},
        ("'estimator'", "Write make_pipeline(StandardScaler(), SVC())"),
    ),
    "a list as a step": Mistake(
        make_pipeline([StandardScaler(), SVC()]),
        {"svc__C": [1]},
        ("'estimator'", "a list", "Write make_pipeline(StandardScaler(), SVC())"),
    ),
    "one name twice": Mistake(
        Pipeline([("a", StandardScaler()), ("a", SVC())]),
        {"a__C": [1]},
        ("two steps with one name", "make_pipeline(StandardScaler(), SVC())"),
    ),
    "nothing to resume": Mistake(
        SVC(), GRID, ("resume=True", "storage='search.jsonl'"), {"resume": True}
    ),
    "a number as the metric": Mistake(
        SVC(), GRID, ("'scoring'", "a known name", "scoring='accuracy'"), {"scoring": 5}
    ),
    "f1score": Mistake(
        SVC(), GRID, ("'scoring'", "'f1score'", "Write 'f1'."), {"scoring": "f1score"}
    ),
    "a data set": Mistake(
        SVC(),
        GRID,
        ("X is a whole data set", "search.fit(data['data'], data['target'])"),
        {},
        {"X": {"data": X, "target": Y}, "y": None},
    ),
    "a dict of columns": Mistake(
        SVC(),
        GRID,
        ("[2, 40]", "X is a dict. Write search.fit(pd.DataFrame(X), y)."),
        {},
        {"X": {"a": X[:, 0], "b": X[:, 1]}},
    ),
    # halving
    "n_iter": Mistake(
        SVC(),
        GRID,
        ("'n_iter'", "n_iter=4", "Write n_candidates=4."),
        {"n_iter": 4},
        face=HalvingSearchCV,
    ),
    "epochs": Mistake(
        SVC(),
        GRID,
        ("resource=epochs", "SVC", "Write resource='n_samples'"),
        {"resource": "epochs"},
        face=HalvingSearchCV,
    ),
    "no maximum": Mistake(
        FOREST,
        {"max_depth": [1, 2, 3]},
        ("resource", "max_resources='auto'", "Write max_resources=100"),
        {"resource": "n_estimators"},
        face=HalvingSearchCV,
    ),
    "searched resource": Mistake(
        FOREST,
        {"n_estimators": [1, 2, 3]},
        ("n_estimators", "searched parameters", "Leave it out of the space"),
        {"resource": "n_estimators", "max_resources": 9},
        face=HalvingSearchCV,
    ),
}


@pytest.fixture
def fits(monkeypatch):
    """Count the fits of scikit-learn's estimators, which stay its own."""
    found = []
    for kind in (SVC, SVR, RandomForestClassifier, LogisticRegression):

        def fit(self, *args, _fit=kind.fit, **words):
            found.append(self)
            return _fit(self, *args, **words)

        fit.__wrapped__ = kind.fit  # with its signature
        monkeypatch.setattr(kind, "fit", fit)
    return found


@pytest.mark.parametrize("mistake", SEARCHES.values(), ids=SEARCHES)
def test_a_search(mistake, fits):
    given = {"X": X, "y": Y, **mistake.fit}
    words = {"cv": 2, "random_state": 0, **mistake.words}

    with pytest.raises((TypeError, ValueError, OSError)) as caught:
        mistake.face(mistake.estimator, mistake.space, **words).fit(**given)

    assert [part for part in mistake.says if part not in str(caught.value)] == []

    assert fits == []


PARTS = {
    "Choice by keyword": (
        lambda: Choice(svm=SVC()),
        ("Write: Choice({'svm': SVC()})",),
    ),
    "options one by one": (lambda: Choice("a", "b"), ("Write: Choice(['a', 'b'])",)),
    "dict in an Option": (
        lambda: Option(SVC(), {"C": [1]}),
        ("got {'C': [1]}", "Write: Option(SVC(), C=[1])"),
    ),
    "bound in quotes": (
        lambda: Float("1e-3", 1),
        ("low of Float", "got '1e-3'", "Write 0.001."),
    ),
    "1e3": (lambda: Int(1, 1e3), ("high of Int", "got 1000.0", "Write 1000.")),
    "prior": (
        lambda: Float(1, 2, prior="log-uniform"),
        ("prior='log-uniform'", "Write Float(1, 2, log=True)"),
    ),
    "prior by position": (
        lambda: Float(1, 2, "log-uniform"),
        ("log of Float", "got 'log-uniform'", "Write log=True"),
    ),
    "words of KerasTuner": (
        lambda: Int(min_value=1, max_value=9, sampling="log"),
        ("sampling='log'", "Write Int(low=1, high=9, log=True)"),
    ),
    "one pair": (lambda: Float((0, 1)), ("got (0, 1)", "Write Float(0, 1)")),
    "reversed": (lambda: Float(9, 1), ("low=9.0, high=1.0. Write Float(1.0, 9.0).",)),
    "zero on a log": (
        lambda: Float(0, 1, log=True),
        ("got low=0.0", "Write Float(0.0001, 1.0, log=True)", "or Float(0.0, 1.0)"),
    ),
    "exponents": (
        lambda: Float(-3, 3, log=True),
        ("got low=-3.0", "write Float(1e-3, 1e3, log=True)"),
    ),
    "a step for log": (lambda: Int(1, 5, 2), ("log of Int", "got 2. Write step=2.")),
    "a large step": (
        lambda: Float(0, 1, step=2),
        ("step=2.0. Write Float(0.0, 1.0).",),
    ),
    "a step on a log": (
        lambda: Float(1, 9, log=True, step=1),
        ("step=1.0. Write Float(1.0, 9.0, log=True)",),
    ),
    "one option": (lambda: Choice(SVC()), ("got SVC(). Write Choice([SVC()]).",)),
    "one bound": (lambda: Float(1), ("takes two bounds, got 1. Write Float(1, 10)",)),
    "other words": (lambda: Int(lo=1, hi=9), ("lo=1. Write Int(low=1, high=9).",)),
    "a search": (
        lambda: StackingWeights(FITTED).fit(X, Y),
        ("'estimators'", "Write StackingWeights.from_search(search)."),
    ),
    "no value": (lambda: Option(C=[1]), ("got none. Write Option(value, C=[1]).",)),
    "a target for a task": (lambda: suggest_models(Y), ("task must be 'classifier'",)),
    "no pairs": (
        lambda: StackingWeights([SVC(), FOREST]).fit(X, Y),
        ("'estimators'", "got SVC()", "Write [('SVC', SVC()), ('RandomForest"),
    ),
    "odds": (
        lambda: Categorical(["a", "b"], prior=[0.1, 0.9]),
        ("prior=[0.1, 0.9]", "list it twice", "Write Categorical(['a', 'b'])"),
    ),
}


@pytest.mark.parametrize(("make", "says"), PARTS.values(), ids=PARTS)
def test_a_part_of_a_space(make, says):
    with pytest.raises((TypeError, ValueError)) as caught:
        make()

    assert [part for part in says if part not in str(caught.value)] == []


def test_a_choice_of_estimators_can_be_looked_at():
    summary = search_space_summary(Choice({"svm": Option(SVC(), C=[1, 2])}))

    assert "estimator__C: one of 1, 2" in summary


def test_a_pair_where_scikit_optimize_has_a_range(fits):
    line = r"'max_depth': \(2, 9\) are two values.*Write Int\(2, 9\) for the range"
    search = BayesSearchCV(FOREST, {"max_depth": (2, 9)}, cv=2, random_state=0)

    with pytest.raises(SksearchWarning, match=line):
        search.fit(X, Y)  # warnings are errors here

    assert fits == []


@pytest.mark.parametrize("n_iter", [{}, {"n_iter": 50}], ids=["default", "given"])
def test_more_trials_than_there_are(n_iter):
    search = TPESearchCV(SVC(), GRID, cv=2, **n_iter)
    if n_iter:
        with pytest.warns(SpaceExhaustedWarning, match="only 3 .* n_iter=50"):
            search.fit(X, Y)
    else:
        search.fit(X, Y)

    assert search.end_reason_ == "space exhausted"


def test_a_callback_with_a_bug():
    def broken(record):
        raise KeyError("typo")

    search = TPESearchCV(SVC(), GRID, n_iter=2, cv=2, callbacks=broken)

    with pytest.warns(UserWarning, match=r"broken raised KeyError.*it\. 'typo'"):
        search.fit(X, Y)

    assert len(search.cv_results_["params"]) == 2


def test_a_journal_of_another_search(tmp_path, fits):
    def search(high):
        space = {"C": [1, 2], "gamma": loguniform(1e-3, high)}
        return TPESearchCV(SVC(), space, n_iter=2, cv=2, storage=tmp_path / "x.jsonl")

    search(10).fit(X, Y)
    fits.clear()

    with pytest.raises(JournalError) as caught:
        search(100).fit(X, Y)

    for part in ("x.jsonl", "at gamma", "was 10", "is 100", "resume=False"):
        assert part in str(caught.value)

    assert fits == []
