import math

import pytest
from standings import do, fold_of, make_candidate, make_standing

from sksearch.engine import Viewer


class Recorder(Viewer):
    def __init__(self):
        self.seen = []

    def fold(self, candidate, score):
        self.seen.append(("fold", candidate.number, score.fold))

    def candidate(self, candidate, *, improved):
        self.seen.append(("candidate", candidate.number, improved))

    def confirmation(self, repeat, score):
        self.seen.append(("again", repeat.number, score.fold))


def test_at_first():
    standing = make_standing({0: 9, 1: 3})

    assert (standing.n_finished, standing.n_total, standing.best) == (0, 12, None)

    assert standing.seconds_to_go is None


def test_what_is_counted():
    standing = make_standing({0: 3, 1: 1})
    do(standing, 0)
    do(standing, 1, score=None, error="ValueError: no")
    do(standing, 2, rung=1)

    assert standing.n_closed == {0: 2, 1: 1}

    assert (standing.n_finished, standing.n_failed, standing.rung) == (3, 1, 1)


def test_one_failed_fold_counts_as_a_failed_candidate():
    standing = make_standing()
    candidate = make_candidate()
    standing.begin(candidate)
    standing.add(candidate, [fold_of(0, 0), fold_of(0, 1, None, error="ValueError")])
    standing.close(candidate)

    assert standing.n_failed == 1


def test_the_best_and_when_it_was_found():
    standing = make_standing()
    for number, (score, now) in enumerate([(0.5, 1.0), (0.9, 7.0), (0.9, 9.0)]):
        standing.budget.now = now
        do(standing, number, score=score, kind="svm")

    best = standing.best
    assert (best.candidate.number, best.score, best.label) == (1, 0.9, "svm")

    assert best.found == 7.0


def test_a_higher_rung_is_better_than_any_score():
    standing = make_standing({0: 3, 1: 1})
    do(standing, 0, score=0.9)
    do(standing, 1, score=0.1, rung=1)
    do(standing, 2, score=0.95)

    assert standing.best.candidate.number == 1


def test_of_equal_candidates_the_first_is_best_whenever_it_comes():
    standing = make_standing()
    do(standing, 4)
    do(standing, 2)

    assert standing.best.candidate.number == 2


def test_neither_pruned_nor_failed_candidates_are_best():
    standing = make_standing()
    do(standing, 0, score=None)
    pruned = make_candidate(1, score=0.9)
    pruned.pruned = True
    standing.begin(pruned)
    standing.close(pruned)

    assert standing.best is None

    assert standing.n_pruned == 1


def test_a_viewer_is_shown_all():
    viewer = Recorder()
    standing = make_standing(n_repeats=1, viewer=viewer)
    do(standing, 0)
    repeat = make_candidate(7)
    for i in range(2):
        repeat.folds[i] = fold_of(7, i)
        standing.confirm(repeat, repeat.folds[i])

    assert viewer.seen == [
        ("fold", 0, 0),
        ("fold", 0, 1),
        ("candidate", 0, True),
        ("again", 7, 0),
        ("again", 7, 1),
    ]

    assert standing.n_confirmed == 1


def test_known_folds_are_counted_and_not_shown():
    viewer = Recorder()
    standing = make_standing(viewer=viewer)
    candidate = make_candidate()
    candidate.take_up({0: fold_of(0, 0), 1: fold_of(0, 1, math.nan)})
    standing.begin(candidate)
    standing.close(candidate)

    assert standing.n_failed == 1

    assert viewer.seen == [("candidate", 0, True)]


def test_when_the_space_is_exhausted_no_more_are_planned():
    standing = make_standing({0: 10})
    for number in range(4):
        do(standing, number)
    standing.end_sampling()

    assert standing.n_total == 4

    assert standing.seconds_to_go == 0.0


def test_the_rungs_above_shrink_alike():
    standing = make_standing({0: 27, 1: 9, 2: 3})
    for number in range(12):
        do(standing, number)
    standing.end_sampling()

    assert standing.sizes == {0: 12, 1: 4, 2: 2}


class TestSecondsToGo:
    def test_at_the_pace_so_far(self):
        standing = make_standing({0: 10})
        do(standing, 0)
        standing.budget.now = 2.0

        assert standing.seconds_to_go == pytest.approx(18.0)

    def test_the_start_of_workers_is_no_pace(self):
        standing = make_standing({0: 10})
        standing.budget.now = 31.0  # the first fold took one second of it
        do(standing, 0)
        standing.budget.now = 32.0

        assert standing.seconds_to_go == pytest.approx(18.0)

    def test_what_an_earlier_run_took_is_pace(self):
        standing = make_standing({0: 10})
        known = make_candidate()
        known.take_up({i: fold_of(0, i) for i in range(2)})
        standing.budget.before = standing.budget.now = 2.0
        standing.begin(known)
        standing.close(known)
        standing.budget.now = 5.0
        do(standing, 1)  # two seconds late
        standing.budget.now = 6.0

        assert standing.seconds_to_go == pytest.approx(16.0)

    def test_no_more_than_is_left(self):
        standing = make_standing({0: 10}, timeout=5.0)
        do(standing, 0)
        standing.budget.now = 2.0

        assert standing.seconds_to_go == pytest.approx(3.0)

    def test_confirmations_come_at_the_end(self):
        standing = make_standing({0: 1}, n_repeats=2)
        do(standing, 0)
        standing.budget.now = 2.0

        assert standing.seconds_to_go == pytest.approx(4.0)

    def test_workers_are_not_busier_than_they_are_many(self):
        standing = make_standing()
        standing.n_jobs, standing.n_running = 2, 4

        assert standing.n_busy == 2
