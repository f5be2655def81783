"""Own settings that are words, as numbers in a user's ranges."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from sklearn.base import BaseEstimator
from sklearn.decomposition import KernelPCA
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.kernel_ridge import KernelRidge
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.svm import SVC

from sksearch import Categorical, Float, Int
from sksearch.knowledge import Data, own_in_numbers
from sksearch.knowledge._in_numbers import UNLIMITED, in_numbers
from sksearch.space import UNSET

SIXTEEN = Data().with_columns(16, 16)
WIDTHS, SHARES, COUNTS = Float(1e-4, 10, log=True), Float(0.1, 1.0), Int(1, 16)


class OfAnotherLibrary(BaseEstimator):
    """As in XGBoost, None is the default depth of the library, not no limit."""

    def __init__(self, max_depth=None):
        self.max_depth = max_depth


@pytest.mark.parametrize(
    ("domain", "owner", "parameter", "number"),
    [
        (WIDTHS, SVC(), "gamma", 1 / 16),
        (WIDTHS, SVC(gamma="auto"), "gamma", 1 / 16),
        (Categorical([0.01, 0.1]), SVC(), "gamma", 1 / 16),
        (WIDTHS, KernelRidge(), "gamma", 1 / 16),
        (WIDTHS, KernelPCA(), "gamma", 1 / 16),
        (SHARES, RandomForestClassifier(), "max_features", 0.25),
        (COUNTS, RandomForestClassifier(), "max_features", 4),
        (COUNTS, RandomForestClassifier(max_features=None), "max_features", UNLIMITED),
        (COUNTS, RandomForestRegressor(max_features=1.0), "max_features", 16),
        (SHARES, RandomForestRegressor(max_features=4), "max_features", 0.25),
        (Int(100, 9000), TfidfVectorizer(), "max_features", UNLIMITED),
        (Int(2, 30), RandomForestClassifier(), "max_depth", UNLIMITED),
        (Categorical([3, 9]), RandomForestClassifier(), "max_depth", UNLIMITED),
    ],
)
def test_number_of_a_word(domain, owner, parameter, number):
    assert in_numbers(domain, owner, parameter, SIXTEEN) == number


@pytest.mark.parametrize(
    ("domain", "owner", "parameter"),
    [
        (Categorical(["scale", 0.1]), SVC(), "gamma"),  # the word itself is there
        (WIDTHS, SVC(gamma=2.0), "gamma"),
        (Int(2, 30), RandomForestClassifier(max_depth=7), "max_depth"),
        (Categorical(["l1"]), LogisticRegression(), "penalty"),
        (Int(2, 12), OfAnotherLibrary(), "max_depth"),
        (SHARES, RandomForestRegressor(max_features=0.5), "max_features"),
        (Int(100, 9000), TfidfVectorizer(max_features=500), "max_features"),
        (Categorical(["sqrt", 0.5]), RandomForestClassifier(), "max_features"),
        (WIDTHS, None, "gamma"),
        (WIDTHS, SVC(), "unknown"),
    ],
)
def test_other_settings_have_none(domain, owner, parameter):
    assert in_numbers(domain, owner, parameter, SIXTEEN) is UNSET


def test_unknown_columns_have_no_width_and_no_count():
    assert in_numbers(WIDTHS, SVC(), "gamma", Data()) is UNSET

    forest = RandomForestClassifier()
    assert in_numbers(COUNTS, forest, "max_features", Data()) is UNSET


@pytest.mark.parametrize(
    ("scaler", "variance"),
    [(None, 9.0), (StandardScaler(), 1.0), (MinMaxScaler(), 1 / 12)],
)
def test_scale_is_of_the_columns_behind_the_scaler(scaler, variance):
    svc = SVC()
    estimator = svc if scaler is None else make_pipeline(scaler, svc)
    facts = Data(most_columns=4, X=np.array([[-3.0, 3.0]]))

    wish = own_in_numbers(estimator, facts)

    assert wish(WIDTHS, svc, "gamma") == pytest.approx(1 / (4 * variance))


@pytest.mark.parametrize(
    ("X", "variance"),
    [
        (np.array([[0.0, 4.0], [0.0, 4.0]]), 4.0),
        (np.array([[0.0, 4.0], [np.nan, 2.0]]), 8 / 3),
        (np.ones((3, 2)), 1.0),
        (["one text", "another"], 1.0),
        (np.full((2, 2), np.nan), 1.0),
        ([[1, 2], [3]], 1.0),
    ],
)
def test_variance(X, variance):
    assert Data(X=X).variance == pytest.approx(variance)


def test_variance_of_a_sparse_matrix_never_makes_it_dense():
    X = sparse.eye_array(10**6, format="csr")

    assert Data(X=X).variance == pytest.approx(1e-6, rel=1e-3)
