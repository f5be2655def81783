"""Spaces of estimators that hold others."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import (
    ColumnTransformer,
    TransformedTargetRegressor,
    make_column_selector,
)
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.ensemble import BaggingClassifier, StackingRegressor, VotingClassifier
from sklearn.feature_selection import RFE, SelectKBest
from sklearn.frozen import FrozenEstimator
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import GridSearchCV
from sklearn.multiclass import OneVsOneClassifier, OneVsRestClassifier
from sklearn.multioutput import MultiOutputRegressor
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline
from sklearn.preprocessing import (
    FunctionTransformer,
    OneHotEncoder,
    StandardScaler,
)
from sklearn.svm import SVC, SVR

from sksearch import Choice, Int, TPESearchCV, suggest_space
from sksearch.exceptions import SpaceError

C = suggest_space(LogisticRegression())["C"]
X = np.random.default_rng(0).normal(size=(40, 6))


def test_a_pipeline():
    pipe = Pipeline(
        [("scale", StandardScaler()), ("off", "passthrough"), ("clf", SVC())]
    )

    assert list(suggest_space(pipe)) == ["clf__C", "clf__gamma"]


def test_a_pipeline_in_a_pipeline():
    inner = Pipeline([("best", SelectKBest()), ("off", None)])
    pipe = Pipeline([("prepare", inner), ("clf", LogisticRegression())])

    space = suggest_space(pipe, X)

    assert space == {"prepare__best__k": Choice(["all", Int(1, 5)]), "clf__C": C}


def test_columns():
    frame = pd.DataFrame({"a": [1.0, np.nan] * 20, "b": 1.0, "c": ["x", "y"] * 20})
    pipe = make_pipeline(
        ColumnTransformer(
            [
                ("numbers", SimpleImputer(), make_column_selector(dtype_include=float)),
                ("names", OneHotEncoder(handle_unknown="ignore"), ["c"]),
                ("off", "drop", ["a"]),
            ]
        ),
        LogisticRegression(),
    )

    assert suggest_space(pipe, frame) == {
        "columntransformer__numbers__strategy": ["mean", "median"],
        "columntransformer__numbers__add_indicator": [False, True],
        "columntransformer__names__min_frequency": [None, 2, 5, 10],
        "logisticregression__C": C,
    }


def test_a_union():
    union = FeatureUnion([("pca", PCA()), ("off", "drop"), ("same", "passthrough")])

    assert list(suggest_space(union, X)) == ["pca__n_components"]


@pytest.mark.parametrize(
    ("estimator", "names"),
    [
        (BaggingClassifier(LogisticRegression()), ["estimator__C"]),
        (CalibratedClassifierCV(LogisticRegression()), ["method", "estimator__C"]),
        (OneVsRestClassifier(LogisticRegression()), ["estimator__C"]),
        (MultiOutputRegressor(Ridge()), ["estimator__alpha"]),
        (TransformedTargetRegressor(Ridge()), ["regressor__alpha"]),
        (RFE(LogisticRegression()), ["n_features_to_select", "estimator__C"]),
        (
            VotingClassifier([("a", LogisticRegression()), ("b", "drop")]),
            ["a__C"],
        ),
        (
            StackingRegressor([("a", Ridge())], final_estimator=Ridge()),
            ["a__alpha", "final_estimator__alpha"],
        ),
    ],
)
def test_an_estimator_around_others(estimator, names):
    found = list(suggest_space(estimator, X))

    assert [n for n in found if n in names] == names

    assert set(found) - set(names) <= {"n_estimators", "max_features"}


@pytest.mark.parametrize(
    "closed",
    [
        GridSearchCV(SVC(), {"C": [1]}),
        TPESearchCV(SVC(), {"C": [1, 2]}),
        FrozenEstimator(SVC()),
    ],
)
def test_what_is_closed(closed):
    with pytest.raises(SpaceError, match=r"a search of its own|not fitted again"):
        suggest_space(closed)


def n_neighbors(space):
    return next(v for n, v in space.items() if n.endswith("n_neighbors")).high


class TestSizes:
    """No range asks for more rows or columns than there are inside."""

    def test_all_rows(self):
        pipe = make_pipeline(StandardScaler(), KNeighborsClassifier())

        assert n_neighbors(suggest_space(pipe, X)) == 19

    def test_folds_inside(self):
        calibrated = CalibratedClassifierCV(KNeighborsClassifier())

        assert n_neighbors(suggest_space(calibrated, X)) == 9

    def test_pairs_of_classes(self):
        y = np.repeat([0, 1, 2], [30, 6, 4])

        space = suggest_space(OneVsOneClassifier(KNeighborsClassifier()), X, y)

        assert n_neighbors(space) == 4  # 3 and 2 rows in a half

    def test_columns_behind_a_step_that_makes_fewer(self):
        pipe = make_pipeline(SelectKBest(k=3), TruncatedSVD(), SVC())

        assert "truncatedsvd__n_components" not in suggest_space(pipe, X)

    def test_draws_of_a_size_that_was_chosen(self):
        few = BaggingClassifier(KNeighborsClassifier(), max_samples=4)
        assert n_neighbors(suggest_space(few, X)) == 3

        few = BaggingClassifier(KNeighborsClassifier(), max_samples=0.25)
        assert n_neighbors(suggest_space(few, X)) == 4

    def test_columns_side_by_side(self):
        parts = ColumnTransformer(
            [
                ("same", "passthrough", [0, 1]),
                ("scaled", StandardScaler(), slice(2, 5)),
                ("none", StandardScaler(), []),
                ("unknown", FunctionTransformer(), [5]),
            ]
        )
        pipe = make_pipeline(parts, TruncatedSVD(), SVC())

        assert suggest_space(pipe, X)["truncatedsvd__n_components"] == Int(1, 4)

    def test_columns_by_name_without_data(self):
        parts = ColumnTransformer(
            [
                ("a", StandardScaler(), ["a", "b"]),
                ("c", StandardScaler(), "c"),
                ("d", StandardScaler(), [True, False, True]),
                ("unknown", StandardScaler(), make_column_selector()),
            ]
        )
        pipe = make_pipeline(parts, TruncatedSVD(), SVC())

        assert suggest_space(pipe)["truncatedsvd__n_components"] == Int(1, 4)

    def test_columns_that_are_kept(self):
        pipe = make_pipeline(SimpleImputer(), StandardScaler(), TruncatedSVD(), SVC())

        assert suggest_space(pipe, X)["truncatedsvd__n_components"] == Int(1, 5)

    def test_the_unit_of_a_scaled_target(self):
        model = TransformedTargetRegressor(SVR(), transformer=StandardScaler())

        space = suggest_space(model, X, 1000 * X[:, 0])

        assert space["regressor__C"].high == 100
