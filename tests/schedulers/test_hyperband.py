from __future__ import annotations

import pytest
from bare_loop import drive, ladders, ran
from hypothesis import given
from hypothesis import strategies as st

from sksearch.exceptions import ResourceError
from sksearch.schedulers import Hyperband, Ladder

LADDER = Ladder.between(1, 81, factor=3, n_candidates=81)


def score(candidate, rung):
    return (candidate * 7919 + rung) % 101


def test_numbers_of_the_paper():
    """Table 1 of Li et al. (2017), but for what is rounded up on the way, not down."""
    scheduler = Hyperband(LADDER)

    assert [ladder.sizes[0] for ladder in scheduler.ladders] == [81, 34, 15, 8, 5]

    assert [ladder.resources[0] for ladder in scheduler.ladders] == [1, 3, 9, 27, 81]


def test_brackets_of_the_paper():
    """All of Table 1 of Li et al. (2017), R = 81 and eta = 3.

    There 34 candidates leave 11, 3 and 1, and 8 leave 2: rounded down, not up.
    """
    rungs = [
        list(zip(ladder.sizes, ladder.resources, strict=True))
        for ladder in Hyperband(LADDER).ladders
    ]

    assert rungs == [
        [(81, 1), (27, 3), (9, 9), (3, 27), (1, 81)],
        [(34, 3), (12, 9), (4, 27), (2, 81)],
        [(15, 9), (5, 27), (2, 81)],
        [(8, 27), (3, 81)],
        [(5, 81)],
    ]


def test_rungs_are_counted_over_the_whole_ladder():
    decisions = drive(Hyperband(LADDER), score, window=5)

    assert [min(ran(decisions, b)) for b in range(5)] == [0, 1, 2, 3, 4]

    assert {d.resource for d in decisions if d.rung == 3} == {27}


@pytest.mark.parametrize("brackets", [1, 2, 5])
def test_fewer_brackets_are_the_first_ones(brackets):
    scheduler = Hyperband(LADDER, brackets=brackets)

    assert scheduler.ladders == Hyperband(LADDER).ladders[:brackets]

    decisions = drive(scheduler, score)

    assert {d.bracket for d in decisions} == set(range(brackets))


@given(ladder=ladders(), window=st.integers(1, 12), asynchronous=st.booleans())
def test_every_bracket_runs(ladder, window, asynchronous):
    scheduler = Hyperband(ladder, asynchronous=asynchronous)

    decisions = drive(scheduler, score, window)

    for b, upper in enumerate(scheduler.ladders):
        sizes = [len(tried) for tried in ran(decisions, b).values()]

        assert tuple(sizes) == upper.sizes


def test_without_barriers():
    """Somebody goes up before all of a bracket were tried, but in the last."""
    decisions = drive(Hyperband(LADDER, asynchronous=True), score)
    rungs = [[d.rung for d in decisions if d.bracket == b] for b in range(5)]

    assert [found != sorted(found) for found in rungs] == [True] * 4 + [False]

    with_barriers = drive(Hyperband(LADDER), score)

    assert len(decisions) == len(with_barriers)


@pytest.mark.parametrize("brackets", [0, 6, 2.0, True, "all"])
def test_brackets_out_of_range(brackets):
    with pytest.raises(ResourceError, match=rf"brackets={brackets!r}: .* from 1 to 5"):
        Hyperband(LADDER, brackets=brackets)
