from __future__ import annotations

import math

import pytest

from sksearch.exceptions import TrialError
from sksearch.schedulers._rung import Rung


def rung_of(scores):
    rung = Rung()
    for candidate, score in scores.items():
        rung.enter(candidate)
        if score is not None:
            rung.tell(candidate, score)
    return rung


def promotions(rung, n):
    found = []
    for _ in range(n):
        candidate = rung.next_of_all()
        rung.promoted.add(candidate)
        found.append(candidate)
    return found


def test_counts():
    rung = rung_of({3: 0.5, 1: None, 2: math.nan})

    assert (rung.n_entered, rung.n_told, rung.all_told) == (3, 2, False)

    rung.leave(1)

    assert (rung.n_entered, rung.n_told, rung.all_told) == (2, 2, True)


def test_the_best_first_and_no_failures():
    rung = rung_of({0: 0.1, 1: math.nan, 2: 0.9, 3: 0.1, 4: -math.inf})

    assert promotions(rung, 4) == [2, 0, 3, None]


def test_infinity_is_the_best():
    rung = rung_of({0: 0.1, 1: math.inf, 2: 0.9, 3: math.inf})

    assert promotions(rung, 4) == [1, 3, 2, 0]

    assert rung.best() == 1


def test_failures_only_by_number_and_nan_last():
    rung = rung_of({4: math.nan, 0: math.nan, 2: math.nan, 3: -math.inf})

    assert promotions(rung, 5) == [3, 0, 2, 4, None]

    assert rung.best() is None


def test_leader_has_its_rank_among_all():
    rung = rung_of({0: 0.1, 1: 0.9, 2: 0.5, 3: math.nan})

    assert rung.leader() == (1, 1)

    rung.promoted.add(1)

    assert rung.leader() == (2, 2)

    rung.enter(4)
    rung.tell(4, 0.7)

    assert rung.leader() == (2, 4)


def test_failures_do_not_lead():
    assert rung_of({0: math.nan}).leader() is None

    assert rung_of({0: math.nan}).best() is None


def test_best_stays_best_when_promoted():
    rung = rung_of({0: 0.1, 1: 0.9})
    rung.promoted.add(1)

    assert rung.best() == 1


def test_told_twice_or_unasked():
    rung = rung_of({0: 0.5})

    with pytest.raises(TrialError, match=r"Trial 0 .* already here, with 0\.5"):
        rung.tell(0, 1)

    with pytest.raises(TrialError, match="Trial 1 is not on this rung"):
        rung.tell(1, 1)
