from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sksearch.evaluation.folds import by_class, by_group, whole_groups, with_each


@given(
    st.lists(st.integers(0, 9), max_size=60),
    st.booleans(),
    st.integers(0, 2**32),
)
def test_groups_come_in_the_order_of_the_seed_new_classes_first(groups, classes, seed):
    groups = np.array(groups, dtype=np.intp)
    labels = np.arange(len(groups)) % 3 if classes else None
    order, least, ends = by_group(groups, labels, np.random.default_rng(seed))
    seen, first, others = set(), [], []
    for group in np.random.default_rng(seed).permutation(np.unique(groups)):
        rows = np.flatnonzero(groups == group)
        new = {0} if labels is None else set(labels[rows].tolist())
        (others if new <= seen else first).append(rows)
        seen |= new
    expected = first + others

    assert order.tolist() == [row for rows in expected for row in rows]

    assert ends.tolist() == (np.cumsum([len(r) for r in expected]).tolist() or [0])

    assert least == sum(len(rows) for rows in first)


def test_the_time_for_groups_is_linear():
    rng = np.random.default_rng(0)
    groups, labels = rng.integers(0, 25_000, 50_000), rng.integers(0, 3, 50_000)
    begin = time.process_time()
    by_group(groups, labels, rng)

    assert time.process_time() - begin < 0.3


def test_a_group_has_the_place_of_its_first_row():
    groups = np.array([2, 0, 1, 0, 2, 1])

    assert whole_groups(np.array([3, 5, 0, 1, 2, 4]), groups).tolist() == [
        3,
        1,
        5,
        2,
        0,
        4,
    ]


@pytest.mark.parametrize(
    ("groups", "order", "n_first", "ends"),
    [
        (None, [0, 1, 4, 5, 2, 3], 4, [1, 2, 3, 4, 5, 6]),
        ([0, 0, 1, 2, 3, 3], [0, 1, 4, 5, 2, 3], 4, [2, 4, 5, 6]),
        ([0, 0, 0, 1, 1, 1], [0, 1, 2, 3, 4, 5], 6, [3, 6]),
    ],
    ids=["rows", "groups", "all groups"],
)
def test_two_of_each_class_come_first(groups, order, n_first, ends):
    labels = np.array([0, 0, 0, 0, 1, 1])
    groups = None if groups is None else np.array(groups)
    found = with_each(np.arange(6), labels, groups, least=2)

    assert found[0].tolist() == order

    assert found[1] == n_first

    assert found[2].tolist() == ends


def test_one_of_each_class_then_proportions():
    labels = np.repeat([0, 1, 2], [60, 30, 1])
    order = by_class(labels, np.random.default_rng(0))

    assert sorted(labels[order[:3]]) == [0, 1, 2]

    for n in (9, 30, 60):
        assert (
            np.abs(
                np.bincount(labels[order[:n]]) - n * np.array([60, 30, 1]) / 91
            ).max()
            <= 2
        )
