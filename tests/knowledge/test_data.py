"""The facts about data that bound a space."""

from __future__ import annotations

from math import inf

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from sksearch.knowledge import Data

X = np.arange(20.0).reshape(10, 2)


def test_half_of_the_rows_count():
    data = Data.of(X)

    assert (data.rows, data.columns, data.most_columns) == (5, 2, 2)

    assert not data.missing


def test_nothing_is_known_without_data():
    data = Data.of()

    assert (data.rows, data.columns, data.most_columns) == (50, 10, inf)

    assert data.missing


def test_a_column_that_may_be_empty_in_a_half_does_not_count():
    holed = X.copy()
    holed[:5, 0] = np.nan

    data = Data.of(holed)

    assert (data.columns, data.most_columns, data.missing) == (1, 2, True)


def test_a_column_that_is_there_in_a_smaller_part_counts():
    holed = X.copy()
    holed[:2, 0] = np.nan

    assert Data.of(holed, rows=3).columns == 2

    assert Data.of(holed, rows=2).columns == 1


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"a": ["x", None, "y", "z"], "b": [1, 2, 3, 4]}),
        np.array([["x", 1], [None, 2], ["y", 3], ["z", 4]], dtype=object),
        [["x", 1], [None, 2], ["y", 3], ["z", 4]],
    ],
)
def test_words_may_be_missing(frame):
    data = Data.of(frame)

    assert (data.rows, data.columns, data.missing) == (2, 2, True)


def test_a_sparse_matrix():
    data = Data.of(sparse.csr_matrix(X))

    assert (data.rows, data.columns, data.sparse) == (5, 2, True)


def test_texts_are_one_column():
    assert Data.of(["a word", "two words", "three", "four"]).columns == 1


def test_classes_are_halved():
    assert Data.of(X, np.repeat(["a", "b"], [7, 3])).classes == (3, 1)


def test_the_spread_of_the_target():
    data = Data.of(X, np.tile([0.0, 10.0], 5))

    assert data.spread == pytest.approx(5)


def test_a_target_that_does_not_vary_has_no_unit():
    assert Data.of(X, np.ones(10)).spread == 1


def test_a_target_with_holes():
    assert Data.of(X, np.r_[np.nan, np.inf, np.ones(4), -np.ones(4)]).spread == 1

    assert Data.of(X, np.full(10, np.nan)).spread == 1


def test_several_targets():
    assert Data.of(X, np.zeros((10, 3))).targets == 3
