"""Features and targets to which no candidate can be fitted."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
from sklearn.compose import make_column_transformer
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import (
    BaggingClassifier,
    HistGradientBoostingClassifier,
    RandomForestClassifier,
)
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.impute import SimpleImputer
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.svm import SVC, SVR
from stand_ins import data

from sksearch.search.checks._features import check_data

X, Y = data()
N = len(Y)
HOLE = np.where(np.arange(X.size).reshape(X.shape) == 4, np.nan, X)
FRAME = pd.DataFrame(HOLE, columns=["a", "b", "c"])
WORDS = pd.DataFrame({"a": ["red", "blue"] * 20, "b": X[:, 0]})
DATES = WORDS.assign(a=pd.date_range("2020-01-01", periods=40))
KINDS = WORDS.astype({"a": "category"})
WORD_LISTS = [["a", "word"], ["b"]] * 20
TEXTS = np.array(["a word", "two words"] * 20)


class Own(SVC):
    """Nobody knows what a user's own class takes."""


class Kernel:
    """A kernel of a user's own, which may take anything."""

    def __call__(self, one, other):
        return np.ones((len(one), len(other)))


@pytest.mark.parametrize(
    ("X", "estimator", "message"),
    [
        (HOLE, SVC(), r"X has NaN in 1 of its columns \(1\), and SVC takes none"),
        (np.where(np.isnan(HOLE), np.inf, HOLE), SVC(), "infinite values in 1 of"),
        (
            FRAME.fillna(np.inf).assign(n=7),
            SVC(),
            r"infinite values in 1 of its columns \('b'\).* Write np.nan_to_num",
        ),
        (FRAME, SVC(), r"NaN in 1 of its columns \('b'\)"),
        (HOLE, make_pipeline(StandardScaler(), SVC()), "and SVC takes none"),
        (HOLE, make_pipeline("passthrough", None, Ridge()), "and Ridge takes none"),
        (HOLE, make_pipeline(make_pipeline(StandardScaler()), SVC()), ""),
        (DATES, SVC(), r"X has dates in 1 of its columns \('a'\), and SVC takes"),
        (DATES[["a"]].to_numpy(), Ridge(), r"dates in 1 of its columns \(0\)"),
        (WORDS, SVC(), r"X has words in 1 of its columns \('a'\), and SVC takes"),
        (KINDS, LogisticRegression(), r"X has words in 1 of its columns \('a'\)"),
        (
            WORDS.to_numpy(),
            RandomForestClassifier(),
            r"words in 1 of its columns \(0\)",
        ),
        (WORDS, make_pipeline(StandardScaler(), SVC()), "StandardScaler takes numbers"),
        (X[:, 0], SVC(), r"got shape \(40,\), which SVC.* Write X.reshape\(-1, 1\)"),
        (FRAME["a"], SVC(), r"Write X.to_frame\(\)"),
        ([[1, 2]] * 39 + [[3]], SVC(), "different lengths, such as 2 and 1, and SVC"),
    ],
)
def test_features(X, estimator, message):
    if not message:
        check_data(X, Y, [estimator])
        return
    with pytest.raises(ValueError, match=message):
        check_data(X, Y, [estimator])

    with pytest.raises(ValueError, match=message):
        check_data(X, Y, [estimator, estimator])

    check_data(X, Y, [estimator, Own()])

    check_data(X, Y, [])


@pytest.mark.parametrize(
    ("X", "estimator"),
    [
        (X, SVC()),
        (HOLE, RandomForestClassifier()),
        (HOLE, HistGradientBoostingClassifier()),
        (HOLE, DummyClassifier()),
        (HOLE, Own()),
        (HOLE, SVC(kernel=Kernel())),
        (HOLE, BaggingClassifier(HistGradientBoostingClassifier())),
        (HOLE, make_pipeline(SimpleImputer(), SVC())),
        (HOLE, make_pipeline(StandardScaler(), SimpleImputer(), SVC())),
        (HOLE, make_pipeline(StandardScaler(), "passthrough")),
        (KINDS, HistGradientBoostingClassifier()),
        (WORDS, make_pipeline(OneHotEncoder(), SVC())),
        (
            WORDS,
            make_pipeline(
                SimpleImputer(strategy="most_frequent"), OneHotEncoder(), SVC()
            ),
        ),
        (
            WORDS,
            make_pipeline(FeatureUnion([("encoder", OneHotEncoder())]), SVC()),
        ),
        (
            WORDS,
            make_pipeline(make_column_transformer((OneHotEncoder(), ["a"])), SVC()),
        ),
        (np.array([["1", "2"]] * N, dtype=object), SVC()),
        (TEXTS, make_pipeline(CountVectorizer(), SVC())),
        (WORD_LISTS, make_pipeline(CountVectorizer(analyzer=list), SVC())),
        (X[:, 0], IsotonicRegression()),
        (X.tolist(), SVC()),
    ],
)
def test_features_that_are_taken(X, estimator):
    check_data(X, Y, [estimator])


@pytest.mark.parametrize(
    ("estimator", "y", "message"),
    [
        (
            SVC(),
            Y + 0.5,
            "y is continuous, .* no classes, 0.5 for one, and SVC is a classifier",
        ),
        (SVC(), (Y + 0.5).tolist(), "SVC is a classifier"),
        (
            make_pipeline(StandardScaler(), SVC()),
            pd.Series(Y + 0.5),
            "SVC is a classif",
        ),
        (SVR(), np.array(["a", "b"] * 20), "y has words, and SVR is a regressor"),
        (SVR(), ["a", "b"] * 20, "y has words"),
        (
            SVC(),
            Y.astype(object),
            r"type int, and SVC.*Write search.fit\(X, y.astype\(int\)",
        ),
        (
            SVC(),
            pd.Series(Y == 1, dtype=object),
            r"type bool, and SVC.*y.astype\(bool\)",
        ),
        (
            SVC(),
            Y.astype(float).astype(object),
            r"type float, and SVC.*y.astype\(float\)",
        ),
    ],
)
def test_targets(estimator, y, message):
    with pytest.raises(ValueError, match=message):
        check_data(X, y, [estimator])

    check_data(X, y, [estimator, SVR() if "SVC" in message else SVC()])


@pytest.mark.parametrize(
    ("estimator", "y"),
    [
        (SVC(), np.array(["a", "b"] * 20)),
        (SVC(), Y.astype(float)),
        (SVR(), Y + 0.5),
        (SVR(), np.array(["1", "2"] * 20)),
        (SVR(), None),
        (Own(), Y + 0.5),
        (SVC(), pd.Series(Y, dtype="category")),
        (SVC(), pd.Series(Y, dtype="Int64")),
        (SVC(), np.array(["a", "b"] * 20, dtype=object)),
        (SVR(), Y.astype(object)),
        (DummyClassifier(), Y.astype(object)),
        (Own(), Y.astype(object)),
    ],
)
def test_targets_that_are_taken(estimator, y):
    check_data(X, y, [estimator])


def test_targets_of_different_lengths():
    with pytest.raises(ValueError, match="lengths, such as 2 and 1, which SVR does"):
        check_data(X, [[1, 2]] * 39 + [[1]], [make_pipeline(StandardScaler(), SVR())])

    check_data(X, [[1, 2]] * 39 + [[1]], [Own()])


def test_an_estimator_that_cannot_be_made():
    def estimators():
        yield SVC()
        raise RuntimeError

    check_data(HOLE, Y, estimators())


def test_no_more_estimators_are_made_than_one_that_takes_the_data():
    estimators = iter([SVC(), SVR(), SVR()])

    check_data(X, Y + 0.5, estimators)

    assert len(list(estimators)) == 1


def test_a_column_with_braces():
    with pytest.raises(ValueError, match=r"columns \('{x}'\), and SVC"):
        check_data(FRAME.rename(columns={"b": "{x}"}), Y, [SVC()])


def test_data_that_nobody_has_foreseen():
    class Strange:
        @property
        def ndim(self):
            raise RuntimeError

    check_data(Strange(), Y, [SVC()])


def test_numbers_that_overflow_are_no_holes():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check_data(np.full((40, 2), 1e308), Y, [SVC()])


@pytest.mark.parametrize(
    ("X", "y", "estimator"),
    [
        (HOLE, Y, SVC()),
        (FRAME, Y, make_pipeline(StandardScaler(), LogisticRegression())),
        (WORDS, Y, SVC()),
        (KINDS, Y, RandomForestClassifier()),
        (X[:, 0], Y, SVC()),
        (X, Y + 0.5, LogisticRegression()),
        (X, Y.astype(object), LogisticRegression()),
        (X, [[1, 2]] * 39 + [[1]], SVR()),
        ([[1, 2]] * 39 + [[3]], Y, SVC()),
        (X, np.array(["a", "b"] * 20), Ridge()),
    ],
)
def test_scikit_learn_refuses_these_too(X, y, estimator):
    with pytest.raises(ValueError, match=r"."):
        estimator.fit(X, y)
