"""Tests of how arguments get to ray's workers."""

import sys
from types import SimpleNamespace

import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy.sparse import csr_array

from sksearch.workers._ray import MIN_BYTES, ArgumentStore, size_of

LARGE = np.zeros(MIN_BYTES)


SPARSE = csr_array(np.eye(4))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.zeros(10), 80),
        (pl.DataFrame({"a": [1.0, 2.0]}), 16),
        (pl.Series([1.0, 2.0]), 16),
        (SPARSE, 32 + SPARSE.indices.nbytes),
        ([1, 2, 3], 0),
        (None, 0),
    ],
    ids=["array", "polars", "polars series", "sparse", "list", "nothing"],
)
def test_size_of(value, expected):
    assert size_of(value) == expected


@pytest.mark.parametrize("kind", [pd.DataFrame, pd.Series])
def test_size_of_pandas(kind):
    assert size_of(kind(np.zeros(1000))) >= 8000


@pytest.fixture
def ray(monkeypatch):
    """Return a stand-in for ray, with an object store that is a list."""
    objects = []
    stand_in = SimpleNamespace(
        put=lambda value: objects.append(value) or len(objects) - 1,
        get=lambda reference: objects[reference],
        objects=objects,
    )
    monkeypatch.setitem(sys.modules, "ray", stand_in)
    return stand_in


def test_what_is_large_is_stored_once(ray):
    store = ArgumentStore()
    for number in range(3):
        function, args = store.call(dict, ())
        assert function(*args) == {}

        function, args = store.call(lambda *args: args, (LARGE, "small", number))
        assert not any(a is LARGE for a in args)

        found = function(*args)
        assert found[0] is LARGE

        assert found[1:] == ("small", number)

    assert len(ray.objects) == 1
