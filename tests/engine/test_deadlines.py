import pytest
from hypothesis import given
from hypothesis import strategies as st

from sksearch.engine._deadlines import Deadlines

WINDOWS = st.integers(1, 10)
TIMES = st.lists(st.sampled_from([1, 3, 9]), max_size=40)


def met(deadlines, number):
    """Take out all who are needed for a decision."""
    found = []
    while deadlines.passed(number):
        found.append(deadlines.first)
        deadlines.meet()
    return found


@given(window=WINDOWS, n=st.integers(0, 30))
def test_on_one_rung_they_are_the_window(window, n):
    deadlines = Deadlines(window)
    known = []
    for k in range(n):
        known += met(deadlines, k)

        assert known == list(range(max(k - window + 1, 0)))

        deadlines.enter(k)


@given(window=WINDOWS, times=TIMES)
def test_who_gets_more_has_longer(window, times):
    deadlines = Deadlines(window)
    waited = {}
    for k, much in enumerate(times):
        waited |= {number: k - number for number in met(deadlines, k)}
        deadlines.enter(k, times=much)
    for number, much in enumerate(times):
        due = number + (window - 1) * much + 1

        assert waited.get(number) == (due - number if due < len(times) else None)


@given(times=TIMES)
def test_one_at_a_time_all_are_known(times):
    deadlines = Deadlines(1)
    for k, much in enumerate(times):
        assert met(deadlines, k) == ([k - 1] if k else [])

        deadlines.enter(k, times=much)


def test_the_earlier_one_is_first_where_both_are_due():
    deadlines = Deadlines(2)
    deadlines.enter(0, times=3)
    deadlines.enter(2)

    assert [deadlines.first, deadlines.meet(), deadlines.first] == [0, 4, 2]


def test_without_anybody_under_way():
    deadlines = Deadlines(3)

    assert deadlines.first is None

    assert not deadlines.passed(100)

    with pytest.raises(IndexError):
        deadlines.meet()
