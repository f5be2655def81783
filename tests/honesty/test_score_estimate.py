"""The value that an estimate is."""

import dataclasses
import pickle

import pytest

from sksearch import ScoreEstimate


def test_repr_has_four_digits():
    estimate = ScoreEstimate(0.123456, 0.1, 2 / 3, 0.0123456)

    assert repr(estimate) == (
        "ScoreEstimate(score=0.1235, low=0.1, high=0.6667, optimism=0.01235)"
    )


def test_it_is_a_value():
    estimate = ScoreEstimate(0.9, 0.8, 1.0, 0.05)

    assert pickle.loads(pickle.dumps(estimate)) == estimate

    with pytest.raises(dataclasses.FrozenInstanceError):
        estimate.score = 1.0
