"""The correction, where it is known what should come out."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.stats import t

from sksearch.honesty import (
    FoldScores,
    RowScores,
    ScoreEstimate,
    estimate,
    mean_of_rows,
    partitions,
)


def by_rows(values, units=None, **words):
    n = values.shape[1]
    means = values.mean(axis=1)
    units = np.arange(n) if units is None else units
    metric = mean_of_rows(values.astype(np.float32))
    return RowScores(means, means, metric, units, np.zeros(n, int), **words)


def by_folds(scores, repetitions=None):
    if repetitions is None:
        repetitions = np.zeros(scores.shape[1], int)
    return FoldScores(scores, repetitions)


def guesses(n_candidates, n, seed, p=0.5):
    return (np.random.default_rng(seed).random((n_candidates, n)) < p).astype(float)


def corrected(divided, means, confidence=0.95):
    return estimate(divided, means.max(), means.max(), confidence, seed=0)


@pytest.mark.parametrize(
    "kind", [by_rows, lambda v: by_folds(v.reshape(60, 5, -1).mean(2))]
)
def test_what_luck_has_added_is_taken_off(kind):
    found = [
        corrected(kind(values), values.mean(axis=1))
        for values in (guesses(60, 100, seed) for seed in range(40))
    ]

    assert np.mean([e.score + e.optimism for e in found]) > 0.6

    assert np.mean([e.score for e in found]) == pytest.approx(
        0.5, abs=0.025
    )  # 3 standard errors

    assert np.mean([e.low < 0.5 < e.high for e in found]) >= 0.9


def test_a_clear_winner_owes_nothing_to_luck():
    values = np.vstack([np.ones(100), guesses(20, 100, 0)])
    found = corrected(by_rows(values), values.mean(axis=1))

    assert found == ScoreEstimate(1.0, 1.0, 1.0, 0.0)


def test_one_candidate_was_not_chosen():
    values = guesses(1, 100, 0)
    found = corrected(by_rows(values), values.mean(axis=1))

    assert found.optimism == pytest.approx(0, abs=1e-7)

    assert found.score == pytest.approx(values.mean())


def test_the_interval_of_one_candidate_is_that_of_the_mean_of_its_folds():
    """Twice as wide, as folds are."""
    scores = np.array([[0.1, 0.2, 0.4, 0.5]])
    found = corrected(by_folds(scores), scores.mean(axis=1))
    half = 2 * t.ppf(0.975, 3) * scores.std(ddof=1) / 2

    assert_allclose([found.low, found.high], [0.3 - half, 0.3 + half])

    assert found.optimism == 0.0


def test_those_outside_of_a_block_choose_and_its_rows_judge():
    values = guesses(3, 10, 0)
    rows = by_rows(values, n_times=1)
    [(inside, outside)] = rows.divide(np.random.default_rng(0))
    [blocks] = partitions(
        rows.units, rows.strata, len(inside), 1, np.random.default_rng(0)
    )

    for block in range(len(inside)):
        own = blocks == block

        assert_allclose(inside[block], values[:, ~own].mean(axis=1), rtol=1e-6)

        assert_allclose(outside[block], values[:, own].mean(axis=1), atol=1e-6)


def test_a_winner_that_does_better_outside_owes_nothing():
    scores = np.array([[0.5, 0.5, 0.5]])
    found = estimate(by_folds(scores), 0.4, 0.4, 0.95, seed=0)

    assert found == ScoreEstimate(0.4, 0.4, 0.4, 0.0)


def test_more_confidence_is_a_wider_interval_around_the_same_score():
    values = guesses(20, 100, 0)
    means = values.mean(axis=1)
    narrow, wide = (corrected(by_rows(values), means, c) for c in (0.5, 0.99))

    assert narrow.score == wide.score

    assert wide.low < narrow.low < narrow.high < wide.high


def test_the_same_each_time():
    values = guesses(20, 100, 0)
    means = values.mean(axis=1)

    assert corrected(by_rows(values), means) == corrected(by_rows(values), means)


def test_groups_make_the_interval_wider():
    values = np.repeat(guesses(5, 20, 0), 10, axis=1)
    means = values.mean(axis=1)
    groups = np.repeat(np.arange(20), 10)
    alone, together = (corrected(by_rows(values, u), means) for u in (None, groups))

    assert together.high - together.low > 2 * (alone.high - alone.low)


def test_a_choice_is_made_within_a_repetition():
    """The same folds twice tell nothing new."""
    scores = guesses(30, 5, 0, 0.7)
    twice = np.hstack([scores, scores])
    means = scores.mean(axis=1)
    once = corrected(by_folds(scores), means)
    found = corrected(by_folds(twice, np.repeat([0, 1], 5)), means)

    assert_allclose(
        [found.score, found.low, found.high], [once.score, once.low, once.high]
    )


def test_repetitions_of_one_fold_are_taken_as_one():
    scores = np.random.default_rng(0).random((10, 4))
    means = scores.mean(axis=1)

    assert corrected(by_folds(scores, np.arange(4)), means) == corrected(
        by_folds(scores), means
    )


def test_the_winner_may_be_another_than_the_best():
    values = guesses(20, 100, 0)
    best = values.mean(axis=1).max()
    own = estimate(by_rows(values), best, best - 0.03, 0.95, seed=0)
    usual = estimate(by_rows(values), best, best, 0.95, seed=0)

    assert own.optimism == usual.optimism

    assert own.score == pytest.approx(usual.score - 0.03)


def test_nothing_can_be_said_where_no_part_has_a_score():
    divided = RowScores(
        np.array([0.9]),
        np.array([0.9]),
        lambda weights: np.full((len(weights), 1), np.nan),
        np.arange(8),
        np.zeros(8, int),
    )

    assert estimate(divided, 0.9, 0.9, 0.95, 0) == ScoreEstimate(
        0.9, -math.inf, math.inf, 0.0
    )


def test_no_number_is_beyond_the_ends_of_the_metric():
    """The optimism is what was taken off, also where the score stops at an end."""
    values = guesses(60, 20, 0, p=0.1)
    means = values.mean(axis=1)
    free = corrected(by_rows(values), means)
    low, high = free.score + 0.01, free.high - 0.01
    found = estimate(
        by_rows(values), means.max(), means.max(), 0.95, seed=0, ends=(low, high)
    )

    assert (found.score, found.low, found.high) == (low, low, high)

    assert found.score + found.optimism == pytest.approx(means.max())
