from __future__ import annotations

from bare_loop import drive, ran

from sksearch.schedulers import Full, Ladder


def test_all_on_the_top_rung():
    scheduler = Full(Ladder((1, 3, 9), factor=3, n_candidates=5))

    decisions = drive(scheduler, lambda candidate, rung: candidate, window=3)

    assert ran(decisions) == {2: [0, 1, 2, 3, 4]}

    assert {d.resource for d in decisions} == {9}

    assert scheduler.winner == 4
