"""Tests of the candidates that can win, and of their scores."""

import numpy as np

from sksearch.search.selection import complete_scores

NAN = np.nan
TABLE = {
    "params": [{}] * 5,
    "split0_test_score": np.array([0.1, 0.2, NAN, 0.4, 0.5]),
    "split1_test_score": np.array([0.5, 0.4, 0.3, 0.2, np.inf]),
}


def test_all_folds_have_a_score():
    rows, scores = complete_scores(TABLE, "score")

    assert rows.tolist() == [0, 1, 3]

    assert scores.tolist() == [[0.1, 0.5], [0.2, 0.4], [0.4, 0.2]]


def test_those_left_out_do_not_decide_which_rung_is_the_highest():
    table = {**TABLE, "iter": np.array([0, 1, 2, 2, 2])}

    assert complete_scores(table, "score")[0].tolist() == [3]

    assert complete_scores(table, "score", [3])[0].tolist() == [1]


def test_of_no_candidate():
    rows, scores = complete_scores(TABLE, "score", range(5))

    assert rows.size == scores.size == 0
