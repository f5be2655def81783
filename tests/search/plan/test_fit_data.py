"""What ``fit`` was given, and what its rows are."""

import numpy as np
import pytest
from sklearn.model_selection import GroupKFold, KFold, TimeSeriesSplit

from sksearch.search.plan._fit_data import FitData

X = np.zeros((12, 2))
WORDS = np.array(["no", "yes", "no"] * 4)


class Counted(KFold):
    """Counts how often it is asked for its folds."""

    def __init__(self, *args, **words):
        super().__init__(*args, **words)
        self.n_calls = 0

    def split(self, *args, **params):
        self.n_calls += 1
        yield from super().split(*args, **params)


def test_the_folds_are_made_when_they_are_first_wanted_and_once():
    cv = Counted(3, shuffle=True, random_state=np.random.RandomState(0))
    data = FitData(X, WORDS, cv)
    assert cv.n_calls == 0

    assert data.folds is data.folds

    assert cv.n_calls == 1


def test_classes():
    data = FitData(X, WORDS, KFold(2), kind="classifier")

    assert data.classify

    assert data.classes.tolist() == data.labels.tolist() == [0, 1, 0] * 4

    assert data.target.tolist() == WORDS.tolist()


@pytest.mark.parametrize("kind", ["regressor", ""])
def test_no_classes(kind):
    data = FitData(X, np.arange(12.0), KFold(2), kind=kind)

    assert not data.classify

    assert data.classes is data.labels is data.target is None


def test_no_target():
    data = FitData(X, None, KFold(2), kind="classifier")

    assert data.classes is data.labels is data.target is None


def test_groups_are_numbers():
    groups = np.repeat(["b", "a", "c"], 4)
    data = FitData(X, None, GroupKFold(3), split_params={"groups": groups})

    assert data.groups.tolist() == [1] * 4 + [0] * 4 + [2] * 4

    assert len(data.folds) == 3

    assert FitData(X, None, KFold(2)).groups is None

    assert FitData(X, None, KFold(2), split_params={"groups": None}).groups is None


@pytest.mark.parametrize(
    ("cv", "in_order", "gaps"),
    [
        (TimeSeriesSplit(2, gap=1), True, (1, 1)),
        (TimeSeriesSplit(2), True, (0, 0)),
        (KFold(2), False, ()),
    ],
)
def test_the_order_of_time(cv, in_order, gaps):
    data = FitData(X, None, cv)

    assert (data.in_order, data.gaps) == (in_order, gaps)


def test_the_rows_of_a_list():
    assert FitData(["a text", "another"], None, KFold(2)).n_rows == 2
