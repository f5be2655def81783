"""What stands in an estimator, by the names of the table."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.decomposition import PCA
from sklearn.ensemble import BaggingClassifier
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import (
    MaxAbsScaler,
    OneHotEncoder,
    PolynomialFeatures,
    RobustScaler,
    StandardScaler,
)
from sklearn.svm import SVC

from sksearch.knowledge._learner import (
    distance,
    has_learner,
    learner_in,
    named,
    share_of,
    steps_in,
)
from sksearch.space import Settings

NAMES = {"SVC", "LogisticRegression", "Ridge"}


class Own(SVC):
    """A learner of the user's."""


COLUMNS = ColumnTransformer(
    [("n", make_pipeline(RobustScaler(), PCA()), [0]), ("c", OneHotEncoder(), [1])]
)


class TestLearnerIn:
    @pytest.mark.parametrize(
        ("estimator", "name"),
        [
            (SVC(), "SVC"),
            (Own(), "SVC"),
            (make_pipeline(StandardScaler(), SVC()), "SVC"),
            (BaggingClassifier(LogisticRegression()), "LogisticRegression"),
            (TransformedTargetRegressor(Ridge()), "Ridge"),
            (make_pipeline(COLUMNS, Ridge()), "Ridge"),
        ],
        ids=str,
    )
    def test_name(self, estimator, name):
        found = learner_in(Settings(estimator), NAMES)

        assert found is not None

        assert found[1] == name

        assert isinstance(found[0], SVC | LogisticRegression | Ridge)

        assert has_learner(estimator, NAMES)

    def test_there_is_none(self):
        assert learner_in(Settings(make_pipeline(PCA())), NAMES) is None

        assert not has_learner(PCA(), NAMES)

        assert not has_learner("passthrough", NAMES)

        assert named("SVC", NAMES) is None


@pytest.mark.parametrize(
    ("estimator", "steps"),
    [
        (SVC(), ("none", "none", 1)),
        (make_pipeline(StandardScaler(), SVC()), ("standard", "none", 1)),
        (make_pipeline(MaxAbsScaler(), PCA(), SVC()), ("minmax", "pca", 1)),
        (make_pipeline(PolynomialFeatures(), Ridge()), ("none", "none", 2)),
        (make_pipeline(COLUMNS, Ridge()), ("robust", "pca", 1)),
    ],
    ids=str,
)
def test_steps_in(estimator, steps):
    assert tuple(steps_in(Settings(estimator))) == steps


@pytest.mark.parametrize(
    ("parameter", "value", "share"),
    [
        ("max_features", "sqrt", 0.25),
        ("max_features", "log2", 0.25),
        ("max_features", None, 1.0),
        ("max_features", 0.5, 0.5),
        ("max_features", 4, 0.25),
        ("max_features", np.int64(4), 0.25),
        ("k", 8, 0.5),
        ("k", 99, 1.0),
        ("k", "all", 1.0),
        ("percentile", 50, 0.5),
        ("max_features", "auto", None),
        ("max_features", [1], None),
    ],
)
def test_share_of_16_columns(parameter, value, share):
    assert share_of(parameter, value, 16) == share


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (1.0, 10.0, 1.0),
        (0.01, 0.1, 1.0),
        (1e-9, 1e9, 2.0),
        (0.0, 0.5, 0.5),
        ("rbf", "rbf", 0.0),
        ("rbf", "linear", 2.0),
        (None, "balanced", 2.0),
        (0.1, "scale", 2.0),
        ((50,), (50,), 0.0),
        ((50,), (100,), 1.0),
    ],
)
def test_distance(one, other, found):
    assert distance(one, other) == pytest.approx(found)

    assert distance(other, one) == pytest.approx(found)
