"""Data are the same ones in whatever container they come."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from sksearch.evaluation import Contents

X = np.arange(12.0).reshape(4, 3)
FRAME = pd.DataFrame(
    {
        "number": [1.0, np.nan, 3.0],
        "word": ["a", "b", None],
        "kind": pd.Categorical(["x", "y", "x"]),
        "day": pd.date_range("2020-01-01", periods=3),
        "whole": pd.array([1, None, 3], dtype="Int64"),
    }
)
TEXTS = ["one", "two", "three"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (X, X.copy()),
        (X, np.asfortranarray(X)),
        (X, X.tolist()),
        (X, X.astype(int)),
        (X, X.astype(np.float32)),
        (X, pd.DataFrame(X, columns=list("abc"))),
        (FRAME, FRAME.copy()),
        (FRAME, FRAME.set_axis([7, 8, 9])),
        (TEXTS, np.array(TEXTS)),
        (TEXTS, pd.Series(TEXTS, index=[4, 5, 6])),
        (sparse.csr_matrix(X), sparse.csc_matrix(X)),
        (sparse.csr_matrix(X), sparse.coo_array(X)),
        ([[1, "a"], [2, "b"]], np.array([[1, "a"], [2, "b"]], dtype=object)),
        ([{"a": 1}, {"b": 2}], [{"a": 1}, {"b": 2}]),
    ],
)
def test_the_same(one, other):
    assert Contents.of(one).same(Contents.of(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (X, X[::-1]),
        (X, X[:, ::-1]),
        (X, X.reshape(3, 4)),
        (X, X + 1e-9),
        (FRAME, FRAME.rename(columns={"number": "word", "word": "number"})),
        (FRAME, FRAME.assign(word=["a", "b", "c"])),
        (FRAME, FRAME.assign(kind=FRAME["kind"].cat.rename_categories(["x", "z"]))),
        (FRAME, FRAME.assign(day=pd.Timestamp("2020-01-01"))),
        (FRAME, FRAME.assign(whole=1)),
        (TEXTS, TEXTS[::-1]),
        (["ab", "c"], ["a", "bc"]),
        (sparse.csr_matrix(X), sparse.csr_matrix(2 * X)),
    ],
)
def test_not_the_same(one, other):
    assert not Contents.of(one).same(Contents.of(other))


def test_what_scikit_learn_keeps_with_sparse_data_is_no_content():
    one = sparse.csr_matrix(X)
    before = Contents.of(one)
    _ = one.has_sorted_indices
    one.sort_indices()

    assert before == Contents.of(one)


def test_what_cannot_be_read():
    class Odd:
        def __array__(self, *args, **kwargs):
            raise ValueError

    assert Contents.of(Odd()) is None
