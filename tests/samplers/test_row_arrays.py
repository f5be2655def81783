from __future__ import annotations

import numpy as np

from sksearch.samplers._row_arrays import first_of_each


def test_first_of_each_row_in_their_order():
    nan = np.nan
    rows = np.array([[0.2, nan], [0.1, 0.5], [0.2, nan], [0.1, nan], [0.1, 0.5]])

    np.testing.assert_array_equal(first_of_each(rows), rows[[0, 1, 3]])

    assert first_of_each(rows[:0]).shape == (0, 2)
