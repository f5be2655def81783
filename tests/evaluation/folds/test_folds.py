import numpy as np
import pytest
from sklearn.model_selection import (
    GroupKFold,
    KFold,
    LeaveOneGroupOut,
    ShuffleSplit,
    StratifiedKFold,
    check_cv,
)
from stand_ins import data

from sksearch.evaluation import make_folds


class CountingSplitter(KFold):
    """Counts how often it is asked to split."""

    n_calls = 0

    def split(self, X, y=None, groups=None):
        self.n_calls += 1
        return super().split(X, y, groups)


@pytest.mark.parametrize(
    "cv",
    [KFold(4), StratifiedKFold(3), ShuffleSplit(2, random_state=0)],
    ids=lambda cv: type(cv).__name__,
)
def test_folds_are_the_splitters(cv):
    X, y = data()
    folds = make_folds(cv, X, y, {})
    expected = list(cv.split(X, y))

    assert len(folds) == len(expected)

    for (train, test), (expected_train, expected_test) in zip(
        folds, expected, strict=True
    ):
        assert train.tolist() == expected_train.tolist()

        assert test.tolist() == expected_test.tolist()


def test_split_is_called_once():
    X, y = data()
    cv = CountingSplitter(4)
    folds = make_folds(cv, X, y, {})
    for _ in range(3):
        list(folds)

    assert cv.n_calls == 1


def test_folds_of_an_unseeded_splitter_stay_as_they_are():
    X, y = data()
    folds = make_folds(KFold(4, shuffle=True), X, y, {})
    once, again = ([test.tolist() for _, test in folds] for _ in range(2))

    assert once == again

    assert [folds[i][1].tolist() for i in range(4)] == once


def test_an_iterable_that_can_be_read_once():
    X, y = data()
    cv = check_cv(pair for pair in KFold(3).split(X))
    folds = make_folds(cv, X, y, {})

    assert [len(test) for _, test in folds] == [14, 13, 13]


def test_lists_and_masks_are_kept():
    X, y = data()
    mask = np.arange(len(X)) < 10
    folds = make_folds(check_cv([(~mask, mask), ([0, 1, 2], [3, 4])]), X, y, {})

    assert folds[0][0].dtype == bool

    assert folds[0][1].sum() == 10

    assert folds[1][1].tolist() == [3, 4]


@pytest.mark.parametrize(
    "cv", [LeaveOneGroupOut(), GroupKFold(2)], ids=lambda cv: type(cv).__name__
)
def test_groups_are_passed_on(cv):
    X, y = data()
    groups = np.arange(len(X)) % 4
    folds = make_folds(cv, X, y, {"groups": groups})

    for train, test in folds:
        assert not set(groups[train]) & set(groups[test])


def test_a_broken_promise_of_the_splitter():
    class Liar(KFold):
        def get_n_splits(self, X=None, y=None, groups=None):
            return 7

    X, y = data()

    with pytest.raises(ValueError, match="Expected 7 splits, got 3"):
        make_folds(Liar(3), X, y, {})


def test_no_folds():
    X, y = data()

    with pytest.raises(ValueError, match="No fits were performed"):
        make_folds(check_cv([]), X, y, {})


def test_slices_are_rows():
    X, y = data()
    every = slice(None)
    (train, test), (last, _) = make_folds(
        check_cv([(every, every), (slice(-3, None), every)]), X, y, {}
    )

    assert train.tolist() == test.tolist() == list(range(len(X)))
    assert last.tolist() == [len(X) - 3, len(X) - 2, len(X) - 1]


@pytest.mark.parametrize(
    ("cv", "y", "groups", "says"),
    [
        (GroupKFold(3), None, None, r"not be None\. Write search\.fit\(X, y, groups="),
        (LeaveOneGroupOut(), None, None, r"params=\{'groups': groups\}"),
        (GroupKFold(3), None, ["a", None, "b"], "groups has missing values"),
        (GroupKFold(3), None, [1.0, float("nan"), 2.0], "groups has missing values"),
        (StratifiedKFold(3), np.linspace(0, 1, 40), None, r"write cv=KFold\(5\)"),
    ],
    ids=["none", "left out", "missing", "nan", "numbers"],
)
def test_refusals_of_a_splitter_have_the_line_to_write(cv, y, groups, says):
    X, target = data()
    groups = None if groups is None else np.resize(np.array(groups, object), len(X))
    with pytest.raises(ValueError, match=says):
        make_folds(cv, X, target if y is None else y, {"groups": groups})


class NoGroups:
    """As splitters for time series, which take the rows alone."""

    def split(self, y):
        yield [0, 1], [2, 3]

    def get_n_splits(self, X=None, y=None, groups=None):
        return 1


def test_a_splitter_with_other_arguments_is_told_what_is_wanted():
    X, y = data()
    with pytest.raises(
        TypeError, match=r"a NoGroups, whose split .*Write def split\(self, X=None, y="
    ):
        make_folds(NoGroups(), X, y, {"groups": None})

    assert len(make_folds(check_cv(list(NoGroups().split(X))), X, y, {})) == 1
