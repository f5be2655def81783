from __future__ import annotations

import numpy as np

from sksearch.plots import FoldRaceDisplay


def test_means_so_far(searches):
    results = searches["flat"].cv_results_

    display = FoldRaceDisplay.from_search(searches["flat"])

    folds = np.array([results[f"split{i}_test_score"] for i in range(3)]).T
    np.testing.assert_allclose(display.means[:, 1], folds[:, :2].mean(axis=1))
    np.testing.assert_allclose(display.means[:, -1], results["mean_test_score"])
    lines, best = display.ax_.lines[:2]
    assert len(lines.get_xdata()) == 40 * 4
    np.testing.assert_array_equal(best.get_ydata(), display.means[display.best])


def test_pruned_candidates_end_early():
    results = {
        "params": [{"a": 1}, {"a": 2}],
        "mean_test_score": np.array([0.5, np.nan]),
        "split0_test_score": np.array([0.4, 0.2]),
        "split1_test_score": np.array([0.6, np.nan]),
        "n_folds": np.array([2, 1]),
    }

    display = FoldRaceDisplay.from_search(results)

    crosses = display.ax_.lines[1]
    assert crosses.get_xydata().tolist() == [[1.0, 0.2]]
    assert crosses.get_label() == "pruned (1)"


def test_candidates_below_the_picture_are_marked():
    scores = np.r_[np.linspace(0.8, 0.9, 20), -5.0]
    results = {
        "params": [{"a": i} for i in range(21)],
        "mean_test_score": scores,
        **{f"split{i}_test_score": scores for i in range(2)},
    }

    display = FoldRaceDisplay.from_search(results)

    assert display.ax_.get_ylim()[0] > 0.7
    labels = [text.get_text() for text in display.ax_.get_legend().get_texts()]
    assert labels[-1] == "lower (1)"


def test_the_last_rung_of_a_halving_search(searches):
    display = FoldRaceDisplay.from_search(searches["halving"])

    assert np.isfinite(display.means).all(axis=1).sum() == 3
