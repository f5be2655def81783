from __future__ import annotations

import numpy as np

from sksearch.plots import ParallelCoordinatesDisplay


def test_lines_go_through_the_values(searches):
    search = searches["flat"]

    display = ParallelCoordinatesDisplay.from_search(search)

    lines = display.lines_[""]
    params = search.cv_results_["params"]
    order = np.argsort(search.cv_results_["mean_test_score"], kind="stable")
    wanted = [(np.log10(params[i]["a"]) + 3) / 6 for i in order]
    np.testing.assert_allclose(lines[:, 0], wanted)
    np.testing.assert_allclose(lines[:, 1], [(params[i]["b"] - 1) / 19 for i in order])
    [drawn] = display.axes_[0, 0].collections
    assert len(drawn.get_segments()) == 40


def test_each_branch_has_its_own_hyperparameters(searches):
    display = ParallelCoordinatesDisplay.from_search(searches["tree"])

    panels = {
        panel.get_title("left").split(":")[0]: [
            t.get_text() for t in panel.get_xticklabels()
        ]
        for panel in display.axes_.flat
    }
    assert panels == {"first": ["a", "kind"], "second": ["a", "b"]}
    assert all(not np.isnan(lines).any() for lines in display.lines_.values())
