from __future__ import annotations

import numpy as np
import pytest

from sksearch.plots import RungsDisplay


def test_curves_go_from_rung_to_rung(searches):
    search = searches["halving"]

    display = RungsDisplay.from_search(search)

    assert len(display.curves_) == 27
    lengths = [len(curve) for curve in display.curves_.values()]
    assert sorted(lengths, reverse=True) == [3] * 3 + [2] * 6 + [1] * 18
    best = display.curves_[int(display.trials[search.best_index_])]
    assert best[-1].tolist() == [9.0, search.best_score_]
    drawn = [line.get_xydata() for line in display.ax_.lines]
    for line, curve in zip(drawn, display.curves_.values(), strict=True):
        np.testing.assert_array_equal(line, curve)
    assert [t.get_text() for t in display.ax_.texts] == ["27", "9", "3"]
    assert display.ax_.get_xlabel().startswith("n_rounds")
    assert display.ax_.get_xscale() == "log"
    texts = [text.get_text() for text in display.ax_.get_legend().get_texts()]
    assert texts == ["best", "on the last rung", "dropped"]


def test_a_search_without_rungs(searches):
    with pytest.raises(ValueError, match="such as HalvingSearchCV, got TPESearchCV"):
        RungsDisplay.from_search(searches["flat"])
