"""Tests of what the budget was worth."""

import numpy as np
import pytest
from diagnosis_tables import K, fold_scores, kinds, outcome_of

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
    [finding] = too_small(outcome_of(fold_scores(np.linspace(0, 1, 8)), params(8, 4)))

    assert finding.numbers == {"n_trials": 8, "n_hyperparameters": 4}

    assert kinds(too_small(outcome_of(fold_scores([0.5] * 9), params(9, 4)))) == []


def test_few_are_enough_where_there_are_no_more():
    outcome = outcome_of(
        fold_scores(np.linspace(0, 1, 8)),
        params(8, 4),
        background=ending("space exhausted", 50, 8),
    )

    assert kinds(too_small(outcome)) == []


def test_still_rising():
    rising = np.linspace(0.3, 0.9, 40)
    [finding] = too_small(outcome_of(fold_scores(rising)))

    assert finding.kind == "budget_too_small"

    assert finding.numbers["late_gain"] == pytest.approx(0.6 * 10 / 39)

    assert kinds(too_small(outcome_of(fold_scores(rising[::-1])))) == []


def test_a_quarter_would_have_done():
    [finding] = too_large(outcome_of(fold_scores(FLAT)))

    assert finding.numbers["needed"] == 20

    late = FLAT.copy()
    late[70] += 0.1
    assert kinds(too_large(outcome_of(fold_scores(late)))) == []

    assert kinds(too_large(outcome_of(fold_scores(FLAT[:79])))) == []


def test_a_space_with_few_configurations():
    small = fold_scores(np.linspace(0, 1, 9))
    early = outcome_of(small, background=ending("space exhausted", 60, 9))

    assert kinds(too_large(early)) == ["budget_too_large"]

    late = outcome_of(small, background=ending("space exhausted", 12, 9))
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
    outcome = outcome_of(
        fold_scores([0.5] * K), background=ending(reason, 20, finished)
    )

    assert kinds(ended_early(outcome)) == found


def test_candidates_without_a_score_are_candidates():
    """Of 120, every third one failed; the numbers in the texts are of all."""
    rising = np.linspace(0.3, 0.9, 120)
    scores = fold_scores(rising)
    scores[::3] = np.nan
    failed = {"n_failed": [K if i % 3 == 0 else 0 for i in range(120)]}
    [finding] = too_small(outcome_of(scores, **failed))

    assert finding.text.startswith("The last 30 of 120 candidates")

    flat = fold_scores(np.resize(FLAT, 120))
    flat[::3] = np.nan
    [finding] = too_large(outcome_of(flat, **failed))

    assert finding.numbers["needed"] == 30

    assert finding.text.startswith("After 30 of 120 candidates")


def test_one_candidate_is_too_few():
    ranges = {"ranges": {"x0": [], "x1": []}}
    one = outcome_of(fold_scores([0.5]), params(1, 2), background=ranges)

    assert kinds(too_small(one)) == ["budget_too_small"]

    fixed = outcome_of(fold_scores([0.5]), params(1, 2), background={"ranges": {}})
    assert kinds(too_small(fixed)) == []


def test_the_resource_of_rungs_is_no_hyperparameter():
    own = [{"n": 10 * (1 + i // 3), "C": float(i % 3)} for i in range(6)]
    words = {
        "trials": [0, 1, 2, 0, 1, 2],
        "columns": {"iter": np.repeat([0, 1], 3)},
        "background": {"resource": "n"},
    }

    outcome = outcome_of(fold_scores(np.linspace(0, 1, 6)), own, **words)

    assert kinds(too_small(outcome)) == []
