import numpy as np
import pytest
from sklearn.ensemble import (
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
)
from sklearn.linear_model import (
    LogisticRegression,
    Perceptron,
    SGDClassifier,
    SGDOneClassSVM,
    SGDRegressor,
)
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from stand_ins import Rounds, data

from sksearch import EarlyStopping
from sksearch.evaluation import Folds, InnerSplit, StoppedFitting
from sksearch.evaluation.stopping._libraries import stop_rule_of

X, Y = data()
ROWS = np.arange(len(X))
STOPPING = EarlyStopping(3, 0.25)


def booster(library, name, **words):
    return getattr(pytest.importorskip(library), name)(**words)


def lightgbm(name="LGBMClassifier", **words):
    return booster(
        "lightgbm", name, verbosity=-1, n_jobs=1, min_child_samples=2, **words
    )


def catboost(name="CatBoostClassifier", **words):
    words = {"verbose": False, "allow_writing_files": False, "thread_count": 1, **words}
    return booster("catboost", name, **words)


def xgboost(name="XGBClassifier", **words):
    return booster("xgboost", name, n_jobs=1, **words)


BOOSTERS = {
    "xgboost": xgboost,
    "xgboost, with rounds": lambda: xgboost(n_estimators=150),
    "xgboost, regressor": lambda: xgboost("XGBRegressor"),
    "lightgbm": lightgbm,
    "lightgbm, alias": lambda: lightgbm(num_trees=150, early_stopping_round=7),
    "lightgbm, regressor": lambda: lightgbm("LGBMRegressor"),
    "catboost": catboost,
    "catboost, alias": lambda: catboost(num_trees=150),
    "catboost, regressor": lambda: catboost("CatBoostRegressor"),
    "hist": lambda: HistGradientBoostingClassifier(min_samples_leaf=2),
    "hist, regressor": lambda: HistGradientBoostingRegressor(min_samples_leaf=2),
    "gradient": lambda: GradientBoostingClassifier(random_state=0),
    "gradient, regressor": lambda: GradientBoostingRegressor(random_state=0),
    "sgd": lambda: SGDClassifier(random_state=0),
    "sgd, regressor": lambda: SGDRegressor(random_state=0),
    "perceptron": lambda: Perceptron(random_state=0),
}
NETWORKS = {
    "network": lambda: MLPClassifier(random_state=0),
    "network, regressor": lambda: MLPRegressor(random_state=0),
}


@pytest.mark.parametrize("weighted", [False, True], ids=["plain", "weighted"])
@pytest.mark.parametrize("make", BOOSTERS.values(), ids=BOOSTERS)
def test_it_is_stopped_and_fitted_again(make, weighted):
    check(make, {"sample_weight": np.linspace(0.5, 1.5, len(X))} if weighted else {})


@pytest.mark.parametrize("make", NETWORKS.values(), ids=NETWORKS)
def test_a_network(make):
    check(make, {})


def check(make, params):
    fitting = StoppedFitting(STOPPING, InnerSplit(0.25, 0, labels=Y))
    model = make()
    stop = stop_rule_of(model)
    of_fold = fitting.for_fold(0, ROWS)
    of_fold.fit(model, (X, Y), params)
    n = of_fold.rounds(model)

    assert 1 <= n < stop.default

    last = make()
    folds = Folds(((ROWS, ROWS), (ROWS, ROWS)))
    [n_rounds] = fitting.final_rounds(folds, [[n, n]], len(X) * 3 // 4)
    of_all = fitting.for_all(n_rounds)
    of_all.fit(last, (X, Y), params)

    assert made_by(last) == n

    assert last.predict(X).shape == (len(X),)


def made_by(model):
    """Return the rounds of a model that was not stopped."""
    if hasattr(model, "get_num_boosting_rounds"):
        return model.get_num_boosting_rounds()
    if hasattr(model, "booster_"):
        return model.booster_.num_trees()
    for name in ("tree_count_", "n_estimators_", "n_iter_"):
        if hasattr(model, name):
            return getattr(model, name)
    raise AssertionError(model)


@pytest.mark.filterwarnings("ignore:.XGBRF:FutureWarning")  # from XGBoost 3.4 on
@pytest.mark.parametrize(
    "make",
    [
        lambda: "passthrough",
        LogisticRegression,
        RandomForestClassifier,
        SGDOneClassSVM,
        lambda: MLPClassifier(solver="lbfgs"),
        lambda: lightgbm(boosting_type="dart"),
        lambda: lightgbm("LGBMRanker"),
        lambda: xgboost("XGBRFClassifier"),
        lambda: xgboost("XGBRanker"),
        lambda: catboost("CatBoostRanker"),
        lambda: make_pipeline(SGDClassifier()),
    ],
    ids=[
        "no estimator",
        "logistic",
        "forest",
        "one class",
        "lbfgs",
        "dart",
        "lightgbm ranker",
        "xgboost forest",
        "xgboost ranker",
        "catboost ranker",
        "pipeline",
    ],
)
def test_what_cannot_be_stopped(make):
    assert stop_rule_of(make()) is None


@pytest.mark.parametrize(
    ("model", "alone"),
    [
        (Rounds(), False),
        (GradientBoostingClassifier(), True),
        (MLPClassifier(), True),
        (SGDClassifier(), True),
    ],
    ids=["validated", "gradient", "network", "sgd"],
)
def test_who_sets_rows_aside(model, alone):
    assert stop_rule_of(model).alone == alone


def test_lightgbm_keeps_the_callbacks_it_is_given():
    calls = []
    fitting = StoppedFitting(STOPPING, InnerSplit(0.25, 0)).for_fold(0, ROWS)
    fitting.fit(
        lightgbm(), (X, Y), {"callbacks": [lambda env: calls.append(env.iteration)]}
    )

    assert calls


def test_catboost_with_weights_knows_the_categories():
    categories = np.column_stack([X, Y]).astype(object)
    categories[:, 3] = np.where(Y, "a", "b")
    fitting = StoppedFitting(STOPPING, InnerSplit(0.25, 0)).for_fold(0, ROWS)
    model = catboost(cat_features=[3], iterations=20)
    fitting.fit(model, (categories, Y), {"sample_weight": np.ones(len(X))})

    assert fitting.rounds(model) >= 1
