"""Steps before a model."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from sklearn.decomposition import PCA, IncrementalPCA, TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.feature_selection import (
    RFE,
    GenericUnivariateSelect,
    SelectKBest,
    SelectPercentile,
)
from sklearn.impute import KNNImputer, SimpleImputer
from sklearn.kernel_approximation import Nystroem
from sklearn.linear_model import Ridge
from sklearn.preprocessing import (
    KBinsDiscretizer,
    OneHotEncoder,
    PolynomialFeatures,
    QuantileTransformer,
)
from sklearn.random_projection import SparseRandomProjection

from sksearch import Choice, Float, Int, suggest_space
from sksearch.exceptions import SpaceError

FEW, WIDE, ONE = np.ones((20, 5)), np.ones((20, 60)), np.ones((20, 1))
HOLED = np.where(np.arange(100).reshape(20, 5) % 7 == 0, np.nan, 1.0)


class TestComponents:
    def test_shares_of_the_variance(self):
        assert suggest_space(PCA()) == {
            "n_components": Choice([None, Float(0.5, 0.99)])
        }

        assert suggest_space(PCA(0.9)) == {"n_components": Float(0.5, 0.99)}

    def test_a_number_that_was_chosen(self):
        assert suggest_space(PCA(3), FEW) == {"n_components": Int(1, 4)}

    def test_a_sparse_matrix_has_no_shares(self):
        found = suggest_space(PCA(), sparse.csr_matrix(FEW))["n_components"]

        assert found == Choice([None, Int(1, 4)])

    @pytest.mark.parametrize(("X", "most"), [(FEW, 5), (WIDE, 9)])
    def test_no_more_than_rows_or_columns(self, X, most):
        found = suggest_space(IncrementalPCA(), X)["n_components"]

        assert found.options[1].value.high == most

    def test_fewer_than_columns(self):
        assert suggest_space(TruncatedSVD(), FEW) == {"n_components": Int(1, 4)}

    def test_one_column(self):
        with pytest.raises(SpaceError, match="the number of its columns is unknown"):
            suggest_space(TruncatedSVD(), ONE)

    def test_no_more_than_rows(self):
        assert suggest_space(Nystroem(), WIDE)["n_components"].high == 20

    def test_projections(self):
        assert suggest_space(SparseRandomProjection(), WIDE)["n_components"].high == 60


class TestSelection:
    def test_some_or_all(self):
        assert suggest_space(SelectKBest(), FEW) == {"k": Choice(["all", Int(1, 4)])}

        found = suggest_space(SelectKBest(k=5), FEW)
        assert found == {"k": Choice(["all", Int(1, 5)])}

        assert suggest_space(SelectKBest(k=2), FEW) == {"k": Choice(["all", Int(1, 4)])}

    def test_at_least_one(self):
        assert suggest_space(SelectPercentile(), FEW) == {"percentile": Int(20, 100)}

        low = (
            suggest_space(RFE(Ridge()), FEW)["n_features_to_select"]
            .options[1]
            .value.low
        )
        assert int(5 * low) >= 1

    @pytest.mark.parametrize(
        "step", [SelectKBest(), SelectPercentile(), GenericUnivariateSelect()]
    )
    def test_one_column(self, step):
        with pytest.raises(SpaceError, match="the number of its columns is unknown"):
            suggest_space(step, ONE)

    def test_modes(self):
        by_number = GenericUnivariateSelect(mode="k_best")
        assert suggest_space(by_number, FEW)["param"] == Choice(["all", Int(1, 4)])

        with pytest.raises(SpaceError, match="it may leave no column"):
            suggest_space(GenericUnivariateSelect(mode="fpr"), FEW)


class TestImputation:
    def test_gaps(self):
        assert list(suggest_space(SimpleImputer(), HOLED)) == [
            "strategy", "add_indicator",
        ]  # fmt: skip

        assert "n_neighbors" in suggest_space(KNNImputer(), HOLED)

    @pytest.mark.parametrize("step", [SimpleImputer(), KNNImputer()])
    def test_no_gaps(self, step):
        with pytest.raises(SpaceError, match="no values are missing"):
            suggest_space(step, FEW)

    def test_words_have_no_mean(self):
        space = suggest_space(SimpleImputer(strategy="most_frequent"), HOLED)

        assert list(space) == ["add_indicator"]


def test_cubes_of_few_columns_only():
    assert suggest_space(PolynomialFeatures(), FEW)["degree"] == [2, 1, 3]

    assert suggest_space(PolynomialFeatures(), WIDE)["degree"] == [2, 1]

    assert suggest_space(PolynomialFeatures())["degree"] == [2, 1]


def test_no_more_quantiles_than_rows():
    with pytest.raises(KeyError):
        suggest_space(QuantileTransformer(), FEW)["n_quantiles"]

    assert (
        suggest_space(QuantileTransformer(), np.ones((90, 2)))["n_quantiles"].high == 45
    )


def test_bins():
    assert suggest_space(KBinsDiscretizer(), FEW)["n_bins"] == Int(3, 10, log=True)

    assert "n_bins" not in suggest_space(KBinsDiscretizer(n_bins=[3, 4]))


def test_rare_names():
    encoder = OneHotEncoder(handle_unknown="ignore")
    assert suggest_space(encoder) == {"min_frequency": [None, 2, 5, 10]}

    with pytest.raises(SpaceError, match="it refuses unseen categories"):
        suggest_space(OneHotEncoder())


def test_words():
    assert list(suggest_space(CountVectorizer())) == ["ngram_range", "binary"]

    assert list(suggest_space(TfidfVectorizer(analyzer="char"))) == [
        "binary", "sublinear_tf", "use_idf",
    ]  # fmt: skip
