"""Tests of hashes of data."""

import joblib
import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp

from sksearch.engine import digest, digest_before, holds_data

X = np.arange(12.0).reshape(4, 3)


def same_array(tmp_path):
    yield np.asfortranarray(X)
    yield X[::-1][::-1]
    yield np.hstack([X, X])[:, :3]
    fixed = X.copy()
    fixed.flags.writeable = False
    yield fixed
    np.save(tmp_path / "x.npy", X)
    yield np.load(tmp_path / "x.npy", mmap_mode="r")


def test_arrays_with_the_same_entries(tmp_path):
    for other in same_array(tmp_path):
        assert digest(other) == digest(X)
        assert digest([other, (other,)]) == digest([X, (X,)])


def test_ordinary_arrays_have_the_hash_that_older_journals_have():
    for array in (X, np.arange(3), np.array(["a", "b"]), np.zeros((0, 2))):
        assert digest(array) == digest_before(array)
        assert digest(array).endswith(joblib.hash(array))


@pytest.mark.parametrize(
    "other", [X + 1, X.astype(np.float32), X.reshape(3, 4), X[:, ::-1], X.tolist()]
)
def test_other_arrays(other):
    assert digest(other) != digest(X)


def frame():
    return pd.DataFrame(
        {
            "a": [1.0, 2.0, 3.0],
            "b": pd.Categorical(["x", "y", "x"]),
            "c": pd.array([1, None, 3], dtype="Int64"),
            "d": ["p", "q", "r"],
            "e": pd.to_datetime(["2020-01-01", "2020-01-02", "2020-01-03"]),
        }
    )


def noted(table):
    table.attrs["source"] = "here"
    return table


def used(table):
    _ = table["a"], table.columns.is_unique, table.index.is_unique, table.values
    return table


@pytest.mark.parametrize(
    "change",
    [
        noted,
        used,
        lambda t: pd.concat([t[["a", "b"]], t[["c", "d", "e"]]], axis=1),
        lambda t: t.set_index(pd.Index([0, 1, 2])),
        lambda t: t.copy(),
    ],
    ids=["attrs", "caches", "blocks", "index", "copy"],
)
def test_tables_with_the_same_contents(change):
    assert digest(change(frame())) == digest(frame())
    assert digest(change(frame())["a"]) == digest(frame()["a"])


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.rename(columns={"a": "z"}),
        lambda t: t.assign(a=[1.0, 2.0, 4.0]),
        lambda t: t.assign(b=t.b.cat.reorder_categories(["y", "x"])),
        lambda t: t.assign(b=t.b.cat.add_categories(["z"])),
        lambda t: t.assign(b=t.b.cat.as_ordered()),
        lambda t: t.assign(b=t.b.astype(str)),
        lambda t: t.astype({"c": "Int32"}),
        lambda t: t.assign(c=pd.array([1, 2, 3], dtype="Int64")),
        lambda t: t[["b", "a", "c", "d", "e"]],
        lambda t: t.set_index(t.index + 1),
        lambda t: t.set_axis([0, 1, 2, 3, 4], axis=1),
    ],
    ids=[str(i) for i in range(11)],
)
def test_other_tables(change):
    assert digest(change(frame())) != digest(frame())


def unsorted(matrix):
    rows = matrix.tocsr()
    rows.indices, rows.data = rows.indices.copy(), rows.data.copy()
    for i in range(rows.shape[0]):
        part = slice(rows.indptr[i], rows.indptr[i + 1])
        rows.indices[part] = rows.indices[part][::-1]
        rows.data[part] = rows.data[part][::-1]
    rows.has_sorted_indices = False
    return rows


def checked(matrix):
    _ = matrix.has_sorted_indices, matrix.has_canonical_format
    return matrix


def with_zero(matrix):
    entries = matrix.tocoo()
    return sp.csr_matrix(
        (
            np.append(entries.data, 0),
            (np.append(entries.row, 1), np.append(entries.col, 1)),
        ),
        shape=matrix.shape,
    )


SPARSE = sp.csr_matrix(np.array([[1.0, 2, 0], [0, 0, 3]]))


@pytest.mark.parametrize("change", [unsorted, checked, with_zero, lambda m: m.copy()])
def test_sparse_matrices_with_the_same_entries(change):
    assert digest(change(SPARSE)) == digest(SPARSE)


@pytest.mark.parametrize("kind", ["csc", "coo", "bsr", "lil", "dok", "dia"])
def test_sparse_matrices_of_all_kinds(kind):
    matrix = SPARSE.asformat(kind)
    before = digest(matrix)
    assert digest(matrix.copy()) == before
    assert digest((SPARSE * 2).asformat(kind)) != before


def test_what_holds_data():
    assert all(map(holds_data, [X, frame(), frame()["a"], SPARSE]))
    assert not any(map(holds_data, [pd.DataFrame, [1], None, "a"]))
