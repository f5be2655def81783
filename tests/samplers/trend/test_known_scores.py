"""Scores on other data: what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from sksearch import Float, as_space
from sksearch.samplers.trend import KnownScores, checked_known_scores

SPACE = as_space({"x": Float(0, 1), "c": ["a", "b"]})


def grid(n=6):
    return np.array([SPACE.place({"x": i / n, "c": c}) for i in range(n) for c in "ab"])


class TestRefused:
    @pytest.mark.parametrize("shape", [(3, 2), (12,), (11, 1)], ids=str)
    def test_shapes_that_do_not_agree(self, shape):
        with pytest.raises(ValueError, match="a line for each configuration"):
            KnownScores(grid(), np.zeros(shape))

    def test_no_scores(self):
        with pytest.raises(ValueError, match="there must be one at least"):
            KnownScores(grid(), np.zeros((12, 0)))

    @pytest.mark.parametrize("value", [np.nan, np.inf])
    def test_scores_that_are_not_finite(self, value):
        with pytest.raises(ValueError, match="scores must be finite"):
            KnownScores(grid(), np.full((12, 2), value))

    @pytest.mark.parametrize("doubts", [-1.0, np.nan, np.inf, [0.0, 1.0]], ids=str)
    def test_doubts(self, doubts):
        with pytest.raises(ValueError, match="doubts must be a finite number"):
            KnownScores(grid(), np.zeros((12, 2)), doubts=doubts)

    def test_something_else(self):
        with pytest.raises(TypeError, match="known_scores must be a KnownScores"):
            checked_known_scores(np.zeros((2, 2)), SPACE)

    def test_rows_of_a_wider_space(self):
        with pytest.raises(ValueError, match="3 hyperparameters, the space has 2"):
            checked_known_scores(KnownScores(np.zeros((2, 3)), np.zeros((2, 1))), SPACE)


def test_lists_will_do():
    given = KnownScores(grid(), np.arange(24.0).reshape(12, 2), doubts=[0.5] * 12)

    same = KnownScores(
        given.rows.tolist(), given.scores.tolist(), given.doubts.tolist()
    )

    for name in ("rows", "scores", "doubts"):
        np.testing.assert_array_equal(getattr(same, name), getattr(given, name))

    assert checked_known_scores(same, SPACE) is same
