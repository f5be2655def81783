"""The kinds of data that every face takes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import scipy.sparse
from faces import X, Y, assert_same_results, one_quick_face
from scipy.stats import loguniform
from sklearn.base import clone
from sklearn.cluster import KMeans
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier
from stand_ins import data

from sksearch import Float, Int


@one_quick_face
class TestData:
    @pytest.mark.parametrize(
        ("X", "y"),
        [
            (X.tolist(), Y.tolist()),
            (scipy.sparse.csr_matrix(X), Y),
            (pd.DataFrame(X, columns=list("abc")), pd.Series(Y)),
        ],
        ids=["lists", "sparse", "pandas"],
    )
    def test_kinds_of_data_make_no_difference(self, face, X, y):
        space = {"max_depth": Int(1, 9)}
        tree = DecisionTreeClassifier(random_state=0)
        expected = face(tree, space, n_iter=3).fit(data()[0], Y)
        found = face(tree, space, n_iter=3).fit(X, y)

        assert_same_results(found.cv_results_, expected.cv_results_)

    def test_polars(self, face):
        polars = pytest.importorskip("polars")
        frame = polars.DataFrame(X, schema=list("abc"))
        space = {"max_depth": Int(1, 9)}
        tree = DecisionTreeClassifier(random_state=0)
        search = face(tree, space).fit(frame, polars.Series(Y))

        assert_same_results(search.cv_results_, face(tree, space).fit(X, Y).cv_results_)

        # scikit-learn 1.6 does not read the names of every release of polars.
        bare = clone(tree).fit(frame, polars.Series(Y))

        assert list(getattr(search, "feature_names_in_", [])) == list(
            getattr(bare, "feature_names_in_", [])
        )

        assert len(search.predict(frame)) == len(X)

    def test_names_of_features(self, face):
        frame = pd.DataFrame(X, columns=list("abc"))
        search = face(LogisticRegression(), {"C": Float(0.1, 1)}, n_iter=2)
        search.fit(frame, Y)

        assert search.feature_names_in_.tolist() == ["a", "b", "c"]

        assert search.n_features_in_ == 3

    def test_no_target(self, face):
        space = {"n_clusters": Int(2, 5)}
        search = face(KMeans(n_init=1, random_state=0), space, n_iter=4).fit(X)

        assert search.best_params_ == {"n_clusters": 5}

        assert search.predict(X).shape == (len(X),)

    def test_pairwise(self, face):
        kernel = X @ X.T
        space = {"C": loguniform(0.01, 10)}
        same = {"initial_points": "default"}  # a table knows what is good for a kernel
        search = face(SVC(kernel="precomputed"), space, **same).fit(kernel, Y)
        expected = face(SVC(kernel="linear"), space, **same).fit(X, Y)

        np.testing.assert_array_equal(
            search.cv_results_["mean_test_score"],
            expected.cv_results_["mean_test_score"],
        )

    def test_many_outputs(self, face):
        search = face(Ridge(), {"alpha": loguniform(0.01, 10)}).fit(
            X, np.c_[Y, X[:, 0]]
        )

        assert search.predict(X).shape == (len(X), 2)

        assert np.isfinite(search.cv_results_["mean_test_score"]).all()
