from __future__ import annotations

import math

import numpy as np
import pytest

from sksearch.search.halving._last_rung import best_on_top


@pytest.mark.parametrize(
    ("scores", "rungs", "best"),
    [
        ([0.9, 0.1, 0.3, 0.2], [0, 1, 1, 1], 2),
        ([0.9, 0.3, 0.3], [0, 1, 1], 1),
        ([0.1, 0.9, math.nan], [0, 0, 1], 1),
        ([0.1, 0.9, math.inf], [0, 0, 1], 2),
        ([0.1, math.inf, 0.9, math.inf], [1, 1, 1, 1], 1),
        ([0.1, 0.9, -math.inf], [0, 0, 1], 1),
        ([math.nan, -math.inf, math.nan], [0, 0, 1], 1),
        ([math.nan] * 3, [0, 1, 1], 1),
    ],
)
def test_the_best_on_the_highest_rung_with_a_score(scores, rungs, best):
    assert best_on_top(np.array(scores), np.array(rungs)) == best
