"""Arrays come back as they lay in memory."""

import pickle
from itertools import count

import numpy as np
import pytest

from sksearch.evaluation.shared_steps._array_layout import packed, unpacked

A = np.arange(60.0).reshape(6, 10)


@pytest.mark.parametrize(
    "array",
    [
        A,
        np.asfortranarray(A),
        A[:, :4],
        A.T[:4],
        A[:, :4].T,
        A[:3],
        np.asfortranarray(A)[:3],
        A[0],
        A[:, :1],
        A.astype("f4")[:, 2:5],
        np.arange(24).reshape(2, 3, 4),
        np.array([["a", None]], dtype=object)[:, ::-1],
    ],
    ids=count(),
)
def test_the_copy_has_the_same_entries_and_strides(array):
    [copy] = unpacked(pickle.loads(pickle.dumps(packed((array,)))))

    assert copy.dtype == array.dtype

    np.testing.assert_array_equal(copy, array)

    if not array.dtype.hasobject:
        assert copy.strides == array.strides

        assert copy.flags.writeable

    assert not np.shares_memory(copy, array)


@pytest.mark.parametrize(
    "array",
    [A[::-1], A[:, ::2], np.arange(24).reshape(2, 3, 4)[:, :, 1:], A[:, :0:-1]],
    ids=count(),
)
def test_what_lies_otherwise_is_not_kept(array):
    assert packed((array, "step")) is None


def test_what_cannot_be_written_to_is_not_kept():
    """A copy could be, and a step that may fail would not."""
    array = A.copy()
    array.flags.writeable = False

    assert packed((array,)) is None


def test_other_values_stay():
    values = ([1, 2], "step", {"a": 3})

    assert packed(values) == values

    assert unpacked(values) == values
