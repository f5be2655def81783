from __future__ import annotations

import numpy as np

from sksearch.plots import OptimizationHistoryDisplay
from sksearch.plots._optimization_history import incumbents


def points(ax):
    return np.concatenate([c.get_offsets().filled(np.nan) for c in ax.collections])


def labels(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def without_lower(found):
    """Return labels without that of scores below the picture."""
    return [label for label in found if not label.startswith("lower (")]


def test_all_candidates_and_the_best_so_far(searches):
    search = searches["flat"]

    display = OptimizationHistoryDisplay.from_search(search)

    scores = search.cv_results_["mean_test_score"]
    np.testing.assert_array_equal(points(display.ax_), np.c_[np.arange(40), scores])
    np.testing.assert_array_equal(display.incumbents, np.maximum.accumulate(scores))
    line = display.ax_.lines[0]
    np.testing.assert_array_equal(line.get_ydata(), display.incumbents)
    assert without_lower(labels(display.ax_)) == ["candidate", "best so far"]


def test_branches_have_colours(searches):
    display = OptimizationHistoryDisplay.from_search(searches["tree"])

    branches = ["first", "second", "third"]
    assert without_lower(labels(display.ax_)) == [*branches, "best so far"]
    colours = {
        tuple(c.get_facecolor()[0])
        for c in display.ax_.collections
        if len(c.get_offsets())
    }
    assert len(colours) == 3


def test_failures_are_marked(searches):
    display = OptimizationHistoryDisplay.from_search(searches["failing"])

    marks = display.ax_.lines[-1]
    np.testing.assert_array_equal(marks.get_xdata(), np.flatnonzero(display.failed))
    assert labels(display.ax_)[-1] == f"failed ({display.failed.sum()})"


def test_nothing_but_failures(dead):
    display = OptimizationHistoryDisplay.from_search(dead)

    assert display.failed.all()
    assert [t.get_text() for t in display.ax_.texts] == ["no candidate has a score"]


def test_the_metric_is_named(searches):
    display = OptimizationHistoryDisplay.from_search(searches["metrics"], metric="gain")

    assert display.ax_.get_ylabel() == "mean test gain"
    results = searches["metrics"].cv_results_
    np.testing.assert_array_equal(display.scores, results["mean_test_gain"])


def test_pruned_candidates_are_hollow():
    results = {
        "params": [{"a": 1}, {"a": 2}],
        "mean_test_score": np.array([0.5, np.nan]),
        "split0_test_score": np.array([0.4, 0.2]),
        "split1_test_score": np.array([0.6, np.nan]),
        "n_folds": np.array([2, 1]),
    }

    display = OptimizationHistoryDisplay.from_search(results)

    full, hollow, _ = display.ax_.collections
    assert full.get_offsets().tolist() == [[0.0, 0.5]]
    assert hollow.get_offsets().tolist() == [[1.0, 0.2]]
    assert len(hollow.get_facecolor()) == 0
    assert "pruned" in labels(display.ax_)


def test_a_higher_rung_begins_anew():
    scores = np.array([0.3, 0.9, np.nan, 0.5, 0.4, 0.6])
    scored = np.isfinite(scores)

    found = incumbents(scores, scored, np.array([1.0, 1, 1, 3, 1, 3]))

    assert found.tolist() == [0.3, 0.9, 0.9, 0.5, 0.5, 0.6]
    assert incumbents(scores, scored, None).tolist() == [0.3] + [0.9] * 5


def test_far_scores_are_marked_at_the_lower_edge():
    scores = np.array([0.5, 0.6, 0.7, 0.65, -9.0, 0.6])
    results = {
        "params": [{"a": i} for i in range(6)],
        "mean_test_score": scores,
        "split0_test_score": scores,
    }

    display = OptimizationHistoryDisplay.from_search(results)

    assert "lower (1)" in labels(display.ax_)
    assert [4] in [line.get_xdata().tolist() for line in display.ax_.lines]


def test_a_line_that_falls_is_of_rungs(searches):
    display = OptimizationHistoryDisplay.from_search(searches["halving"])

    known = display.incumbents[np.isfinite(display.incumbents)]
    falls = (np.diff(known) < 0).any()
    assert ("best so far, by rung" in labels(display.ax_)) == falls
