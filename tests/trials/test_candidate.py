import math
from dataclasses import replace

import numpy as np
import pytest

from sksearch.trials import Candidate, FoldScore, Trial


def candidate(scores, train=None, times=None):
    """Return a candidate; a score that is None stands for a fit that failed."""
    n = len(scores)
    made = Candidate(Trial(0, {}, np.zeros(0)), n)
    for i, score in enumerate(scores):
        made.folds[i] = FoldScore(
            0,
            i,
            None if score is None else {"score": score},
            None if train is None else {"score": train[i]},
            *(times[i] if times else (1.0, 0.5)),
        )
    return made


def test_it_is_complete_when_all_folds_are_in():
    made = candidate([0.5, 0.6])
    fold = made.folds.pop(0)

    assert not made.complete

    made.folds[0] = fold

    assert made.complete


def test_its_seconds_are_those_of_all_folds_failed_ones_too():
    made = candidate([0.5, None], times=[(1.0, 0.25), (2.0, 0.0)])

    assert made.seconds == 3.25


def test_values_are_in_the_order_of_folds():
    made = candidate([0.1, 0.2, 0.3])
    made.folds = dict(reversed(made.folds.items()))

    assert made.values("score", math.nan) == [0.1, 0.2, 0.3]


def test_a_failed_fit_has_the_error_score():
    made = candidate([0.25, None])

    assert made.values("score", -1.0) == [0.25, -1.0]

    assert made.mean("score", -0.25) == 0.0

    assert math.isnan(made.mean("score", math.nan))


@pytest.mark.parametrize(
    ("failed", "expected"),
    [(("score",), [0.25, -1.0]), (("other",), [0.25, math.nan])],
    ids=["it raised", "it is nan"],
)
def test_a_failed_metric_has_the_error_score(failed, expected):
    made = candidate([0.25, math.nan])
    made.folds[1] = replace(made.folds[1], failed=failed)

    np.testing.assert_array_equal(made.values("score", -1.0), expected)


def test_a_metric_that_is_missing_has_the_error_score():
    assert candidate([0.25]).values("other", -1.0) == [-1.0]


def test_training_scores():
    made = candidate([0.25, 0.5], train=[0.75, 1.0])

    assert made.values("score", math.nan, "train") == [0.75, 1.0]


@pytest.mark.parametrize(
    "scores",
    [[math.inf, -math.inf], [1.7e308, 1.7e308], [math.inf, math.nan]],
    ids=["infinities", "overflow", "infinity and nan"],
)
def test_a_mean_that_does_not_exist_is_not_finite(scores):
    assert not math.isfinite(candidate(scores).mean("score", math.nan))
