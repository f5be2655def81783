from __future__ import annotations

import pytest
from bare_loop import drive, ladders, ran
from hypothesis import given
from hypothesis import strategies as st

from sksearch.exceptions import ResourceError
from sksearch.schedulers import HalvingThenFull, Hyperband, Ladder, Sample

LADDER = Ladder((2, 6, 18, 52), factor=3, n_candidates=27)


def score(candidate, rung):
    return (candidate * 7919 + rung) % 101


def test_one_after_the_other():
    decisions = drive(HalvingThenFull(LADDER, n_full=7), score)

    assert [d.bracket for d in decisions] == [0] * 40 + [1] * 7

    assert {len(tried) for tried in ran(decisions).values()} == {27, 9, 3, 1}

    assert all(
        isinstance(d, Sample) and (d.rung, d.resource) == (3, 52)
        for d in decisions[40:]
    )


@given(ladder=ladders(), n_full=st.integers(1, 20), window=st.integers(1, 12))
def test_so_many_on_the_top_rung(ladder, n_full, window):
    scheduler = HalvingThenFull(ladder, n_full)

    decisions = drive(scheduler, score, window)

    assert ran(decisions, 1) == {
        len(ladder) - 1: [d.trial for d in decisions if d.bracket == 1]
    }

    assert sum(d.bracket == 1 for d in decisions) == n_full

    assert scheduler.n_planned == len(decisions)

    assert scheduler.max_resource == ladder.resources[-1]


def test_by_default_the_last_bracket_of_hyperband():
    decisions = drive(HalvingThenFull(LADDER), score)

    last = Hyperband(LADDER).ladders[-1]

    assert sum(d.bracket == 1 for d in decisions) == last.n_candidates


def test_without_barriers():
    decisions = drive(HalvingThenFull(LADDER, n_full=7, asynchronous=True), score)
    rungs = [d.rung for d in decisions if d.bracket == 0]

    assert rungs != sorted(rungs)

    assert [d.bracket for d in decisions] == [0] * 40 + [1] * 7


def test_gaps_are_filled():
    scheduler = HalvingThenFull(LADDER, n_full=3)

    started = [scheduler.next() for _ in range(28)]

    assert [d.resource for d in started] == [2] * 27 + [52]


@pytest.mark.parametrize("n_full", [0, 2.0, True])
def test_out_of_range(n_full):
    with pytest.raises(ResourceError, match=rf"n_full={n_full!r}: an integer"):
        HalvingThenFull(LADDER, n_full)
