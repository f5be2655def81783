from __future__ import annotations

import numpy as np
import pytest

from sksearch.plots import ImportanceDisplay
from sksearch.plots._importance_display import MAX_BARS


def test_bars_are_the_importances(searches):
    display = ImportanceDisplay.from_search(searches["tree"])

    found = list(display.importances.values())
    assert found == sorted(found, reverse=True)
    assert [bar.get_width() for bar in display.ax_.patches] == found
    texts = [label.get_text() for label in display.ax_.get_yticklabels()]
    assert texts == [display.labels[name] for name in display.importances]
    assert display.branches["estimator__b"] == 1


def test_the_number_of_candidates_is_that_of_one_rung(searches):
    display = ImportanceDisplay.from_search(searches["halving"])

    assert display.n_candidates == 27


def test_many_hyperparameters_are_one_bar():
    rng = np.random.default_rng(0)
    rows = rng.random((200, 40))
    results = {
        "params": [{f"p{j}": x for j, x in enumerate(row)} for row in rows.tolist()],
        "mean_test_score": rows[:, 7],
    }

    display = ImportanceDisplay.from_search(results)

    assert next(iter(display.importances)) == "p7"
    assert len(display.ax_.patches) == MAX_BARS + 1
    assert display.ax_.get_yticklabels()[-1].get_text() == "20 others"


@pytest.mark.parametrize("top", [0, 1, "a", True, float("nan")])
def test_top(top, searches):
    with pytest.raises(ValueError, match="top must be a number between 0 and 1, got"):
        ImportanceDisplay.from_search(searches["flat"], top=top)


def test_no_scores(dead):
    with pytest.raises(ValueError, match="at least 2 candidates with a score, got 0"):
        ImportanceDisplay.from_search(dead)
