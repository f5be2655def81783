from __future__ import annotations

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from sklearn.exceptions import FitFailedWarning

from sksearch import Float, TPESearchCV
from sksearch.plots import TimelineDisplay
from sksearch.plots._style import FAILED, colour_of
from sksearch.plots.numbers import Branches, read_lanes


def test_a_stroke_for_each_fold(searches):
    search = searches["tree"]
    timeline = search.timeline_

    display = TimelineDisplay.from_search(search)

    [strokes] = display.ax_.collections
    corners = np.array([path.vertices[:4] for path in strokes.get_paths()])
    assert len(corners) == 40 * 3
    begin = np.array(timeline["start"]) - timeline["start"][0]
    np.testing.assert_allclose(corners[:, 0, 0], begin)
    widths = corners[:, 2, 0] - corners[:, 0, 0]
    np.testing.assert_allclose(widths, timeline["seconds"])
    assert (corners[:, 0, 1] == -0.4).all()
    shades = strokes.get_facecolors()[:, :3]
    for row, shade in zip(timeline["candidate"], shades, strict=True):
        branch = ["Formula", "Other"].index(
            type(search.cv_results_["params"][row]["estimator"]).__name__
        )
        if search.cv_results_["params"][row]["estimator"].kind == "z":
            branch = 2
        full = np.array(to_rgb(colour_of(branch)))
        expected = full + 0.35 * (row % 2) * (1 - full)
        np.testing.assert_allclose(shade, expected)
    texts = [text.get_text() for text in display.ax_.get_legend().get_texts()]
    assert texts == ["first", "second", "third"]
    assert display.ax_.get_xlabel().startswith("seconds (workers busy ")


def test_failures_are_marked(searches):
    search = searches["failing"]

    display = TimelineDisplay.from_search(search)

    n = len(search.failures_["candidate"])
    assert display.failed.sum() == n > 0
    [crosses] = display.ax_.lines
    assert len(crosses.get_xdata()) == n
    assert crosses.get_label() == f"failed ({n})"
    shades = display.ax_.collections[0].get_facecolors()[display.failed, :3]
    np.testing.assert_allclose(shades, np.tile(to_rgb(FAILED), (n, 1)))


def test_rungs_have_colours(searches):
    display = TimelineDisplay.from_search(searches["halving"])

    assert display.branches.names == ("n_rounds=1", "n_rounds=3", "n_rounds=9")
    found = display.branches.members
    np.testing.assert_array_equal(found, searches["halving"].cv_results_["iter"])


def test_a_resumed_search():
    lanes = read_lanes(
        {"start": [0, 100, 1e6], "seconds": [100, 100, 100], "worker": ["a", "a", "b"]}
    )

    display = TimelineDisplay(
        lanes=lanes,
        candidates=np.arange(3),
        failed=np.zeros(3, dtype=bool),
        branches=Branches(("",), np.zeros(3, dtype=np.intp)),
    ).plot()

    assert display.ax_.lines[0].get_xdata()[0] == pytest.approx(200 / 60)
    assert display.ax_.texts[0].get_text() == "11.6 days later"
    assert display.ax_.get_xlabel() == "minutes (workers busy 100%)"
    assert display.ax_.get_legend() is None


def test_error_score_does_not_hide_failures(searches):
    search = TPESearchCV(
        searches["failing"].estimator,
        {"a": Float(1e-3, 1e3, log=True)},
        n_iter=6,
        cv=2,
        error_score=0.0,
        random_state=0,
    )
    with pytest.warns(FitFailedWarning):
        search.fit(np.arange(20.0).reshape(-1, 1), np.arange(20) % 2)

    display = TimelineDisplay.from_search(search)

    assert display.failed.sum() == len(search.failures_["candidate"]) > 0


def test_no_starts_are_known(searches):
    with pytest.raises(ValueError, match="TimelineDisplay needs the start of each"):
        TimelineDisplay.from_search(dict(searches["flat"].cv_results_))
