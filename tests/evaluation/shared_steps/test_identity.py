"""What tells steps from each other."""

import threading
from itertools import count

import numpy as np
import pytest
from sklearn.base import BaseEstimator
from sklearn.decomposition import PCA
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.frozen import FrozenEstimator
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler

from sksearch.evaluation.shared_steps import _identity
from sksearch.evaluation.shared_steps._identity import identity


def adds(n):
    return lambda x: x + n


def local_class(n):
    class Local(BaseEstimator):
        def fit_transform(self, X, y=None):
            return X + n

    return Local


@pytest.mark.parametrize(
    "make",
    [
        lambda: PCA(3, random_state=0),
        lambda: TfidfVectorizer(ngram_range=(1, 2), stop_words=["a" * 1, "b"]),
        lambda: make_pipeline(StandardScaler(), PCA(2)),
        lambda: FunctionTransformer(np.log1p),
        lambda: FunctionTransformer(adds(1)),
        lambda: np.random.RandomState(3),
        lambda: {"a": [1, (2.0, None)], "b": np.arange(3)},
    ],
    ids=count(),
)
def test_equal_things_have_the_same(make):
    assert identity(make()) == identity(make())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PCA(3), PCA(4)),
        (PCA(3), PCA(3.0)),
        (PCA(True), PCA(1)),
        (PCA(3, random_state=0), PCA(3, random_state=1)),
        (np.random.RandomState(0), np.random.RandomState(1)),
        (StandardScaler(), StandardScaler().set_output(transform="pandas")),
        (make_pipeline(PCA(3)), make_pipeline(PCA(4))),
        (FunctionTransformer(adds(1)), FunctionTransformer(adds(2))),
        (FunctionTransformer(np.log1p), FunctionTransformer(np.log)),
        (local_class(1)(), local_class(2)()),
        (np.arange(4), np.arange(4.0)),
        (np.arange(4), np.arange(4).reshape(2, 2)),
        (np.arange(4).astype("i4"), np.arange(4).astype("u4")),
        ("1", 1),
        (["ab", "c"], ["a", "bc"]),
        ([1, [2]], [[1], 2]),
        (b"a", "a"),
        (0.0, -0.0),
        (PCA, StandardScaler),
    ],
    ids=count(),
)
def test_other_things_have_others(one, other):
    assert identity(one) != identity(other)


def test_a_frozen_step_counts_with_what_it_has_learned():
    one, other = (
        FrozenEstimator(StandardScaler().fit(np.arange(4.0)[:, None] * k))
        for k in (1, 2)
    )

    assert identity(one) != identity(other)


def test_values_are_told_from_values_side_by_side():
    assert identity("a", "b") != identity("ab", "")


def test_what_cannot_be_pickled_has_none():
    with pytest.raises(TypeError):
        identity(FunctionTransformer(kw_args={"lock": threading.Lock()}))


def test_code_of_a_module_counts(tmp_path, monkeypatch):
    """A class may do something else tomorrow, under the same name."""
    monkeypatch.syspath_prepend(tmp_path)
    text = (
        "from sklearn.base import BaseEstimator\nclass Step(BaseEstimator):\n    n = {}"
    )
    found = []
    for n in (1, 2):
        path = tmp_path / "my_step_of_a_test.py"
        path.write_text(text.format(n))
        _identity._code_of.cache_clear()
        _identity._source_of.cache_clear()
        import my_step_of_a_test

        found.append(identity(my_step_of_a_test.Step()))

    assert found[0] != found[1]
