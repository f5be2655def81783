"""Boosting of scikit-learn, XGBoost, LightGBM and CatBoost."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import GradientBoostingRegressor, HistGradientBoostingClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from sksearch import TPESearchCV, suggest_space

X = np.random.default_rng(0).normal(size=(90, 4))
y = np.arange(90) % 3


def test_rounds_are_bounded():
    assert suggest_space(HistGradientBoostingClassifier())["max_iter"].high == 400


def test_rounds_are_found_by_stopping():
    stopped = HistGradientBoostingClassifier(early_stopping=True)
    assert "max_iter" not in suggest_space(stopped)

    stopped = GradientBoostingRegressor(n_iter_no_change=5)
    assert "n_estimators" not in suggest_space(stopped)


def test_leaves_in_the_place_of_depth():
    space = suggest_space(GradientBoostingRegressor(max_leaf_nodes=8))

    assert "max_leaf_nodes" in space

    assert "max_depth" not in space


class TestXGBoost:
    xgboost = pytest.importorskip("xgboost")

    def test_names(self):
        assert list(suggest_space(self.xgboost.XGBClassifier())) == [
            "learning_rate", "n_estimators", "max_depth", "min_child_weight",
            "subsample", "colsample_bytree",
        ]  # fmt: skip

    def test_linear(self):
        space = suggest_space(self.xgboost.XGBRegressor(booster="gblinear"))

        assert list(space) == ["learning_rate", "n_estimators", "reg_lambda"]

    def test_stopping(self):
        model = self.xgboost.XGBClassifier(early_stopping_rounds=5)

        assert "n_estimators" not in suggest_space(model)

    @pytest.mark.filterwarnings("ignore:.XGBRF:FutureWarning")  # from XGBoost 3.4 on
    def test_forest(self):
        space = suggest_space(self.xgboost.XGBRFRegressor())

        assert list(space) == ["max_depth", "min_child_weight", "colsample_bynode"]

    def test_what_is_set_keeps_its_name(self):
        space = suggest_space(self.xgboost.XGBRegressor(eta=0.5))

        assert space["eta"].high == 0.5

        assert "learning_rate" not in space

        linear = self.xgboost.XGBRegressor(**{"booster": "gblinear", "lambda": 0.1})
        assert "lambda" in suggest_space(linear)


class TestLightGBM:
    lightgbm = pytest.importorskip("lightgbm")

    def test_names(self):
        space = suggest_space(self.lightgbm.LGBMRegressor(), X)

        assert list(space) == [
            "learning_rate", "n_estimators", "num_leaves", "min_child_samples",
            "reg_lambda", "colsample_bytree",
        ]  # fmt: skip

        assert space["min_child_samples"].high == 20  # the default; a quarter is 11

    def test_what_counts_more_keeps_its_name(self):
        words = {
            "feature_fraction": 0.2,
            "lambda_l2": 3.0,
            "min_data_in_leaf": 2,
            "num_iterations": 30,
        }
        space = suggest_space(self.lightgbm.LGBMRegressor(**words), X)

        assert set(space) == {"learning_rate", "num_leaves", *words}

        assert space["num_iterations"].low == 30


class TestCatBoost:
    catboost = pytest.importorskip("catboost")

    def test_names(self):
        space = suggest_space(self.catboost.CatBoostClassifier())

        assert list(space) == [
            "learning_rate", "depth", "l2_leaf_reg", "random_strength",
        ]  # fmt: skip

    def test_what_is_set_keeps_its_name(self):
        space = suggest_space(self.catboost.CatBoostRegressor(max_depth=3, eta=0.5))

        assert list(space) == ["eta", "max_depth", "l2_leaf_reg", "random_strength"]

        assert (space["max_depth"].low, space["eta"].high) == (3, 0.5)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.XGBRF:FutureWarning")  # from XGBoost 3.4 on
@pytest.mark.parametrize(
    ("library", "name", "settings"),
    [
        ("xgboost", "XGBClassifier", {"n_jobs": 1, "n_estimators": 50}),
        ("xgboost", "XGBRFClassifier", {"n_jobs": 1}),
        ("lightgbm", "LGBMClassifier", {"n_jobs": 1, "verbose": -1}),
        (
            "catboost",
            "CatBoostClassifier",
            {"iterations": 20, "verbose": False, "allow_writing_files": False},
        ),
    ],
)
def test_nothing_fails(library, name, settings):
    model = getattr(pytest.importorskip(library), name)(**settings)
    pipe = make_pipeline(StandardScaler(), model)

    search = TPESearchCV(pipe, "auto", n_iter=8, cv=2, random_state=0).fit(X, y)

    assert search.failures_["exception"] == []
