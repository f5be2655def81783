"""Tests of the arrays that findings are derived from."""

import numpy as np
import pytest
from diagnosis_tables import K, fold_scores, outcome_of

from sksearch.reports.diagnosis._outcome_of_search import digits

NAN = np.nan


def test_rows_are_those_of_the_highest_rung_with_enough():
    rungs = np.repeat([0, 1, 2], [40, 20, 3])
    outcome = outcome_of(fold_scores(np.linspace(0, 1, 63)), columns={"iter": rungs})

    assert outcome.rows.tolist() == list(range(40, 60))

    assert [len(scores) for scores in outcome.by_rung()] == [40, 20, 3]

    few = outcome_of(
        fold_scores([0.1, 0.2, 0.3]), columns={"iter": np.array([0, 0, 1])}
    )
    assert few.rows.tolist() == [0, 1]


def test_failures_and_pruned_ones_are_not_complete():
    scores = fold_scores([0.5, 0.6, 0.7])
    scores[0, 2:] = NAN
    scores[1, 0] = NAN
    columns = {"n_folds": np.array([2, K, K])}
    outcome = outcome_of(scores, columns=columns, n_failed=[0, 1, 0])

    assert outcome.complete.tolist() == [False, False, True]

    assert outcome.pruned.tolist() == [True, False, False]


def test_the_winner_is_the_one_that_was_refitted():
    scores = fold_scores([0.5, 0.6, 0.7])

    assert outcome_of(scores).winner == 2

    assert outcome_of(scores, background={"winner": 1}).winner == 1

    assert outcome_of(scores * NAN).winner is None


def test_numeric_hyperparameters():
    params = [{"a": 1, "b": "x", "c": True, "d": 3}, {"a": 2, "b": "y", "d": 3}]
    outcome = outcome_of(fold_scores([0.5, 0.6]), params)

    assert outcome.numeric == ["a"]

    assert outcome.numbers("c", np.array([0, 1])).tolist() == pytest.approx(
        [NAN, NAN], nan_ok=True
    )


def test_numbers_in_words():
    assert [digits(v) for v in (0.12345, 1234.6, 1e-9)] == ["0.123", "1235", "1e-09"]
