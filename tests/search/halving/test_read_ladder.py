from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import randint
from sklearn.model_selection import KFold

from sksearch import Int
from sksearch.search.halving._read_ladder import is_listed, smallest_sample
from sksearch.search.plan._fit_data import FitData

X = np.zeros((30, 2))


@pytest.mark.parametrize(
    ("y", "classify", "least"),
    [
        (np.arange(30) % 3, True, 30),
        (np.arange(30) % 2, True, 20),
        (np.arange(30) % 3, False, 10),
        (np.arange(30), True, 30),
        (None, True, 10),
    ],
)
def test_the_smallest_sample(y, classify, least):
    data = FitData(X, y, cv=KFold(5), kind="classifier" if classify else "regressor")

    assert smallest_sample(data) == least


@pytest.mark.parametrize(
    ("space", "listed"),
    [
        ({"a": [1, 2]}, True),
        ({"a": Int(1, 2)}, True),
        ({"a": randint(1, 3)}, False),
        ([{"a": [1]}, {"a": randint(1, 3)}], False),
        (None, True),
    ],
    ids=["list", "Int", "distribution", "one of two dicts", "None"],
)
def test_listed(space, listed):
    assert is_listed(space) == listed
