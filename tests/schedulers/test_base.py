from __future__ import annotations

from bare_loop import drive, ran

from sksearch.schedulers import Bracket, Done, Ladder, Promote, Sample, Scheduler, Wait

LADDER = Ladder((1, 2), factor=2, n_candidates=2)


def two_brackets():
    return Scheduler([Bracket(LADDER), Bracket(LADDER, number=1)])


def test_while_one_bracket_waits_the_next_goes_on():
    scheduler = two_brackets()

    found = [scheduler.next() for _ in range(5)]

    assert found == [
        Sample(0, 0, 1, bracket=0),
        Sample(1, 0, 1, bracket=0),
        Sample(2, 0, 1, bracket=1),
        Sample(3, 0, 1, bracket=1),
        Wait(),
    ]

    scheduler.tell(1, 0, 0.2)
    scheduler.tell(0, 0, 0.1)

    assert scheduler.next() == Promote(1, 1, 2, bracket=0)


def test_alone_the_brackets_follow_each_other():
    decisions = drive(two_brackets(), lambda candidate, rung: -candidate)

    assert [d.bracket for d in decisions] == [0, 0, 0, 1, 1, 1]

    assert [d.trial for d in decisions] == [0, 1, 0, 2, 3, 2]


def test_winner_of_all_brackets():
    scheduler = two_brackets()

    drive(scheduler, lambda candidate, rung: [5, 1, 0, 7][candidate] * (1 - 2 * rung))

    assert scheduler.winner == 0  # -5 against -7 on the upper rung


def test_tie_between_brackets_goes_to_the_lower_number():
    scheduler = two_brackets()

    drive(scheduler, lambda candidate, rung: 0.5)

    assert scheduler.winner == 0


def test_candidates_run_out_in_the_second_bracket():
    scheduler = two_brackets()

    decisions = drive(scheduler, lambda candidate, rung: candidate, n_available=3)

    assert ran(decisions, 0) == {0: [0, 1], 1: [1]}

    assert ran(decisions, 1) == {0: [2], 1: [2]}


def test_without_brackets():
    assert Scheduler([]).next() == Done()


def test_what_trials_get_by_rung():
    skipping = Bracket(LADDER.above(1), number=1, n_skipped=1)

    assert Scheduler([skipping, Bracket(LADDER)]).resources == {0: 1, 1: 2}
