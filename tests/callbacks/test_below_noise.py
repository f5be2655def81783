"""BelowNoise: an end where folds cannot tell what is better."""

import math

import numpy as np
import pytest

from sksearch import CandidateRecord
from sksearch.callbacks import BelowNoise

RNG = np.random.default_rng(0)
NOISY = 0.8 + 0.05 * RNG.normal(size=(60, 5))
CLEAR = np.arange(60)[:, None] / 100 + 0.001 * RNG.normal(size=(60, 5))


def finished(rule, scores, rungs=None, metrics=("score",)):
    """Return after how many candidates a rule stops; None if it does not."""
    for i, folds in enumerate(scores):
        rung = 0 if rungs is None else rungs[i]
        told = {name: list(folds) for name in metrics}
        mean = float(np.mean(folds))
        record = CandidateRecord(i, {}, mean, told, 0, {}, mean, i + 1, 0.0, rung)
        if rule(record):
            return i + 1
    return None


def test_equal_candidates_are_not_told_apart_by_more_of_them():
    assert finished(BelowNoise(), NOISY) == 20

    assert finished(BelowNoise(least=30), NOISY) == 30


def test_candidates_that_become_better_are_worth_more_of_them():
    assert finished(BelowNoise(), CLEAR) is None


def test_it_begins_anew_with_each_fit():
    rule = BelowNoise()

    assert [finished(rule, NOISY) for _ in range(2)] == [20, 20]


def test_failures_do_not_count():
    scores = NOISY.copy()
    scores[:10] = math.nan

    assert finished(BelowNoise(), scores) == 30


def test_scores_of_other_rungs_do_not_count():
    assert finished(BelowNoise(), NOISY, rungs=[0] * 15 + [1] * 45) == 35


def test_one_fold_tells_no_noise():
    assert finished(BelowNoise(), NOISY[:, :1]) is None


def test_numbers_that_cannot_be_meant():
    with pytest.raises(ValueError, match="'least' parameter must be at least 1"):
        BelowNoise(0)
