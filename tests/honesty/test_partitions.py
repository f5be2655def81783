"""Random divisions of rows."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from sksearch.honesty import partitions, repetitions_of


def divide(units, strata, n_blocks=4, n_times=5):
    rng = np.random.default_rng(0)
    return partitions(np.array(units), np.array(strata), n_blocks, n_times, rng)


def test_blocks_are_of_equal_size_and_differ_from_time_to_time():
    blocks = divide(np.arange(10), np.zeros(10, int))

    assert blocks.shape == (5, 10)

    assert all(sorted(np.bincount(row)) == [2, 2, 3, 3] for row in blocks)

    assert len({tuple(row) for row in blocks}) == 5


def test_each_block_has_its_share_of_each_stratum():
    strata = np.repeat([0, 1], [20, 4])

    for row in divide(np.arange(24), strata):
        assert np.bincount(row[:20]).tolist() == [5] * 4

        assert np.bincount(row[20:]).tolist() == [1] * 4


def test_rows_of_a_unit_stay_together():
    units = np.repeat(np.arange(8), 3)

    for row in divide(units, np.zeros(24, int)):
        assert_array_equal(row.reshape(8, 3), row[::3, None] * [1, 1, 1])


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([[0, 1], [2, 3]], [0, 0]),
        ([[0, 1], [2, 3], [1, 2], [3, 0]], [0, 0, 1, 1]),
        ([[0, 1], [1, 2], [2, 3]], [0, 1, 2]),
        ([[0, 1], [0, 2], [0, 3]], [0, 1, 2]),
    ],
)
def test_repetitions(parts, expected):
    assert repetitions_of(map(np.array, parts), 4).tolist() == expected
