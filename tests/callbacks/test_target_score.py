"""TargetScore: enough is enough."""

import math

import pytest

from sksearch import CandidateRecord
from sksearch.callbacks import TargetScore


@pytest.mark.parametrize(
    ("best", "stops"), [(0.89, False), (0.9, True), (0.95, True), (math.nan, False)]
)
def test_stops_at_the_target(best, stops):
    record = CandidateRecord(0, {}, 0.1, {}, 0, {}, best, 1, 0.0)

    assert TargetScore(0.9)(record) is stops


@pytest.mark.parametrize(
    ("score", "kind"), [("0.9", TypeError), (True, TypeError), (math.nan, ValueError)]
)
def test_a_target_is_a_number(score, kind):
    with pytest.raises(kind, match="'score' parameter must be a number"):
        TargetScore(score)
