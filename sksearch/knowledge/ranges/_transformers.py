"""Ranges of transformers: components, columns, bins, imputation, words.

No range exceeds the least possible number of columns, and none removes all columns.
"""

from __future__ import annotations

from numbers import Integral
from typing import Any

from sksearch.knowledge.ranges._kernels import kernel
from sksearch.knowledge.ranges._setting import Found, Rule, Setting
from sksearch.space import Choice, Float, Int

UNKNOWN = "the number of its columns is unknown"
NO_GAPS = "no values are missing"


def pca(s: Setting) -> Found:
    """Return the space of PCA: a share of the variance, for any number of columns."""
    own = s.own("n_components")
    shares = s.own("svd_solver") in ("auto", "full", "covariance_eigh")
    if s.data.sparse or not shares or (own is not None and not isinstance(own, float)):
        most = min(s.data.rows, s.data.columns) - 1
        return s.up_to("n_components", most) or UNKNOWN
    if own is None:
        return {"n_components": Choice([None, Float(0.5, 0.99)])}
    return s.number("n_components", 0.5, 0.99, least=0.01, most=0.999)


def n_factors(s: Setting) -> int:
    """Return the most parts of a decomposition with no more of them than columns."""
    return min(s.data.rows - 1, s.data.columns, 100)


def factors(s: Setting) -> Found:
    """Return the space of decompositions with at most as many parts as columns."""
    return s.up_to("n_components", n_factors(s)) or UNKNOWN


def agglomeration(s: Setting) -> Found:
    """Return the space of FeatureAgglomeration."""
    if s.own("n_clusters") is None:
        return "its distance_threshold has the unit of your data"
    return s.up_to("n_clusters", min(s.data.columns, 100)) or UNKNOWN


def nystroem(s: Setting) -> Found:
    """Return the space of Nystroem, with at most as many components as rows."""
    most = max(20, min(300, s.data.rows))
    return {**s.whole("n_components", 10, most, log=True, most=most), **kernel(s)}


def bins(s: Setting) -> Found:
    """Return the space of KBinsDiscretizer."""
    most = min(15, s.data.rows)
    found = s.whole("n_bins", 3, most, log=True, least=2, most=most)
    return {**found, **s.options("strategy", ["quantile", "uniform"])}


def quantiles(s: Setting) -> Found:
    """Return the space of QuantileTransformer: no more quantiles than rows."""
    most = min(1000, s.data.rows)
    return {
        **s.whole("n_quantiles", 10, most, log=True, most=most),
        **s.options("output_distribution", ["uniform", "normal"]),
    }


def best(s: Setting) -> Found:
    """Return the space of SelectKBest: some of the columns, or all."""
    columns, own = s.data.columns, s.own("k")
    if columns < 3:
        return UNKNOWN
    low, high = max(1, columns // 10), columns - 1
    if isinstance(own, Integral) and own <= columns:
        low, high = min(low, int(own)), max(high, int(own))
    return {"k": Choice(["all", Int(low, high, log=high > 20)])}


def percentile(s: Setting) -> Found:
    """Return the space of SelectPercentile: at least one column."""
    least = -(-100 // max(1, s.data.columns))
    if least > 50:
        return UNKNOWN
    return s.whole("percentile", max(10, least), 100, least=least, most=100)


def univariate(s: Setting) -> Found:
    """Return the space of GenericUnivariateSelect, for modes that keep some columns."""
    mode, n = s.own("mode"), s.data.columns
    if n < 3 or mode not in ("percentile", "k_best"):
        return UNKNOWN if n < 3 else "it may leave no column"
    if mode == "k_best":
        return {"param": Choice(["all", Int(1, n - 1, log=n > 20)])}
    return {"param": Int(max(10, -(-100 // n)), 100)}


def elimination(s: Setting) -> Found:
    """Return the space of RFE: shares of the columns, at least one column."""
    if s.data.columns < 3:
        return UNKNOWN
    least = max(0.2, 1.01 / s.data.columns)
    return s.fraction("n_features_to_select", least, 1, least=least)


def impute(s: Setting) -> Found:
    """Return the space of SimpleImputer; text keeps its most frequent value."""
    if not s.data.missing:
        return NO_GAPS
    found = s.options("strategy", ["mean", "median"])
    return {**found, **s.options("add_indicator", [False, True])}


def impute_by_rows(s: Setting) -> Found:
    """Return the space of KNNImputer."""
    if not s.data.missing:
        return NO_GAPS
    found = s.whole("n_neighbors", 2, 20, log=True)
    return {**found, **s.options("weights", ["uniform", "distance"])}


def one_hot(s: Setting) -> Found:
    """Return the space of OneHotEncoder: rare categories share a column."""
    allowed = ("ignore", "infrequent_if_exist", "warn")
    if s.own("handle_unknown") not in allowed or s.own("drop") is not None:
        return "it refuses unseen categories, or drops one"
    if s.own("max_categories") is not None:
        return "max_categories decides which categories share a column"
    return s.options("min_frequency", [None, 2, 5, 10])


def words(s: Setting) -> Found:
    """Return the space of CountVectorizer and its variants.

    Limits on the frequency of words are left out, as they may leave no word.
    """
    found: dict[str, Any] = {}
    if s.own("analyzer") == "word":
        found |= s.options("ngram_range", [(1, 1), (1, 2)])
    return {
        **found,
        **s.options("binary", [False, True]),
        **s.options("sublinear_tf", [False, True]),
        **s.options("use_idf", [True, False]),
    }


def projection(s: Setting) -> Found:
    """Return the space of random projections."""
    most = min(s.data.columns, 300)
    if most < 3:
        return UNKNOWN
    return {"n_components": Int(max(1, most // 10), most, log=True)}


RULES: dict[str, Rule] = {
    "AdditiveChi2Sampler": lambda s: s.options("sample_steps", [2, 1, 3]),
    "BernoulliRBM": lambda s: {
        **s.whole("n_components", 32, 256, log=True),
        **s.number("learning_rate", 1e-3, 0.1, log=True),
    },
    # They cluster rows, with a column for each cluster.
    "BisectingKMeans KMeans MiniBatchKMeans": lambda s: s.whole(
        "n_clusters", 2, min(50, s.data.rows), log=True, most=s.data.rows
    ),
    "CountVectorizer HashingVectorizer TfidfTransformer TfidfVectorizer": words,
    "DictionaryLearning FactorAnalysis FastICA IncrementalPCA": factors,
    "FeatureAgglomeration": agglomeration,
    "GaussianRandomProjection SparseRandomProjection": projection,
    "GenericUnivariateSelect": univariate,
    "KBinsDiscretizer": bins,
    "KNNImputer": impute_by_rows,
    "KernelPCA": lambda s: {**s.up_to("n_components", n_factors(s)), **kernel(s)},
    "LatentDirichletAllocation": lambda s: s.whole("n_components", 5, 50, log=True),
    "MiniBatchNMF NMF NeighborhoodComponentsAnalysis": factors,
    "Normalizer": lambda s: s.options("norm", ["l2", "l1", "max"]),
    "Nystroem": nystroem,
    "OneHotEncoder": one_hot,
    "PCA": pca,
    "PolynomialCountSketch": lambda s: {
        **s.whole("degree", 2, 3),
        **s.whole("n_components", 50, 300, log=True),
    },
    # Cubes for few columns only.
    "PolynomialFeatures": lambda s: {
        **s.options("degree", [2, 1, 3] if s.data.most_columns <= 10 else [2, 1]),
        **s.options("interaction_only", [False, True]),
    },
    "QuantileTransformer": quantiles,
    "RBFSampler": lambda s: {
        **s.number("gamma", 1e-3, 3, log=True),
        **s.whole("n_components", 50, 300, log=True),
    },
    "RFE": elimination,
    "RandomTreesEmbedding": lambda s: {
        **s.whole("max_depth", 2, 7),
        **s.whole("n_estimators", 30, 200, log=True),
    },
    # These thresholds keep at least one column.
    "SelectFromModel": lambda s: s.options("threshold", [None, "median", "0.5*mean"]),
    "SelectKBest": best,
    "SelectPercentile": percentile,
    "SimpleImputer": impute,
    "SkewedChi2Sampler": lambda s: s.whole("n_components", 50, 300, log=True),
    "SplineTransformer": lambda s: {
        **s.whole("n_knots", 3, 12, least=2),
        **s.whole("degree", 1, 3, least=0),
    },
    "TargetEncoder": lambda s: s.number("smooth", 1, 100, log=True),
    # Fewer parts than columns; 100 for texts.
    "TruncatedSVD": lambda s: (
        s.up_to("n_components", min(s.data.rows, s.data.columns, 200) - 1) or UNKNOWN
    ),
}
