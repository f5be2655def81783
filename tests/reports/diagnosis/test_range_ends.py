"""Tests of values at the end of their range."""

import numpy as np
import pytest
from diagnosis_tables import fold_scores, kinds, outcome_of

from sksearch.reports.diagnosis._range_ends import at_ends

N = 30
C = {
    "low": 0.01,
    "high": 100.0,
    "log": True,
    "n_values": None,
    "values": None,
    "least": None,
    "most": None,
}


def outcome(tried, means, name="clf__C", **limits):
    params = [{name: value} for value in tried]
    ranges = {name: [{**C, **limits}]}
    return outcome_of(fold_scores(means), params, background={"ranges": ranges})


SHARES = np.linspace(0, 1, N)
LOG = (0.01 * 1e4**SHARES).tolist()


def test_scores_that_rise_to_the_end():
    [finding] = at_ends(outcome(LOG, 0.6 + 0.3 * SHARES))

    assert finding.kind == "edge"

    assert finding.numbers == {
        "parameter": "clf__C",
        "value": pytest.approx(100.0),
        "low": 0.01,
        "high": 100.0,
        "end": "upper",
        "rank_correlation": pytest.approx(1.0),
    }

    assert finding.advice == "Widen the range of C, to 1000 for instance."


def test_the_lower_end():
    [finding] = at_ends(outcome(LOG, 0.9 - 0.3 * SHARES))

    assert finding.numbers["end"] == "lower"


@pytest.mark.parametrize(
    "means",
    [
        0.9 - (SHARES - 0.6) ** 2,  # a best value inside
        np.where(SHARES < 0.5, 0.6, 0.9),  # a plateau that reaches the end
        0.6 + 0.3 * (SHARES == 1.0),  # a single lucky candidate
    ],
)
def test_no_reason_to_go_further(means):
    assert kinds(at_ends(outcome(LOG, means))) == []


@pytest.mark.parametrize(
    ("limits", "rises"),
    [
        ({"most": 100.0}, True),  # a limit of the estimator itself
        ({"low": 0.0, "high": 1.0, "log": False}, True),  # all of a share
        ({"low": 0.0, "high": 1.0, "log": False}, False),
        ({"low": 1, "high": 30, "log": False, "n_values": 30}, False),  # one of a count
    ],
)
def test_ends_beyond_which_there_is_nothing(limits, rises):
    low, high = limits.get("low", 0.01), limits.get("high", 100.0)
    values = LOG if limits.get("log", True) else (low + (high - low) * SHARES).tolist()
    means = 0.6 + 0.3 * (SHARES if rises else 1 - SHARES)

    assert kinds(at_ends(outcome(values, means, **limits))) == []


@pytest.mark.parametrize(
    ("limits", "rises", "wanted"),
    [
        # What is positive stays positive, and a count is 1 at least.
        ({"low": 1.0, "high": 8.0}, False, "0.5"),
        ({"low": 2, "high": 12}, False, "1"),
        ({"low": 5, "high": 400, "log": True}, False, "1"),
        # Limits that the estimator declares, or that its data set.
        ({"low": 4, "high": 20, "least": 2}, False, "2"),
        ({"low": 2, "high": 16, "most": 19}, True, "19"),
        ({"low": 0.01, "high": 0.5, "log": True, "most": 1.0}, True, "0.75"),
        # Not even a share of a booster that declares nothing is more than 1.
        ({"low": 0.5, "high": 0.9}, True, "0.95"),
        ({"low": 2, "high": 12}, True, "17"),
        ({"low": 1e-4, "high": 0.5, "log": True}, True, "5"),
    ],
)
def test_the_advice_is_possible(limits, rises, wanted):
    limits = {"log": False, **limits}
    low, high = limits["low"], limits["high"]
    tried = (
        low * (high / low) ** SHARES if limits["log"] else low + (high - low) * SHARES
    )
    means = 0.6 + 0.3 * (SHARES if rises else 1 - SHARES)

    [finding] = at_ends(outcome(tried.tolist(), means, **limits))

    assert finding.advice == f"Widen the range of C, to {wanted} for instance."


def test_a_list_of_numbers():
    listed = [1, 2, 3, 4, 5, 6]
    limits = {"low": 1, "high": 6, "log": False, "values": listed, "n_values": 6}
    [finding] = at_ends(outcome(listed, 0.5 + 0.05 * np.array(listed), **limits))

    assert finding.advice == "Widen the range of C, to 9 for instance."


def test_inactive_values_and_labels_are_left_out():
    found = outcome([*LOG[:-1], None], 0.6 + 0.3 * SHARES)

    assert kinds(at_ends(found)) == []


@pytest.mark.parametrize(("winner", "found"), [(N - 2, ["edge"]), (N // 2, [])])
def test_the_winner_lies_there_too(winner, found):
    """It need not be the best of these: confirm, refit= and rungs choose otherwise."""
    tried = outcome(LOG, 0.6 + 0.3 * SHARES)
    tried.facts.background["winner"] = winner

    findings = list(at_ends(tried))

    assert kinds(findings) == found

    assert [f.numbers["value"] for f in findings] == [LOG[winner]] * len(found)
