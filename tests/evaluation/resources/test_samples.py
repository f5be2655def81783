from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.model_selection import (
    GroupKFold,
    KFold,
    LeaveOneOut,
    ShuffleSplit,
    StratifiedKFold,
    TimeSeriesSplit,
)
from sklearn.naive_bayes import GaussianNB

from sksearch.evaluation import Evaluator, Folds, make_folds, nested_samples

AMOUNTS = (6, 10, 25, 40, 59, 60)
N = 60


def rungs(folds, *, amounts=AMOUNTS, n=N, seed=0, **words):
    """Return the folds of each rung."""
    samples = nested_samples(folds, n, np.random.default_rng(seed), **words)
    evaluator = Evaluator(GaussianNB(), None, folds, None)
    return [samples.give(evaluator, amount).folds for amount in amounts]


def parts(found):
    """Yield, for each part of each fold, its rows on each rung."""
    for fold in range(len(found[0])):
        for part in (0, 1):
            yield [folds[fold][part] for folds in found]


def split(cv, y=None, groups=None, n=N):
    X = np.zeros((n, 1))
    return make_folds(cv, X, y, {} if groups is None else {"groups": groups})


def assert_nested(found):
    for rows in parts(found):
        for below, above in pairwise(rows):
            assert set(below.tolist()) <= set(above.tolist())


@given(
    st.lists(st.integers(0, 3), min_size=12, max_size=80),
    st.sets(st.integers(1, 80), min_size=1),
    st.integers(0, 2**32),
)
def test_classes_keep_their_proportions(y, amounts, seed):
    y, n = np.array(y), len(y)
    amounts = sorted(min(a, n) for a in amounts)
    folds = split(KFold(3), n=n)
    found = rungs(folds, amounts=amounts, n=n, seed=seed, labels=y)

    assert_nested(found)

    for whole, rows in zip(parts([folds]), parts(found), strict=True):
        classes, counts = np.unique(y[whole[0]], return_counts=True)
        for amount, some in zip(amounts, rows, strict=True):
            share = len(whole[0]) * amount // n

            least = np.minimum(counts, 2).sum()
            if len(some) == max(share, least):
                # Two of each come first: that may be more than the share of each.
                for label, count in zip(classes, counts, strict=True):
                    there = (y[some] == label).sum()

                    assert abs(there - count * amount / n) <= 2 * len(classes)

            assert len(some) >= max(share, least)

            for label, count in zip(classes, counts, strict=True):
                assert (y[some] == label).sum() >= min(count, 2)


@given(
    st.lists(st.integers(0, 9), min_size=12, max_size=80),
    st.booleans(),
    st.integers(0, 2**32),
)
def test_groups_stay_whole(groups, with_classes, seed):
    groups = np.array([0, 1, 2, *groups])
    n = len(groups)
    y = np.arange(n) % 2 if with_classes else None
    folds = split(GroupKFold(3), groups=groups, n=n)
    amounts = range(1, n + 1)
    found = rungs(folds, amounts=amounts, n=n, seed=seed, labels=y, groups=groups)

    assert_nested(found)

    for whole, rows in zip(parts([folds]), parts(found), strict=True):
        size = np.bincount(groups[whole[0]])
        for amount, some in zip(amounts, rows, strict=True):
            for group in set(groups[some].tolist()):
                assert (groups[some] == group).sum() == size[group]

            assert len(some) >= len(whole[0]) * amount // n

            if y is not None:
                assert set(y[some].tolist()) == set(y[whole[0]].tolist())


def test_no_more_groups_than_needed():
    groups = np.repeat(np.arange(12), 5)
    found = rungs(split(GroupKFold(3), groups=groups), groups=groups)

    for rows in found[0]:  # 6 of 60: 4 of 40 rows
        assert len(rows[0]) == len(rows[1]) == 5

    for rows in found[2]:  # 25 of 60: 16 of 40 rows, and no fewer of the test part
        assert len(rows[0]) == len(rows[1]) == 20


def test_time_stays_in_order_next_to_the_border():
    found = rungs(split(TimeSeriesSplit(3)), in_order=True)

    assert_nested(found)

    for folds in found:
        for train, test in folds:
            assert train.tolist() == list(range(train[0], test[0]))

            assert test.tolist() == list(range(test[0], test[-1] + 1))


@pytest.mark.parametrize(
    "cv",
    [KFold(3), ShuffleSplit(3, random_state=0), StratifiedKFold(3)],
    ids=lambda cv: type(cv).__name__,
)
def test_whole_folds_are_as_the_splitter_gave_them(cv):
    y = np.arange(N) % 3
    folds = split(cv, y)
    last = rungs(folds, labels=y)[-1]

    for (train, test), (a, b) in zip(folds, last, strict=True):
        assert train is a

        assert test is b


def test_rows_stay_in_the_order_of_the_splitter():
    order = np.random.default_rng(1).permutation(N)
    folds = Folds(((order[:40], order[40:]),))
    for some in rungs(folds):
        positions = [order.tolist().index(i) for i in some[0][0]]

        assert positions == sorted(positions)


def test_masks():
    mask = np.arange(N) < 40
    as_mask, as_numbers = (
        rungs(Folds((pair,)), amounts=(10, 30))
        for pair in (
            (mask, ~mask),
            (np.flatnonzero(mask), np.flatnonzero(~mask)),
        )
    )
    for one, other in zip(as_mask, as_numbers, strict=True):
        np.testing.assert_array_equal(one[0][0], other[0][0])
        np.testing.assert_array_equal(one[0][1], other[0][1])


def test_no_part_is_empty_unless_it_was():
    folds = Folds(((np.arange(40), np.arange(40, 60)), (np.arange(9), np.arange(0))))
    some = rungs(folds, amounts=(1,))[0]

    assert [(len(a), len(b)) for a, b in some] == [(2, 2), (2, 0)]


@pytest.mark.parametrize(
    ("cv", "sizes"),
    [
        (KFold(5), [(4, 4), (8, 8), (20, 12), (32, 12), (47, 12), (48, 12)]),
        (KFold(2), [(3, 3), (5, 5), (12, 12), (20, 20), (29, 29), (30, 30)]),
        (LeaveOneOut(), [(5, 1), (9, 1), (24, 1), (39, 1), (58, 1), (59, 1)]),
    ],
    ids=["5 folds", "2 folds", "one row each"],
)
def test_a_test_part_gives_as_many_rows_as_are_fitted(cv, sizes):
    found = rungs(split(cv))

    assert [(len(a), len(b)) for ((a, b), *_) in found] == sizes


BLOCKS = {
    "two long ones": np.repeat([0, 1], 30),
    "many": np.repeat(np.arange(12) % 3, 5),
    "four, each once": np.repeat(np.arange(4), 15),
    "rare": np.r_[np.zeros(20), 1, np.zeros(20), 1, 1, np.zeros(15), 1, 0].astype(int),
    "one row": np.r_[np.zeros(30), 1, np.zeros(29)].astype(int),
}


@pytest.mark.parametrize("y", BLOCKS.values(), ids=BLOCKS)
@pytest.mark.parametrize(
    ("cv", "words"),
    [
        (TimeSeriesSplit(3), {"in_order": True}),
        (TimeSeriesSplit(5, gap=2), {"in_order": True}),
        (KFold(3), {}),
        (GroupKFold(3), {"groups": np.arange(N) // 4}),
        (GroupKFold(3), {"groups": np.arange(N)}),
        (TimeSeriesSplit(4), {"in_order": True, "groups": np.arange(N) // 3}),
    ],
    ids=["time", "gap", "rows", "groups", "groups of one", "groups in time"],
)
def test_each_class_of_a_part_is_on_each_rung(y, cv, words):
    folds = split(cv, y, None if "in_order" in words else words.get("groups"))
    found = rungs(folds, amounts=(1, 4, 10, 30, N), labels=y, **words)

    assert_nested(found)

    for whole, rows in zip(parts([folds]), parts(found), strict=True):
        there = np.bincount(y[whole[0]], minlength=4)
        for some in rows:
            assert (np.diff(some) > 0).all()

            assert (np.bincount(y[some], minlength=4) >= np.minimum(there, 2)).all()


def test_what_time_takes_besides_its_border_is_the_nearest_of_a_class():
    y = np.repeat([0, 1, 0, 2], [10, 10, 10, 10])
    folds = Folds(((np.arange(30), np.arange(30, 40)),))
    [(train, test)] = rungs(folds, amounts=(6,), n=40, labels=y, in_order=True)[0]

    assert train.tolist() == [18, 19, 28, 29]

    assert test.tolist() == [30, 31, 32, 33]


def test_groups_that_a_fold_divides_do_not_count_in_time():
    groups = np.arange(N) % 3
    [(train, test), *_] = rungs(
        split(TimeSeriesSplit(3)), amounts=(10,), groups=groups, in_order=True
    )[0]

    assert len(train) == len(test) == 2


def test_each_output_has_its_classes():
    y = np.zeros((N, 3), dtype=int)
    y[::2, 0] = 1
    y[[3, 7, 22, 31, 44, 55], 1] = 1
    y[:, 2] = np.arange(N) // 20
    folds = split(KFold(2))
    found = rungs(folds, amounts=(4, 20, 50), labels=y)

    assert_nested(found)

    for whole, rows in zip(parts([folds]), parts(found), strict=True):
        for some in rows:
            for column in y.T:
                there, has = (
                    np.bincount(column[r], minlength=3) for r in (whole[0], some)
                )

                assert (has >= np.minimum(there, 2)).all()


def test_the_seed_decides():
    folds = split(KFold(3))
    one, again, other = (rungs(folds, seed=seed)[1][0][0] for seed in (0, 0, 1))

    assert one.tolist() == again.tolist() != other.tolist()
