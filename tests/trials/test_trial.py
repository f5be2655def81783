"""Trials and fold scores are records: made once, never changed."""

from __future__ import annotations

import math
import pickle
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from sksearch.trials import FoldScore, Trial, TrialState


def test_new_trial_is_pending():
    trial = Trial(3, {"a": 1}, np.array([0.5]))

    assert trial.state is TrialState.PENDING

    assert math.isnan(trial.score)

    assert math.isnan(trial.seconds)


@pytest.mark.parametrize("name", ["score", "state", "number", "configuration"])
def test_trial_cannot_be_changed(name):
    trial = Trial(3, {"a": 1}, np.array([0.5]))

    with pytest.raises(FrozenInstanceError):
        setattr(trial, name, None)


def test_replacing_leaves_the_old_one():
    old = Trial(0, {"a": 1}, np.array([0.5]))

    new = replace(old, score=0.5, state=TrialState.COMPLETE)

    assert (new.score, new.row) == (0.5, old.row)

    assert old.state is TrialState.PENDING


def test_trials_are_told_apart_by_identity():
    # Configurations may hold anything, and == of it may fail.
    first, second = (Trial(0, {"a": np.ones(2)}, np.array([0.5])) for _ in range(2))

    assert first != second

    assert len({first, second}) == 2


def test_repr_shows_the_configuration():
    text = repr(Trial(3, {"a": 1}, np.array([0.5])))

    assert "number=3" in text

    assert "{'a': 1}" in text

    assert "row" not in text


def test_fold_scores_travel_between_processes():
    score = FoldScore(1, 2, {"accuracy": 0.9}, None, 0.1, 0.2, "Traceback")

    assert pickle.loads(pickle.dumps(score)) == score


def test_fold_score_without_error():
    assert FoldScore(1, 2, {"accuracy": 0.9}, None, 0.1, 0.2).error is None


def test_fold_score_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        FoldScore(1, 2, None, None, 0.1, 0.2).fold = 3


@pytest.mark.parametrize(
    ("test", "words", "failed"),
    [
        ({"a": 1.0, "b": 2.0}, {}, False),
        (None, {}, True),
        ({"a": 1.0, "b": math.inf}, {}, True),
        ({"a": 1.0}, {"score_error": "Traceback"}, True),
    ],
)
def test_what_has_failed(test, words, failed):
    assert FoldScore(0, 0, test, None, 0, 0, **words).has_failed is failed
