from __future__ import annotations

import numpy as np
import pytest

from sksearch.plots import TrainTestDisplay


def test_training_scores_beside_test_scores(searches):
    results = searches["flat"].cv_results_

    display = TrainTestDisplay.from_search(searches["flat"])

    cloud, star = display.ax_.collections
    train, test = results["mean_train_score"], results["mean_test_score"]
    np.testing.assert_array_equal(cloud.get_offsets(), np.c_[train, test])
    best = searches["flat"].best_index_
    assert star.get_offsets().tolist() == [[train[best], test[best]]]


def test_over_a_hyperparameter(searches):
    display = TrainTestDisplay.from_search(searches["flat"], parameter="a")

    results = searches["flat"].cv_results_
    values = [p["a"] for p in results["params"]]
    _, train, test = display.ax_.collections
    np.testing.assert_array_equal(
        train.get_offsets(), np.c_[values, results["mean_train_score"]]
    )
    np.testing.assert_array_equal(
        test.get_offsets(), np.c_[values, results["mean_test_score"]]
    )
    assert display.ax_.get_xscale() == "log"


@pytest.mark.parametrize("parameter", [None, "a"])
def test_candidates_below_the_picture_are_marked(parameter):
    scores = np.r_[np.linspace(0.8, 0.9, 20), -5.0, -6.0]
    results = {
        "params": [{"a": i} for i in range(22)],
        "mean_test_score": scores,
        "mean_train_score": scores + 0.05,
        "split0_test_score": scores,
    }

    display = TrainTestDisplay.from_search(results, parameter=parameter)

    assert display.ax_.get_ylim()[0] > 0.7
    [marks] = [line for line in display.ax_.lines if line.get_marker() == "v"]
    low, high = display.ax_.get_xlim()
    assert len(marks.get_xdata()) == 2
    assert ((marks.get_xdata() >= low) & (marks.get_xdata() <= high)).all()


def test_without_training_scores(searches):
    with pytest.raises(ValueError, match="return_train_score=True"):
        TrainTestDisplay.from_search(searches["tree"])


def test_an_unknown_hyperparameter(searches):
    with pytest.raises(ValueError, match="parameter of the search must be one of"):
        TrainTestDisplay.from_search(searches["flat"], parameter="c")
