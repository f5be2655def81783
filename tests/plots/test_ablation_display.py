from __future__ import annotations

import numpy as np
import pytest

from sksearch.plots import AblationDisplay


def test_bars_lead_from_the_first_candidate_to_the_best(searches):
    search = searches["flat"]
    scores = search.cv_results_["mean_test_score"]

    display = AblationDisplay.from_search(search)

    assert display.start == scores[0]
    assert display.goal == search.best_score_
    assert display.n_candidates == 40
    *changes, rest = display.ax_.patches
    assert [bar.get_width() for bar in changes] == pytest.approx(display.gains)
    assert rest.get_width() == pytest.approx(display.rest_)
    assert rest.get_x() + rest.get_width() == pytest.approx(search.best_score_)
    reached = display.start + np.cumsum([0, *display.gains])
    assert [bar.get_x() for bar in [*changes, rest]] == pytest.approx(reached)
    texts = [label.get_text() for label in display.ax_.get_yticklabels()]
    assert texts[0] == "first candidate"
    assert texts[1:-2] == display.labels
    assert texts[-2:] == ["unexplained", "best"]


def test_a_choice_and_what_it_brings_are_one_change(searches):
    search = searches["tree"]
    params = search.cv_results_["params"]
    start = next(i for i, own in enumerate(params) if "estimator__b" in own)
    assert "estimator__a" in search.best_params_

    display = AblationDisplay.from_search(search, start=start)

    first = next(text for text in display.labels if text.startswith("estimator"))
    assert "second → first\nwith" in first
    assert "kind=" in first
    texts = [label.get_text() for label in display.ax_.get_yticklabels()]
    assert texts[0] == f"candidate {start}"


def test_one_rung_of_a_halving_search(searches):
    table = searches["halving"].cv_results_

    display = AblationDisplay.from_search(searches["halving"])

    lowest = table["n_resources"] == 1
    assert display.n_candidates == 27
    assert display.start in table["mean_test_score"][lowest]
    assert display.goal in table["mean_test_score"][lowest]


def test_failures_do_not_count(searches):
    display = AblationDisplay.from_search(searches["failing"])

    assert (
        display.n_candidates
        == np.isfinite(searches["failing"].cv_results_["mean_test_score"]).sum()
    )


def test_small_changes_are_one_bar():
    display = AblationDisplay(
        labels=[f"p{i}" for i in range(40)],
        gains=np.arange(40.0),
        start=0.0,
        goal=780.0,
        n_candidates=100,
    ).plot()

    texts = [label.get_text() for label in display.ax_.get_yticklabels()]
    assert texts[1:-2] == [*(f"p{i}" for i in range(26, 40)), "26 others"]
    others = display.ax_.patches[14]
    assert others.get_width() == sum(range(26))


def test_nothing_better_was_found():
    results = {
        "params": [{"a": 1.0}, {"a": 2.0}],
        "mean_test_score": np.array([0.5, 0.4]),
        "split0_test_score": np.array([0.5, 0.4]),
    }

    display = AblationDisplay.from_search(results)

    assert display.labels == []
    assert display.rest_ == 0.0
    assert len(display.ax_.patches) == 0
    assert display.ax_.get_yticklabels()[-1].get_text() == "best: the same"


def test_the_gain_of_a_single_change_is_measured():
    long = "a_long_beginning_of_a_name_with_many_words_0"
    results = {
        "params": [{long: 1.0}, {long: 2.0}, {long: 3.0}],
        "mean_test_score": np.array([0.5, 0.7, 0.4]),
        "split0_test_score": np.array([0.5, 0.7, 0.4]),
    }

    display = AblationDisplay.from_search(results)

    assert display.gains.tolist() == [pytest.approx(0.2)]
    texts = [label.get_text() for label in display.ax_.get_yticklabels()]
    assert len(texts) == 3
    assert texts[1].startswith("a_long")
    assert texts[1].endswith("_0: 1 → 2")
    assert "predicted" not in display.ax_.get_xlabel()


@pytest.mark.parametrize("start", [-1, 99, "0", 0.0])
def test_a_start_that_is_none(searches, start):
    with pytest.raises(ValueError, match="start must be a row with a score, among"):
        AblationDisplay.from_search(searches["flat"], start=start)
