"""Tests of candidates that were dropped and might have won."""

import numpy as np
from diagnosis_tables import K, fold_scores, kinds, outcome_of

from sksearch.reports.diagnosis._dropped import pruned_too_eagerly

APART = np.linspace(0.6, 0.9, 27)


def halved(first, second):
    """Return the outcome of 27 candidates, of which the best 9 are promoted."""
    promoted = np.argsort(-first.mean(axis=1))[:9]
    return outcome_of(
        np.concatenate([first, second[promoted]]),
        columns={"iter": np.repeat([0, 1], [27, 9])},
        trials=[*range(27), *promoted.tolist()],
    )


def test_a_first_rung_of_noise():
    """In most of 20 tables, for the others chance gives the order of the next rung."""
    rng = np.random.default_rng(0)
    found = []
    for seed in range(20):
        first = 0.7 + rng.normal(0, 0.1, (27, K))
        found += kinds(pruned_too_eagerly(halved(first, fold_scores(APART, seed=seed))))

    assert len(found) >= 15


def test_a_first_rung_that_tells():
    for seed in range(20):
        first, second = (fold_scores(APART, seed=seed + 100 * i) for i in range(2))
        assert kinds(pruned_too_eagerly(halved(first, second))) == []


def test_folds_pruned_that_would_have_won():
    complete = fold_scores([0.8, 0.79, 0.78, 0.77], noise=0.1)
    pruned = np.full((6, K), np.nan)
    pruned[:, 0] = complete[:, 0].mean() + 0.05
    columns = {"n_folds": np.array([K] * 4 + [1] * 6)}
    [finding] = pruned_too_eagerly(
        outcome_of(np.concatenate([complete, pruned]), columns=columns)
    )

    assert finding.numbers["n_pruned"] == 6

    assert finding.numbers["expected"] > 1

    pruned[:, 0] -= 0.6
    fair = outcome_of(np.concatenate([complete, pruned]), columns=columns)
    assert kinds(pruned_too_eagerly(fair)) == []


def test_leads_too_small_to_matter_do_not_count():
    """All are equal: each pruned one may lie a little above the best, or below."""
    scores = fold_scores([0.8] * 40, noise=1e-4, shared=0.05)
    scores[5:, 4] = np.nan
    columns = {"n_folds": np.array([K] * 5 + [K - 1] * 35)}

    assert kinds(pruned_too_eagerly(outcome_of(scores, columns=columns))) == []
