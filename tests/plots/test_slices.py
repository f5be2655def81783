from __future__ import annotations

import numpy as np
import pytest

from sksearch.plots import SliceDisplay


def test_a_panel_for_each_hyperparameter(searches):
    search = searches["flat"]

    display = SliceDisplay.from_search(search)

    first = display.axes_[0, 0]
    values = [p["a"] for p in search.cv_results_["params"]]
    scores = search.cv_results_["mean_test_score"]
    cloud, star = first.collections
    np.testing.assert_array_equal(cloud.get_offsets(), np.c_[values, scores])
    best = search.best_index_
    assert star.get_offsets().tolist() == [[values[best], scores[best]]]
    assert [panel.get_xlabel() for panel in display.axes_.flat] == ["a", "b", "kind"]
    assert [panel.get_xscale() for panel in display.axes_.flat] == [
        "log",
        "linear",
        "linear",
    ]
    ticks = [label.get_text() for label in display.axes_[0, 2].get_xticklabels()]
    assert ticks == ["x", "y", "z"]


def test_those_that_were_asked_for(searches):
    display = SliceDisplay.from_search(
        searches["tree"], parameters=["b", "estimator__a"]
    )

    assert [panel.get_xlabel() for panel in display.axes_.flat] == ["b", "a"]
    drawn = [c.get_offsets() for c in display.axes_[0, 0].collections]
    assert sum(
        np.isfinite(np.ma.filled(xy, np.nan)).all(axis=1).sum() for xy in drawn
    ) == (display.axes[0].active.sum())


def test_unknown_names(searches):
    with pytest.raises(
        ValueError, match="parameters of the search must be one of 'a', 'b'"
    ):
        SliceDisplay.from_search(searches["flat"], parameters=["c"])

    with pytest.raises(ValueError, match="parameters must be a list"):
        SliceDisplay.from_search(searches["flat"], parameters="a")


def test_one_rung_of_a_halving_search(searches):
    display = SliceDisplay.from_search(searches["halving"])

    search = searches["halving"]
    assert np.isfinite(display.scores).sum() == 27
    assert display.metric == "score, n_rounds 1"
    best = search.cv_results_["params"][display.best]
    assert {**best, "n_rounds": 9} == {**search.best_params_, "n_rounds": 9}
    assert display.axes_[0, 0].get_ylabel() == "mean test score, n_rounds 1"


def test_hyperparameters_of_no_drawn_candidate_are_left_out():
    results = {
        "params": [{"m": "x", "a": 1}, {"m": "y", "b": 2}, {"m": "x", "a": 3}],
        "mean_test_score": np.array([0.5, np.nan, 0.4]),
        "split0_test_score": np.array([0.5, np.nan, 0.4]),
    }

    assert [a.name for a in SliceDisplay.from_search(results).axes] == ["m", "a"]
