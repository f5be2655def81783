"""Tests of what training scores tell."""

import numpy as np
import pytest
from diagnosis_tables import K, fold_scores, kinds, outcome_of

from sksearch.reports.diagnosis._training import beside_training

DEPTHS = [{"max_depth": depth, "name": "a"} for depth in range(1, 21)]


def constant(values):
    return np.repeat(np.asarray(values, dtype=float)[:, None], K, axis=1)


def test_overfitted_and_what_moves_it():
    depth = np.arange(1, 21)
    test = fold_scores(0.7 - 0.002 * depth)
    train = constant(0.93 + 0.003 * depth)
    [finding] = beside_training(outcome_of(test, DEPTHS, train), {})

    assert finding.kind == "overfitted"

    assert finding.numbers["moved_by"] == "max_depth"

    assert finding.numbers["train"] == train[0].mean()

    assert "A smaller max_depth narrows the gap" in finding.text

    assert "54% of what it learned" in finding.text


def test_a_gap_of_less_than_half_is_usual():
    test = fold_scores(np.linspace(0.7, 0.8, 20))

    assert (
        kinds(beside_training(outcome_of(test, DEPTHS, constant([1.0] * 20)), {})) == []
    )


def test_too_simple_where_the_range_ends():
    depth = np.arange(1, 21)
    train = constant(0.5 + 0.01 * depth)
    test = fold_scores(0.49 + 0.01 * depth)
    [finding] = beside_training(outcome_of(test, DEPTHS, train), {})

    assert finding.kind == "too_simple"

    assert finding.numbers["reached"] == pytest.approx(0.4)

    assert "A greater max_depth raises the training score" in finding.text


def test_no_range_is_said_to_reach_beyond_its_limit():
    """None at the end that would help, and any at the other one."""
    depth = np.arange(1, 21)
    whole = {"low": 1, "high": 20, "log": False, "n_values": 20, "values": None}
    simple = fold_scores(0.49 + 0.01 * depth), constant(0.5 + 0.01 * depth)
    much = fold_scores(0.7 - 0.002 * depth), constant(0.93 + 0.003 * depth)
    advice = {}
    for least, most in [(None, None), (None, 20), (1, None)]:
        known = {"ranges": {"max_depth": [{**whole, "least": least, "most": most}]}}
        advice[least, most] = [
            finding.advice
            for test, train in (simple, much)
            for finding in beside_training(outcome_of(test, DEPTHS, train, known), {})
        ]

    widened = "Let the range of max_depth reach further to greater values, or take"
    tuned = "Tune what keeps the model simple"
    assert advice[None, None][0].startswith(widened)

    assert advice[None, 20][0].startswith("Take a more flexible model")

    # A depth is 1 at least, whatever the estimator declares.
    assert all(found[1].startswith(tuned) for found in advice.values())


def test_data_with_noise_are_not_too_simple():
    """Others fit the training rows better, and are no better on new ones."""
    depth = np.arange(1, 21)
    train = constant(0.5 + 0.012 * depth)
    test = fold_scores(0.68 - 0.004 * np.abs(depth - 8))

    assert kinds(beside_training(outcome_of(test, DEPTHS, train), {})) == []


def test_nobody_learns_the_training_rows():
    rng = np.random.default_rng(0)
    train = 0.5 + rng.normal(0, 0.02, (20, K))
    test = 0.5 + rng.normal(0, 0.02, (20, K))

    found = kinds(beside_training(outcome_of(test, DEPTHS, train), {}))
    assert found[0] == "no_skill"


def test_an_end_of_the_range_with_much_missing_is_too_simple():
    depth = np.arange(1, 21)
    train = constant(0.7 + 0.005 * depth)
    outcome = outcome_of(fold_scores(0.69 + 0.005 * depth), DEPTHS, train)

    assert kinds(beside_training(outcome, {"max_depth": "upper"})) == ["too_simple"]

    assert kinds(beside_training(outcome, {"max_depth": "lower"})) == []


def test_the_best_of_many_guesses_has_no_skill():
    rng = np.random.default_rng(1)
    test = 0.5 + rng.normal(0, 0.05, (40, K))
    [finding] = beside_training(outcome_of(test), {})

    assert finding.kind == "no_skill"

    assert finding.numbers["constant"] == 0.5

    assert kinds(beside_training(outcome_of(test + 0.2), {})) == []


def test_a_single_fold_does_not_tell():
    depth = np.arange(1, 21)[:, None]
    outcome = outcome_of(0.59 + 0.005 * depth, DEPTHS, 0.6 + 0.005 * depth)

    assert kinds(beside_training(outcome, {})) == []


def test_without_a_known_constant_nothing_is_said():
    outcome = outcome_of(fold_scores([0.5] * 5), background={"skill": {}})

    assert kinds(beside_training(outcome, {})) == []
