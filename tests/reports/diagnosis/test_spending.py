"""Tests of what the budget was worth."""

import numpy as np
import pytest
from diagnosis_tables import K, fold_scores, ground_of, kinds

from sksearch.reports.diagnosis._spending import ended_early, too_large, too_small

FLAT = np.full(80, 0.8) + np.tile([0.0, 0.001], 40)


def ending(reason, planned, finished):
    return {
        "ending": {"reason": reason, "planned": planned, "finished": finished},
    }


def params(n, d):
    rng = np.random.default_rng(0)
    return [{f"x{j}": float(v) for j, v in enumerate(rng.random(d))} for _ in range(n)]


def test_fewer_than_up_and_down():
    [finding] = too_small(ground_of(fold_scores(np.linspace(0, 1, 8)), params(8, 4)))

    assert finding.numbers == {"n_trials": 8, "n_hyperparameters": 4}

    assert kinds(too_small(ground_of(fold_scores([0.5] * 9), params(9, 4)))) == []


def test_few_are_enough_where_there_are_no_more():
    ground = ground_of(
        fold_scores(np.linspace(0, 1, 8)),
        params(8, 4),
        background=ending("space exhausted", 50, 8),
    )

    assert kinds(too_small(ground)) == []


def test_still_rising():
    rising = np.linspace(0.3, 0.9, 40)
    [finding] = too_small(ground_of(fold_scores(rising)))

    assert finding.kind == "budget_too_small"

    assert finding.numbers["late_gain"] == pytest.approx(0.6 * 10 / 39)

    assert kinds(too_small(ground_of(fold_scores(rising[::-1])))) == []


def test_a_quarter_would_have_done():
    [finding] = too_large(ground_of(fold_scores(FLAT)))

    assert finding.numbers["needed"] == 20

    late = FLAT.copy()
    late[70] += 0.1
    assert kinds(too_large(ground_of(fold_scores(late)))) == []

    assert kinds(too_large(ground_of(fold_scores(FLAT[:79])))) == []


def test_a_space_with_few_configurations():
    small = fold_scores(np.linspace(0, 1, 9))
    early = ground_of(small, background=ending("space exhausted", 60, 9))

    assert kinds(too_large(early)) == ["budget_too_large"]

    late = ground_of(small, background=ending("space exhausted", 12, 9))
    assert kinds(too_large(late)) == []


@pytest.mark.parametrize(
    ("reason", "finished", "found"),
    [
        ("interrupted", 19, ["ended_early"]),
        ("all workers died", 3, ["ended_early"]),
        ("OSError: disk full", 3, ["ended_early"]),
        ("timeout", 9, ["ended_early"]),
        ("timeout", 11, []),
        ("n_iter", 20, []),
        ("callback NoImprovement(5)", 8, []),
        ("callback Mine(a: 1)", 8, []),
    ],
)
def test_ended_early(reason, finished, found):
    ground = ground_of(fold_scores([0.5] * K), background=ending(reason, 20, finished))

    assert kinds(ended_early(ground)) == found
