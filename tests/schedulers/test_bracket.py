from __future__ import annotations

from sksearch.schedulers import Bracket, Done, Ladder, Promote, Sample, Wait

LADDER = Ladder((1, 3, 9), factor=3, n_candidates=4)


def sampled(bracket, n):
    for i in range(n):
        assert isinstance(bracket.next(i), Sample)


def test_story():
    bracket = Bracket(LADDER, number=1, n_skipped=2)

    assert bracket.next(10) == Sample(10, rung=2, resource=1, bracket=1)

    for new in (11, 12, 13):
        bracket.next(new)

    assert bracket.next(14) == Wait()

    for candidate in (10, 11, 12, 13):
        bracket.tell(candidate, 2, candidate)

    assert bracket.next(14) == Promote(13, rung=3, resource=3, bracket=1)

    assert bracket.next(14) == Promote(12, rung=3, resource=3, bracket=1)

    assert bracket.next(14) == Wait()

    bracket.tell(13, 3, 0.1)

    assert bracket.next(14) == Wait()

    bracket.tell(12, 3, 0.2)

    assert bracket.best() == (3, 0.2, 12)

    assert bracket.next(14) == Promote(12, rung=4, resource=9, bracket=1)

    bracket.tell(12, 4, 0.0)

    assert bracket.next(14) == Done()

    assert bracket.best() == (4, 0.0, 12)


def test_early_rule_is_asked_with_the_plan():
    asked = []
    bracket = Bracket(LADDER, early=lambda *numbers: asked.append(numbers))
    sampled(bracket, 3)
    for candidate in range(3):
        bracket.tell(candidate, 0, candidate)

    assert bracket.next(3) == Sample(3, 0, 1)

    assert asked == [(1, 3, 4, 2)]


def test_early_promotions_keep_to_the_share_of_what_was_told():
    """So there are never too many, should the candidates run out."""
    bracket = Bracket(LADDER, early=lambda *numbers: True)
    ladder = Ladder((1, 3, 9), factor=3, n_candidates=7)
    bracket = Bracket(ladder, early=lambda *numbers: True)
    sampled(bracket, 6)
    bracket.tell(0, 0, 0.5)
    bracket.tell(1, 0, 0.9)

    assert bracket.next(6) == Sample(6, 0, 1)

    bracket.tell(2, 0, 0.7)

    assert bracket.next(7) == Promote(1, 1, 3)

    for candidate in (3, 4, 5):
        assert bracket.next(7) == Wait()

        bracket.tell(candidate, 0, 0.1)

    assert bracket.next(7) == Promote(2, 1, 3)

    bracket.tell(6, 0, 0.1)

    assert bracket.next(7) == Promote(0, 1, 3)


def test_the_highest_rung_that_can_promotes_first():
    ladder = Ladder((1, 3, 9), factor=3, n_candidates=27)
    bracket = Bracket(ladder, early=lambda *numbers: True)
    sampled(bracket, 12)
    for candidate in range(9):
        bracket.tell(candidate, 0, candidate)
    for best in (8, 7, 6):
        assert bracket.next(12) == Promote(best, 1, 3)
        bracket.tell(best, 1, best)
    for candidate in (9, 10, 11):
        bracket.tell(candidate, 0, 0.5)

    assert bracket.next(12) == Promote(8, 2, 9)

    assert bracket.next(12) == Promote(5, 1, 3)


def test_ended_before_all_were_sampled():
    bracket = Bracket(LADDER)
    sampled(bracket, 2)
    bracket.end_sampling()
    bracket.tell(0, 0, 0.5)

    assert bracket.next(2) == Wait()

    bracket.withdraw(1)

    assert bracket.next(2) == Promote(0, 1, 3)
