from __future__ import annotations

import numpy as np
import pytest

from sksearch.plots import ContourDisplay


def test_candidates_over_two_hyperparameters(searches):
    search = searches["flat"]

    display = ContourDisplay.from_search(search, parameters=["a", "b"])

    _, points, star = display.ax_.collections
    params = search.cv_results_["params"]
    wanted = [[p["a"], p["b"]] for p in params]
    np.testing.assert_array_equal(points.get_offsets(), wanted)
    np.testing.assert_array_equal(
        points.get_array(), search.cv_results_["mean_test_score"]
    )
    assert star.get_offsets().tolist() == [wanted[search.best_index_]]
    assert (display.ax_.get_xscale(), display.ax_.get_yscale()) == ("log", "linear")


def test_the_default_pair_exists_together(searches):
    display = ContourDisplay.from_search(searches["tree"])

    first, second = display.axes
    assert (first.active & second.active).any()


def test_hyperparameters_of_two_branches(searches):
    with pytest.raises(ValueError, match="they belong to different branches"):
        ContourDisplay.from_search(searches["tree"], parameters=["kind", "b"])


def test_not_two(searches):
    with pytest.raises(ValueError, match="parameters must be two names, got 1"):
        ContourDisplay.from_search(searches["flat"], parameters=["a"])
