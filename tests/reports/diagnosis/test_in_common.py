"""Tests of what failed candidates have in common."""

import numpy as np
import pytest
from diagnosis_tables import K, fold_scores, outcome_of

from sksearch.reports.diagnosis._gone_wrong import failures


def failing(values, failed, name="eta"):
    scores = fold_scores([0.8] * len(values))
    scores[failed] = np.nan
    params = [{name: value, "seed": i} for i, value in enumerate(values)]
    n_failed = [K * (i in failed) for i in range(len(values))]
    [finding] = failures(outcome_of(scores, params, n_failed=n_failed))
    return finding


@pytest.mark.parametrize(
    ("failed", "shared", "advice"),
    [
        ([17, 18, 19], "eta >= 1.7.", "Let eta stay below 1.7, or restrict it"),
        ([0, 1, 2], "eta <= 0.2.", "Let eta stay above 0.2, or restrict it"),
    ],
)
def test_failures_at_one_end_of_a_range(failed, shared, advice):
    order = np.random.default_rng(0).permutation(20)  # else `seed` has the same end
    finding = failing(
        [0.1 * i for i in order], [int(np.argmax(order == i)) for i in failed]
    )

    assert finding.text.endswith(f"What they share: {shared}")
    assert finding.advice.startswith(advice)


@pytest.mark.parametrize(("n", "failed"), [(12, [7]), (20, [3, 11]), (12, [-1])])
def test_what_a_few_failures_share_by_chance_is_not_named(n, failed):
    values = sorted(np.random.default_rng(1).uniform(size=n))  # -1 is the greatest
    finding = failing(values, [i % n for i in failed])

    assert finding.numbers["shared"] is None
    assert "share" not in finding.text
