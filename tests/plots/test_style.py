from __future__ import annotations

import numpy as np
import pytest
from matplotlib import pyplot as plt

from sksearch.plots._style import (
    OTHERS,
    colour_of,
    mark_below,
    panels,
    scale,
    score_limits,
    score_norm,
    shortened,
    shortened_name,
    thinned,
    told_apart,
)
from sksearch.plots.numbers import Axis, Grid


def test_branches_beyond_the_colours_are_grey():
    assert len({colour_of(i) for i in range(6)}) == 6
    assert {colour_of(6), colour_of(None), colour_of(-1)} == {OTHERS}


def test_ticks_are_thinned():
    assert thinned([str(i) for i in range(30)])[0] == list(range(0, 30, 3))
    assert thinned(["a", "b"]) == ([0, 1], ["a", "b"])


def test_different_texts_stay_different():
    ends = ["SVC(C=1, kernel='rbf')", "SVC(C=1, kernel='poly')"]
    middles = ["a long text, 1, with an end", "a long text, 2, with an end"]

    assert told_apart(["short", *ends], 12)[0] == "short"
    for texts in (ends, middles, [*ends, *middles, *ends]):
        found = told_apart(texts, 12)
        assert len(set(found)) == len(set(texts))
        assert max(map(len, found)) <= 12


def test_texts_are_cut():
    assert shortened("abcdef", 4) == "abc…"
    assert shortened("abcd", 4) == "abcd"


def test_far_scores_do_not_press_the_good_ones_together():
    ax = plt.figure().add_subplot()

    score_limits(ax, np.array([-1e9, 0.7, 0.8, 0.85, 0.9, np.nan]))

    low, high = ax.get_ylim()
    assert 0.0 < low < 0.7
    assert 0.9 < high < 1.0


def test_no_score_is_cut_in_halves():
    good = np.linspace(0.7, 0.8, 1001)
    first, third = np.quantile(good, [0.25, 0.75])
    cut = first - 3.0 * (third - first)
    scores = np.array([0.1, cut - 0.005, cut + 0.002, *good])
    ax = plt.figure().add_subplot()

    score_limits(ax, scores)

    low, high = ax.get_ylim()
    inside = scores[scores >= low]
    assert inside.min() - low > 0.04 * (high - low)
    assert (scores < low).sum() == 1


@pytest.mark.parametrize(
    ("scores", "shown"),
    [
        ([0.9, 0.9 + 1e-16, 0.9], (0.85, 0.95)),
        ([1.0] * 9 + [0.97], (0.96, 1.1)),
        ([-1e9] + [0.98] + [1.0] * 20, (0.9, 1.1)),
        ([0.5], (0.4, 0.6)),
        ([0.0, 0.0], (-0.1, 0.1)),
    ],
)
def test_equal_scores_are_in_the_middle_of_a_readable_range(scores, shown):
    ax = plt.figure().add_subplot()

    score_limits(ax, np.array(scores))

    low, high = ax.get_ylim()
    assert shown[0] < low <= max(scores) <= high < shown[1]
    assert high - low > 1e-3
    norm = score_norm(np.array(scores[:1]))
    assert norm.vmax - norm.vmin > 1e-3


def test_scores_that_are_cut_off_are_marked():
    ax = plt.figure().add_subplot()
    ax.set_ylim(0, 1)

    assert mark_below(ax, [1, 2, 3], [0.5, np.nan, -3], "red") == 1
    assert ax.lines[0].get_xdata().tolist() == [3]

    assert mark_below(ax, [1], [0.5], "red") == 0
    assert len(ax.lines) == 1


def test_long_names_with_one_beginning_are_told_apart():
    names = [f"a_long_beginning_of_a_name_{i}" for i in range(40)]

    assert len({shortened_name(name, 14) for name in names}) == 40
    assert {len(shortened_name(name, 14)) for name in names} == {14}


@pytest.mark.parametrize(
    ("low", "high", "texts"),
    [
        (5, 60, ["5", "10", "20", "50"]),
        (1e-3, 1e3, [f"$\\mathdefault{{10^{{{i}}}}}$" for i in range(-3, 4)]),
    ],
)
def test_short_logarithmic_axes_have_plain_ticks(low, high, texts):
    ax = plt.figure().add_subplot()
    values = np.array([low, high], dtype=float)
    grid = Grid(low, high, 9, log=True)

    scale(ax, Axis("n", "n", values, (grid,), np.zeros(2, dtype=int)))

    ax.figure.canvas.draw()
    left, right = ax.get_xlim()
    shown = [
        text.get_text()
        for text in ax.get_xticklabels()
        if left <= text.get_position()[0] <= right
    ]
    assert shown == texts
    assert "".join(t.get_text() for t in ax.get_xticklabels(minor=True)) == ""


def test_panels_need_a_subplot():
    ax = plt.figure().add_axes((0, 0, 1, 1))

    with pytest.raises(ValueError, match="ax must be a subplot"):
        panels(ax, 1, 2)
