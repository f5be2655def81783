"""Tests of the score of a constant, and of what rows are worth."""

import numpy as np
import pytest
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.metrics import accuracy_score, get_scorer, make_scorer, r2_score
from sklearn.model_selection import KFold
from sklearn.preprocessing import LabelEncoder

from sksearch.search.outcome._kept_facts import target_of
from sksearch.search.outcome._skill import rows_worth, skill_of
from sksearch.search.plan import FitData

RNG = np.random.default_rng(0)
X = np.zeros((200, 1))
CLASSES = np.array(["a", "b", "c"])[RNG.choice(3, 200, p=[0.6, 0.3, 0.1])]
NUMBERS = RNG.exponential(size=200)


def target(y, kind):
    return target_of(FitData(X, y, KFold(4), kind=kind))


@pytest.mark.parametrize(
    ("metric", "strategy"),
    [
        ("accuracy", "prior"),
        ("balanced_accuracy", "prior"),
        ("neg_log_loss", "prior"),
        ("matthews_corrcoef", "prior"),
    ],
)
def test_constant_classifier(metric, strategy):
    model = DummyClassifier(strategy=strategy).fit(X, CLASSES)
    scorer = get_scorer(metric)
    guess, perfect = skill_of(scorer, target(CLASSES, "classifier"))

    assert guess == pytest.approx(scorer(model, X, CLASSES))

    assert perfect == (0.0 if metric == "neg_log_loss" else 1.0)


@pytest.mark.parametrize(
    ("metric", "strategy"),
    [
        ("r2", "mean"),
        ("neg_mean_squared_error", "mean"),
        ("neg_root_mean_squared_error", "mean"),
        ("neg_mean_absolute_error", "median"),
    ],
)
def test_constant_regressor(metric, strategy):
    model = DummyRegressor(strategy=strategy).fit(X, NUMBERS)
    scorer = get_scorer(metric)
    guess, _ = skill_of(scorer, target(NUMBERS, "regressor"))

    assert guess == pytest.approx(scorer(model, X, NUMBERS))


def test_the_estimators_own_score():
    known = target(CLASSES, "classifier")
    assert skill_of(accuracy_score, known)[0] == pytest.approx(
        np.bincount(LabelEncoder().fit_transform(CLASSES)).max() / 200
    )

    assert skill_of(r2_score, target(NUMBERS, "regressor")) == [0.0, 1.0]

    assert skill_of(None, target(NUMBERS, "regressor")) is None


def test_what_is_not_known():
    own = make_scorer(lambda y, z: 0.0)

    assert skill_of(own, target(CLASSES, "classifier")) is None

    assert skill_of(get_scorer("r2"), target(None, "")) is None

    assert skill_of(get_scorer("accuracy"), target(NUMBERS, "regressor")) is None

    several = np.column_stack([NUMBERS, NUMBERS])
    assert target(several, "regressor") == {"n_test": [50] * 4, "folds": ""}


def test_rare_classes_and_heavy_tails_are_worth_less():
    y = np.repeat([0, 1], [180, 20])
    known = target(y, "classifier")

    assert rows_worth(get_scorer("accuracy"), known) == [50.0] * 4

    # The area under the curve is known as well as the 5 rows of class 1 tell it.
    assert rows_worth(get_scorer("roc_auc"), known) == pytest.approx([5.0] * 4)

    heavy = target(NUMBERS**3, "regressor")
    assert rows_worth(None, heavy)[0] < 10

    light = target(RNG.random(200), "regressor")
    assert rows_worth(None, light) == [50.0] * 4
