"""Predictions of all members as one block."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from sksearch.ensemble.predictions._outputs import Target
from sksearch.ensemble.predictions._stacked import (
    Calibrated,
    MemberPredictions,
    Stacked,
    known_rows,
    predictions_of,
    stack_predictions,
)
from sksearch.evaluation import OutOfFold, Prediction

Y = np.array(["a", "b", "a", "b"])
TARGET = Target.of(Y, classifier=True)
AB = np.array(["a", "b"])
ALL = np.ones(4, dtype=bool)


def chances(*rows, classes=AB):
    return Prediction("predict_proba", np.array(rows), classes)


GOOD = (chances([0.7, 0.3], [0.4, 0.6]), chances([0.8, 0.2], [0.1, 0.9]))
BAD = (chances([0.7, 0.7], [0.4, 0.6]), chances([0.8, 0.2], [0.1, 0.9]))
ROWS = (np.array([1, 0]), np.array([2, 3]))


def test_folds_follow_each_other():
    oof = OutOfFold(ROWS, (GOOD,), Y)
    stacked = stack_predictions(oof, ["good"], TARGET, None)

    assert_array_equal(
        stacked.block, [[[0.7, 0.3], [0.4, 0.6], [0.8, 0.2], [0.1, 0.9]]]
    )

    assert stacked.unusable == {}

    assert stacked.known.all()


def test_unusable_members_have_a_reason_and_no_numbers():
    oof = OutOfFold(ROWS, (GOOD, BAD, None), Y, missing={2: "It took too long."})
    stacked = stack_predictions(oof, ["good", "bad", "late"], TARGET, None)

    assert sorted(stacked.unusable) == [1, 2]

    assert "'bad'" in stacked.unusable[1]

    assert stacked.unusable[2] == "It took too long."

    assert_array_equal(np.isnan(stacked.block).all(axis=(1, 2)), [False, True, True])


def test_rows_of_classes_that_nobody_knows_get_the_mean():
    blocks = [np.array([[0.2, 0.8], [0.6, 0.4]]), np.array([[0.4, 0.6], [0.8, 0.2]])]
    members = [MemberPredictions(block, "predict_proba") for block in blocks]
    members.append(MemberPredictions(None, "predict_proba"))
    block = Stacked(members, {2: "bad"}, np.array([True, False]), 2).block

    assert_allclose(block[:2, 0], [[0.2, 0.8], [0.4, 0.6]])

    assert_allclose(block[:, 1], [[0.7, 0.3]] * 3)


def test_a_class_is_known_if_a_model_of_the_fold_has_it():
    only_a = chances([1.0], [1.0], classes=np.array(["a"]))
    oof = OutOfFold(ROWS, ((only_a, GOOD[1]),), Y)

    # The first fold has a row of "b" and one of "a".
    assert known_rows(oof, TARGET, TARGET.encode(Y[[1, 0, 2, 3]])).tolist() == [
        False,
        True,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("known", "weights", "n"),
    [
        (ALL, None, 1),
        (ALL.copy(), None, 1),
        (np.array([True, True, True, False]), None, 0),
        (ALL, np.ones(4), 0),
    ],
)
def test_what_is_calibrated_holds_for_the_same_rows_only(known, weights, n):
    member = predictions_of(
        GOOD, "good", TARGET, TARGET.encode(Y[[1, 0, 2, 3]]), None, ALL
    )
    before = Calibrated(ALL, None, ((GOOD, member),))

    assert list(before.lookup(known, weights).values()) == [member][:n]


def test_weights_of_rows_are_compared_too():
    before = Calibrated(ALL, np.arange(4.0), ((GOOD, MemberPredictions(None, "x")),))

    assert len(before.lookup(ALL, np.arange(4.0))) == 1

    assert before.lookup(ALL, np.arange(4.0) + 1) == {}

    assert before.lookup(ALL, None) == {}
