from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array
from sklearn.model_selection import KFold, PredefinedSplit, TimeSeriesSplit

from sksearch.evaluation import Folds, make_folds
from sksearch.search.plan._row_facts import (
    classes_of,
    codes_of,
    gaps_between,
    goes_forward,
    labels_of,
)

X = np.zeros((30, 2))


@pytest.mark.parametrize(
    ("classify", "y", "codes"),
    [
        (True, ["b", "a", "b"], [1, 0, 1]),
        (True, np.array([[2], [7], [2]]), [0, 1, 0]),
        (True, [0.5, 0.25, 0.1], None),
        (True, np.array([[0, 1], [1, 1], [0, 0]]), None),
        (True, None, None),
        (False, [0, 1, 0], None),
    ],
)
def test_classes(classify, y, codes):
    found = classes_of(y, classify=classify)

    assert (found is None) == (codes is None)

    assert codes is None or found.tolist() == codes


MOSTLY_ZERO = np.r_[np.zeros(8), 3.0, 4.0]


@pytest.mark.parametrize(
    ("classify", "y", "labels"),
    [
        (True, ["b", "a", "b"], [1, 0, 1]),
        (True, np.array([[0, 1], [1, 0]]), [[0, 1], [1, 0]]),
        (True, csr_array([[0, 1], [1, 0]]), [[0, 1], [1, 0]]),
        (
            True,
            np.array([[5, 1], [7, 2], [7, 3]]),
            [[0, 0], [1, 1], [1, 2]],
        ),
        (True, [0.5, 0.25, 0.1], None),
        (False, None, None),
        (False, np.arange(30.0), None),
        (False, np.ones(10), None),
        (False, np.array(list("abb")), None),
        (False, MOSTLY_ZERO, [[1]] * 8 + [[0]] * 2),
        (
            False,
            np.c_[np.arange(10) / 20, MOSTLY_ZERO],
            [[1]] * 8 + [[0]] * 2,
        ),
        (False, np.arange(4), None),
    ],
    ids=range(12),
)
def test_what_each_rung_shall_have_some_of(classify, y, labels):
    found = labels_of(y, classify=classify)

    assert (None if found is None else found.tolist()) == labels


def test_codes():
    assert codes_of(["x", "y", "x"]).tolist() == [0, 1, 0]


def folds_of(cv):
    return make_folds(cv, X, None, {})


def test_what_goes_forward():
    half = PredefinedSplit(np.r_[np.full(15, -1), np.zeros(15)])
    windows = Folds(
        tuple((np.arange(i, i + 5), np.arange(i + 5, i + 8)) for i in (0, 5, 10))
    )

    assert goes_forward(TimeSeriesSplit(2), folds_of(TimeSeriesSplit(2)))

    assert goes_forward(None, windows)

    assert not goes_forward(KFold(3), folds_of(KFold(3)))

    assert not goes_forward(half, folds_of(half))


def test_gaps():
    assert gaps_between(folds_of(TimeSeriesSplit(3, gap=2))) == (2, 2, 2)

    assert gaps_between(folds_of(TimeSeriesSplit(2))) == (0, 0)
