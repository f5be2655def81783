"""Tests of differences between candidates and between folds."""

import numpy as np
import pytest
from diagnosis_tables import K, fold_scores, kinds, outcome_of

from sksearch.reports.diagnosis._told_apart import (
    flattered,
    folds_disagree,
    optimism_of_folds,
    same_score,
    within_noise,
)

APART = np.linspace(0.6, 0.9, 30)


def noise(seed, n=60, size=0.05):
    return 0.7 + np.random.default_rng(seed).normal(0, size, (n, K))


def test_same_score():
    [finding] = same_score(outcome_of(np.full((6, K), 0.5)))

    assert finding.cause == "All of them predict the same constant."

    assert finding.numbers == {"n_candidates": 6, "score": 0.5}

    [finding] = same_score(outcome_of(np.full((6, K), 1.0)))
    assert finding.cause.startswith("Each of them predicts all test rows correctly")

    assert kinds(same_score(outcome_of(np.full((4, K), 0.8)))) == []

    [finding] = same_score(outcome_of(np.full((6, K), 0.8)))
    assert finding.cause.startswith("What is tuned changes no prediction")

    assert kinds(same_score(outcome_of(fold_scores(APART)))) == []


def test_pruned_candidates_had_other_scores():
    columns = {"n_folds": np.array([K] * 5 + [2])}

    assert kinds(same_score(outcome_of(np.full((6, K), 0.8), columns=columns))) == []


def test_within_noise():
    [finding] = within_noise(outcome_of(noise(0)))

    assert finding.numbers["gap"] < finding.numbers["luck"]

    assert kinds(within_noise(outcome_of(fold_scores(APART)))) == []


@pytest.mark.parametrize(
    ("folds", "repeat", "shuffle"),
    [
        ("", "Repeat the folds, cv=RepeatedKFold() for", "Shuffle, cv=KFold(5, sh"),
        (
            "classes",
            "Repeat the folds, cv=RepeatedStratifiedKFold() for",
            "Shuffle, cv=StratifiedKFold(5, sh",
        ),
        ("groups", "Repeat the folds, cv=GroupShuffleSplit(20) for", "Look at the"),
        ("times", 'Take refit="one_standard_error" for', "Look at the worst fold."),
    ],
)
def test_advice_that_respects_classes_groups_and_times(folds, repeat, shuffle):
    known = {"background": {"folds": folds}}
    [noisy] = within_noise(outcome_of(noise(0), **known))
    scores = fold_scores(APART)
    scores[:, 2] -= 0.4
    [differ] = folds_disagree(outcome_of(scores, **known), noisy=False)

    assert noisy.advice.startswith(repeat)

    assert differ.advice.startswith(shuffle)


def test_what_has_been_told_apart_is_no_noise():
    scores = noise(0)
    columns = {"n_folds": np.array([K] * 59 + [2])}

    assert kinds(within_noise(outcome_of(scores, columns=columns))) == []

    assert kinds(within_noise(outcome_of(scores, background={"resplit": True}))) == []


def test_rungs_are_noise_if_all_are():
    halved = {"iter": np.repeat([0, 1], [40, 20])}
    differ = np.concatenate([noise(0, 40), fold_scores(np.linspace(0.6, 0.9, 20))])

    assert kinds(within_noise(outcome_of(noise(0), columns=halved))) == ["within_noise"]

    assert kinds(within_noise(outcome_of(differ, columns=halved))) == []


def test_optimism_of_noise():
    """Of 20 tables of noise, most have it; of differences that are real, none."""
    found = []
    for seed in range(20):
        outcome = outcome_of(noise(seed, n=100))
        found += kinds(flattered(outcome, optimism_of_folds(outcome)))
    assert len(found) >= 15

    for seed in range(20):
        outcome = outcome_of(fold_scores(APART, noise=0.01, seed=seed))
        assert kinds(flattered(outcome, optimism_of_folds(outcome))) == []


def test_luck_brought_no_more_than_the_lead():
    outcome = outcome_of(noise(0))
    lead = outcome.means.max() - np.median(outcome.means)
    [finding] = flattered(outcome, 3 * lead)
    assert finding.numbers["optimism"] == pytest.approx(lead)

    alike = outcome_of(0.7 + 0.01 * (noise(0) - 0.7) + 0.1 * noise(1, n=1))
    assert kinds(flattered(alike, 3 * lead)) == []


def test_a_fold_on_another_level():
    scores = fold_scores(APART)
    scores[:, 2] -= 0.4
    [finding] = folds_disagree(outcome_of(scores), noisy=False)

    assert finding.numbers["levels"][2] == min(finding.numbers["levels"])

    # Levels of halving are of fewer rows than is known.
    halved = outcome_of(scores, columns={"iter": np.repeat([0, 1], [5, 25])})
    assert kinds(folds_disagree(halved, noisy=False)) == []

    assert kinds(folds_disagree(outcome_of(fold_scores(APART)), noisy=False)) == []


def test_losses_vary_in_proportion():
    losses = -fold_scores(np.linspace(100, 200, 30), noise=2, shared=20)
    known = {"skill": {"score": [-300.0, 0.0]}}

    assert (
        kinds(folds_disagree(outcome_of(losses, background=known), noisy=False)) == []
    )

    losses[:, 1] *= 8
    [found] = folds_disagree(outcome_of(losses, background=known), noisy=False)
    assert found.kind == "folds_disagree"
    assert "a row unlike all others" in found.cause  # losses have no lower bound


def test_a_fold_that_prefers_what_others_reject():
    scores = fold_scores(APART)
    scores[:, 3] = 1.5 - scores[:, 3]
    outcome = outcome_of(scores, background={"n_test": None})
    [finding] = folds_disagree(outcome, noisy=False)

    assert finding.numbers["fold"] == 3

    assert kinds(folds_disagree(outcome, noisy=True)) == []

    # Of a loss, a single row may do that.
    loss = outcome_of(scores - 2, background={"n_test": None})
    assert kinds(folds_disagree(loss, noisy=False)) == []


def test_few_candidates_and_few_folds_say_nothing():
    outcome = outcome_of(noise(0, n=4))

    assert kinds(within_noise(outcome)) == []

    assert optimism_of_folds(outcome) == 0.0

    assert kinds(folds_disagree(outcome, noisy=False)) == []


def test_optimism_is_of_the_rung_of_the_winner():
    low, high = 0.3 + 0 * noise(0, n=40), noise(1, n=40)
    outcome = outcome_of(
        np.concatenate([low, high]),
        columns={"iter": np.repeat([0, 1], 40)},
        background={"winner": 40 + int(high.mean(axis=1).argmax()), "confirmed": True},
    )
    [finding] = flattered(outcome, optimism_of_folds(outcome))

    gain = high.mean(axis=1).max() - np.median(high.mean(axis=1))
    assert f"It lies {gain:.3g} above" in finding.text

    assert "best of 40 noisy scores" in finding.cause

    assert "take a greater number to confirm" in finding.advice


def test_repeated_folds_are_no_new_rows():
    """Of 15 folds in three repetitions, a quarter of the rows is tested in each."""
    scores = np.tile(noise(3, n=30, size=0.02), 3)
    found = {
        share: kinds(within_noise(outcome_of(scores, background={"share": share})))
        for share in (None, 0.25)
    }

    assert found == {None: [], 0.25: ["within_noise"]}
