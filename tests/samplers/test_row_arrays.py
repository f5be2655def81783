from __future__ import annotations

import numpy as np

from sksearch.samplers._row_arrays import evenly, first_of_each


def test_first_of_each_row_in_their_order():
    nan = np.nan
    rows = np.array([[0.2, nan], [0.1, 0.5], [0.2, nan], [0.1, nan], [0.1, 0.5]])

    np.testing.assert_array_equal(first_of_each(rows), rows[[0, 1, 3]])

    assert first_of_each(rows[:0]).shape == (0, 2)


def test_even_positions_include_both_ends():
    assert evenly(11, 3).tolist() == [0, 5, 10]
    assert evenly(3, 3).tolist() == [0, 1, 2]
