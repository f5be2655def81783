from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sksearch.engine.dispatch._deadlines import (
    AsTheyCome,
    Deadlines,
    order_of,
    window_of,
)

WINDOWS = st.integers(1, 10)
TIMES = st.lists(st.sampled_from([1, 3, 9]), max_size=40)


def met(deadlines, number):
    """Take out all who are needed for a decision."""
    found = []
    while deadlines.passed(number):
        found.append(deadlines.first)
        deadlines.pop()
    return found


@given(window=WINDOWS, n=st.integers(0, 30))
def test_on_one_rung_they_are_the_window(window, n):
    deadlines = Deadlines()
    known = []
    for k in range(n):
        known += met(deadlines, k)

        assert known == list(range(max(k - window + 1, 0)))

        deadlines.enter(k, times=1, window=window)


@given(window=WINDOWS, times=TIMES)
def test_who_gets_more_has_longer(window, times):
    deadlines = Deadlines()
    waited = {}
    for k, much in enumerate(times):
        waited |= {number: k - number for number in met(deadlines, k)}
        deadlines.enter(k, times=much, window=window)
    for number, much in enumerate(times):
        due = number + (window - 1) * much + 1

        assert waited.get(number) == (due - number if due < len(times) else None)


@given(times=TIMES)
def test_one_at_a_time_all_are_known(times):
    deadlines = Deadlines()
    for k, much in enumerate(times):
        assert met(deadlines, k) == ([k - 1] if k else [])

        deadlines.enter(k, times=much, window=1)


def test_the_earlier_one_is_first_where_both_are_due():
    deadlines = Deadlines()
    deadlines.enter(0, times=3, window=2)
    deadlines.enter(2, times=1, window=2)

    assert [deadlines.first, deadlines.pop(), deadlines.first] == [0, 4, 2]


def test_without_anybody_under_way():
    deadlines = Deadlines()

    assert deadlines.first is None

    assert not deadlines.passed(100)

    with pytest.raises(IndexError):
        deadlines.pop()


def test_one_that_was_begun_in_a_run_with_another_window_keeps_it():
    deadlines = Deadlines()
    deadlines.enter(0, times=1, window=5)
    deadlines.enter(1, times=1, window=2)

    assert [deadlines.first, deadlines.pop()] == [1, 3]

    assert [deadlines.first, deadlines.pop()] == [0, 5]


@pytest.mark.parametrize(
    ("n_jobs", "n_splits", "window"),
    [(1, 1, 1), (1, 5, 1), (2, 5, 2), (5, 5, 2), (6, 5, 3), (8, 2, 5), (2, 1, 3)],
)
def test_window(n_jobs, n_splits, window):
    assert window_of(n_jobs, n_splits) == window

    assert window_of(n_jobs, n_splits, learns=False) == (
        4 * window if window > 1 else 1
    )

    assert window_of(n_jobs, n_splits, races=True) == window

    assert window_of(n_jobs, n_splits, learns=False, races=True) == (
        2 * window if window > 1 else 1
    )


@pytest.mark.parametrize(
    ("wanted", "window"), [(None, 3), (7, 7), (1, 1), ("unordered", 3)]
)
def test_what_the_user_wants(wanted, window):
    assert window_of(8, 5, wanted=wanted) == window


class TestAsTheyCome:
    def order(self, *waiting, n_running=0, n_jobs=4, n_splits=2):
        """Return the order of candidates with so many folds that wait."""
        under_way = {
            number: SimpleNamespace(undispatched=[0] * n, finished=n == 0)
            for number, n in enumerate(waiting)
        }
        dispatch = SimpleNamespace(n_running=n_running)
        return order_of("unordered", under_way, dispatch, n_jobs, n_splits)

    def test_who_is_complete_is_first(self):
        assert self.order(1, 2, 0, 0).first == 2

        assert self.order(1, 2).first is None

        assert self.order(0).pop() == 0

    @pytest.mark.parametrize(
        ("waiting", "n_running", "enough"),
        [((), 5, False), ((), 6, True), ((2, 1), 2, False), ((2, 2), 2, True)],
    )
    def test_all_workers_have_a_fold_and_a_candidate_is_in_stock(
        self, waiting, n_running, enough
    ):
        assert self.order(*waiting, n_running=n_running).passed(99) is enough

    def test_one_worker_needs_no_stock(self):
        order = self.order(n_running=1, n_jobs=1)

        assert isinstance(order, AsTheyCome)

        assert order.passed(0)

    @pytest.mark.parametrize("wanted", [None, 3])
    def test_otherwise_there_is_an_order(self, wanted):
        assert isinstance(order_of(wanted, {}, None, 4, 2), Deadlines)
