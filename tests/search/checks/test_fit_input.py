"""What ``fit`` is given, and cannot be meant, is named before the first fit."""

import numpy as np
import pandas as pd
import pytest
from sklearn.base import BaseEstimator
from sklearn.cluster import KMeans
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import make_scorer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from stand_ins import data

from sksearch import (
    Float,
    GridSearchCV,
    HalvingSearchCV,
    StackingWeights,
    TPESearchCV,
)
from sksearch.search.checks._fit_input import check_row_weights, missing_rows

X, Y = data()
SPACE = {"C": Float(0.1, 10, log=True)}
PIPE = Pipeline([("scale", StandardScaler()), ("clf", SVC())])
NO_TARGET = np.empty(0)
FACES = [TPESearchCV, HalvingSearchCV]


@pytest.mark.parametrize("face", FACES)
class TestTargets:
    @pytest.mark.parametrize(
        ("estimator", "space"),
        [
            (SVC(), SPACE),
            (Ridge(), {"alpha": [1, 2, 3]}),
            (PIPE, {"clf__C": [1, 2, 3]}),
        ],
    )
    def test_that_are_missing(self, face, estimator, space, refused):
        refused(
            estimator, space, r"y is missing: .*search.fit\(X, y\)", y=None, face=face
        )

    def test_that_are_not_needed(self, face):
        search = face(KMeans(n_init=1, random_state=0), {"n_clusters": [2, 3, 4]}, cv=2)
        halves = face is HalvingSearchCV
        search.set_params(**{"min_resources": 30} if halves else {"n_iter": 3})

        assert "n_clusters" in search.fit(X).best_params_

    @pytest.mark.parametrize(
        "hole",
        [
            lambda y: np.where(np.arange(len(y)) == 3, np.nan, y),
            lambda y: np.where(np.arange(len(y)) == 3, np.inf, y),
            lambda y: [None if i == 3 else f"class {v}" for i, v in enumerate(y)],
            lambda y: [
                float("nan") if i == 3 else f"class {v}" for i, v in enumerate(y)
            ],
            lambda y: pd.Series(y, dtype="Int64").mask(np.arange(len(y)) == 3),
            lambda y: pd.Series(y).where(np.arange(len(y)) != 3),
        ],
        ids=["nan", "inf", "None", "nan among words", "NA", "series"],
    )
    @pytest.mark.parametrize("estimator", [SVC(), Ridge()])
    def test_with_holes(self, face, estimator, hole, refused):
        space = SPACE if isinstance(estimator, SVC) else {"alpha": [1, 2, 3]}
        refused(estimator, space, r"1 of its rows \(3\)", y=hole(Y), face=face)


class TestFitParameters:
    @pytest.mark.parametrize(
        ("name", "pattern"),
        [
            ("callback", "'callback' of fit must be callable, got 1"),
            ("n_trials", r"write TPESearchCV\(..., n_iter=\[1\]\)"),
            ("n_points", r"write TPESearchCV\(..., window=\[1\]\)"),
            ("callbacks", "'callbacks' is a parameter of the search"),
            ("n_iter", "'n_iter' is a parameter of the search"),
            ("sample_wieght", "Did you mean 'sample_weight'"),
            ("eval_set", "SVC.fit does not take it"),
            ("max_iter", r"is a parameter of SVC: write SVC\(max_iter=\.\.\.\)"),
        ],
    )
    def test_that_nobody_takes(self, name, pattern, refused):
        refused(SVC(), SPACE, pattern, TypeError, fit={name: [1]})

    @pytest.mark.parametrize(
        ("name", "pattern"),
        [
            ("sample_weight", "such as clf__sample_weight"),
            ("svm__sample_weight", "no step is called 'svm'"),
            ("clf__callback", "SVC.fit does not take it"),
        ],
    )
    def test_of_pipelines(self, name, pattern, refused):
        refused(PIPE, {"clf__C": [1, 2, 3]}, pattern, TypeError, fit={name: [1]})

    def test_that_a_step_takes(self):
        search = TPESearchCV(PIPE, {"clf__C": [1, 2, 3]}, n_iter=3, cv=2)

        assert search.fit(X, Y, clf__sample_weight=np.ones(len(X))).best_params_

    def test_that_a_step_from_the_space_may_take(self):
        space = {"clf": [SVC(), LogisticRegression()], "clf__C": [1, 2]}
        search = TPESearchCV(PIPE, space, n_iter=4, cv=2)

        assert search.fit(X, Y, clf__sample_weight=np.ones(len(X))).best_params_


class TestRows:
    @pytest.mark.parametrize("name", ["sample_weight", "clf__sample_weight"])
    def test_with_weights_of_other_rows(self, name, refused):
        # Folds of two: as many weights as a training part has rows.
        weights = {name: np.ones(len(X) // 2)}
        model, space = (SVC(), SPACE) if "__" not in name else (PIPE, {"clf__C": [1]})
        pattern = rf"{name} has 20 entries, and X has 40 rows: .*{name}=weights\[keep\]"
        refused(model, space, pattern, fit=weights)

    def test_one_weight_for_all(self):
        check_row_weights(X, {"sample_weight": 2.0, "other": [1, 2]})

    @pytest.mark.parametrize(
        ("model", "pattern"),
        [
            (TPESearchCV(Ridge(), {"alpha": [1]}), "number of samples: n_samples=0"),
            (HalvingSearchCV(Ridge(), {"alpha": [1]}), "passed an empty dataset X"),
            (StackingWeights([("a", Ridge()), ("b", Ridge())]), "X has no rows"),
        ],
        ids=["full", "halving", "ensemble"],
    )
    def test_that_are_missing(self, model, pattern):
        with pytest.raises(TypeError, match="X is missing"):
            model.fit(None, Y)

        with pytest.raises(ValueError, match=pattern):
            model.fit(X[:0], NO_TARGET)


@pytest.mark.parametrize(
    ("y", "rows"),
    [
        ([1.0, float("nan"), float("inf")], [1, 2]),
        (["a", None, "b", float("nan")], [1, 3]),
        (np.array([[1.0, 2.0], [np.nan, 3.0]]), [1]),
        (np.array([1, 2, 3]), None),
        (np.array(["a", "nan"]), None),
        (np.array(3.0), None),
        (NO_TARGET, None),
    ],
    ids=[
        "numbers",
        "words",
        "two outputs",
        "ints",
        "strings",
        "scalar",
        "empty",
    ],
)
def test_rows_without_a_target(y, rows):
    found = missing_rows(y)

    assert (None if found is None else found.tolist()) == rows


@pytest.mark.parametrize("face", FACES)
def test_a_ready_made_space_needs_a_target_that_is_there(face, refused):
    refused(SVC(), "auto", r"y is missing: SVC.fit needs a target", y=None, face=face)


class Sequences(BaseEstimator):
    """Learns a list of labels for each row, as conditional random fields do."""

    def __init__(self, C=1.0):
        self.C = C

    def fit(self, X, y):
        self.lengths_ = {len(labels) for labels in y}
        return self

    def predict(self, X):
        return [["B"] * (len(words) if self.C > 1 else 1) for words in X]

    def score(self, X, y):
        return flat_accuracy(y, self.predict(X))


def flat_accuracy(y, predicted):
    return float(np.mean([a == b for a, b in zip(y, predicted, strict=True)]))


@pytest.mark.parametrize("scoring", [None, make_scorer(flat_accuracy)])
@pytest.mark.parametrize("face", [TPESearchCV, GridSearchCV, HalvingSearchCV])
def test_labels_of_sequences_are_for_those_who_take_them(face, scoring):
    words = [[{"word": "a"}] * (1 + i % 3) for i in range(40)]
    y = [["B"] * len(sentence) for sentence in words]

    search = face(Sequences(), {"C": [1, 2]}, cv=2, scoring=scoring)
    if face is HalvingSearchCV:
        search.min_resources = 10
    search.fit(words, y)

    assert search.best_params_ == {"C": 2}
    assert search.best_estimator_.lengths_ == {1, 2, 3}
    assert search.diagnosis() is not None


def test_words_of_numpy_and_of_python_are_alike():
    y = np.array([np.str_("a"), "b"] * 20, dtype=object)

    search = TPESearchCV(SVC(), SPACE, n_iter=2, cv=2).fit(X, y)

    assert search.classes_.tolist() == ["a", "b"]


@pytest.mark.parametrize(
    ("y", "says"),
    [
        ([[1]] * 39 + [[1, 2]], r"such as 1 and 2\. .*MultiLabelBinarizer\(\)"),
        (np.array(["a", 1] * 20, dtype=object), r"such as 'a' and 1, .*astype\(str\)"),
        (pd.Series([True, "a"] * 20), r"such as 'a' and True, which cannot be"),
    ],
    ids=["ragged", "array", "series"],
)
def test_a_target_of_unlike_values(y, says, refused):
    refused(SVC(), SPACE, f"y has .*{says}", y=y)


@pytest.mark.parametrize(
    ("y", "says"),
    [
        (Y[:30], r"numbers of samples: \[40, 30\], those of X and y\.$"),
        (X[:30], r"the columns of X\. Write X_train, X_test, y_train, y_test = train"),
    ],
    ids=["short", "another X"],
)
def test_a_target_of_other_rows(y, says, refused):
    refused(SVC(), SPACE, says, y=y)
