"""Tests of failures and of metrics without scores."""

import numpy as np
from diagnosis_tables import K, fold_scores, kinds, outcome_of

from sksearch.reports.diagnosis._gone_wrong import failures, never_computed

LATE = {"causes": ["ValueError: no l1"] * 9 + ["MemoryError"]}


def test_failures_and_what_they_share():
    scores = fold_scores([0.8] * 20)
    scores[:4] = np.nan
    params = [{"penalty": "l1" if i < 4 else "l2", "C": float(i)} for i in range(20)]
    n_failed = [5] * 4 + [0] * 16
    [finding] = failures(outcome_of(scores, params, background=LATE, n_failed=n_failed))

    text = "4 of 20 candidates failed on at least one fold. What they share: "
    assert finding.text == f"{text}penalty='l1'."

    assert finding.advice.startswith("Take penalty='l1' out of the space")

    assert finding.cause == "ValueError: no l1 (9 of 10)."


def test_what_many_others_have_is_not_shared():
    scores = fold_scores([0.8] * 20)
    params = [{"penalty": "l1" if i < 10 else "l2"} for i in range(20)]
    n_failed = [5] * 4 + [0] * 16
    [finding] = failures(outcome_of(scores, params, n_failed=n_failed))

    assert finding.numbers["shared"] is None


def test_one_in_twenty_may_fail():
    scores = fold_scores([0.8] * 20)

    assert kinds(failures(outcome_of(scores, n_failed=[1] + [0] * 19))) == []

    assert kinds(failures(outcome_of(scores, n_failed=[1, 1] + [0] * 18))) == [
        "failures"
    ]


def test_a_metric_that_was_never_computed():
    columns = {f"split{i}_test_loss": np.full(6, np.nan) for i in range(K)}
    columns["mean_test_loss"] = np.full(6, np.nan)
    outcome = outcome_of(fold_scores([0.8] * 6), columns=columns, background=LATE)
    [finding] = never_computed(outcome)

    assert finding.numbers["metric"] == "loss"

    assert finding.cause == "ValueError: no l1 (9 of 10)."

    columns["split3_test_loss"] = np.array([np.nan] * 5 + [0.1])
    partly = outcome_of(fold_scores([0.8] * 6), columns=columns)
    assert kinds(never_computed(partly)) == []


def test_no_metric_is_to_blame_if_no_fit_worked():
    nothing = np.full((6, K), np.nan)
    words = {"n_failed": [K] * 6, "background": LATE}
    for seconds, found in ((0.0, []), (0.1, ["metric_never_computed"])):
        columns = {"mean_score_time": np.full(6, seconds)}
        outcome = outcome_of(nothing, columns=columns, **words)

        assert kinds(never_computed(outcome)) == found

    [finding] = failures(outcome)
    assert finding.advice.startswith("Mend this first: search.candidate_estimator(0)")
