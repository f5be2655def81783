from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pytest

from sksearch.search.halving._last_rung import best_on_top, sizes_of


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


def test_the_rungs_that_there_were():
    tried = [
        SimpleNamespace(rung=rung, resource=resource)
        for rung, resource in [(0, 3), (1, 9), (0, 3), (2, 27), (0, 3), (1, 9)]
    ]

    assert sizes_of(tried) == ([3, 9, 27], [3, 2, 1])

    assert sizes_of(tried[:1]) == ([3], [1])
