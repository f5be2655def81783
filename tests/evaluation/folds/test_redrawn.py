import numpy as np
import pytest
from sklearn.model_selection import (
    GroupKFold,
    KFold,
    LeaveOneOut,
    PredefinedSplit,
    RepeatedKFold,
    ShuffleSplit,
    StratifiedKFold,
    TimeSeriesSplit,
)

from sksearch.evaluation import Redrawing, can_redraw

X, Y = np.zeros((12, 1)), np.arange(12) % 2


def parts_of(folds):
    return [np.sort(test).tolist() for _, test in folds]


@pytest.mark.parametrize(
    ("cv", "expected"),
    [
        (KFold(3), True),
        (StratifiedKFold(3), True),
        (GroupKFold(3), True),
        (ShuffleSplit(1), True),
        (RepeatedKFold(n_splits=3), True),
        (TimeSeriesSplit(3), False),
        (PredefinedSplit([0, 1]), False),
        (LeaveOneOut(), False),
    ],
)
def test_which_splitters_can_draw_others(cv, expected):
    assert can_redraw(cv) is expected


@pytest.mark.parametrize("cv", [KFold(3), StratifiedKFold(3), ShuffleSplit(2)])
def test_splits_are_known_by_their_number(cv):
    drawn = Redrawing(cv, {}, seed=0)
    first = parts_of(drawn.folds(0, X, Y))

    assert parts_of(drawn.folds(0, X, Y)) == first

    assert parts_of(drawn.folds(1, X, Y)) != first

    assert parts_of(Redrawing(cv, {}, seed=1).folds(0, X, Y)) != first


def test_the_splitter_of_the_user_is_not_changed():
    cv = KFold(3)
    Redrawing(cv, {}, seed=0).folds(0, X, Y)

    assert (cv.shuffle, cv.random_state) == (False, None)


def test_groups_stay_together():
    groups = np.repeat(range(6), 2)
    for train, test in Redrawing(GroupKFold(3), {"groups": groups}, 0).folds(4, X, Y):
        assert not set(groups[train]) & set(groups[test])
