import pytest

from sksearch.engine import Budget


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until it is set."""
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    return now


def test_without_a_limit_the_time_is_never_up(clock):
    budget = Budget(5)
    clock[0] = 1e9

    assert budget.remaining is None

    assert not budget.expired


def test_it_starts_when_it_is_made():
    assert 0 <= Budget(5).elapsed < 1


def test_elapsed_counts_from_the_start(clock):
    budget = Budget(5, timeout=3, start=100.0)
    clock[0] += 2

    assert budget.elapsed == pytest.approx(2)

    assert budget.remaining == pytest.approx(1)

    assert not budget.expired


@pytest.mark.parametrize("late", [3, 50], ids=["exactly", "long ago"])
def test_the_time_is_up(clock, late):
    budget = Budget(5, timeout=3, start=100.0)
    clock[0] += late

    assert budget.expired

    assert budget.remaining == 0


def test_what_was_spent_before_is_known(clock):
    budget = Budget(5, start=100.0)
    budget.go_on_from(7.0)

    assert (budget.before, budget.elapsed) == (7.0, 7.0)
