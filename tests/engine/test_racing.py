"""The engine's part in racing: what is judged, and when."""

import numpy as np
import pytest

from sksearch.engine import Racing
from sksearch.racing import FoldRace
from sksearch.trials import Candidate, FoldScore, Trial


def candidate(number, racing, n_splits=4):
    made = Candidate(
        Trial(number, {}, np.empty(0)),
        n_splits,
        number=number,
        order=racing.order(number, 1),
    )
    racing.enter(made)
    return made


def take(made, fold, score):
    made.folds[fold] = FoldScore(made.number, fold, {"score": score}, None, 1.0, 0.0)
    if fold in made.undispatched:
        made.undispatched.remove(fold)


@pytest.fixture
def racing():
    """A race with one complete candidate, whose score is 1 everywhere."""
    made = Racing(FoldRace(4), 1, lambda c, folds: c.scores(folds, "score", np.nan))
    first = candidate(0, made)
    for fold in range(4):
        take(first, fold, 1.0)
    made.judge(first)
    assert first.complete
    assert made.close(first, 1.0) == 1.0
    return made


def test_folds_that_are_in_too_early_are_dropped(racing):
    made = candidate(1, racing)
    first, *others = made.order
    for fold in others:
        take(made, fold, 9.0)
    racing.judge(made)
    assert not made.finished

    take(made, first, 0.5)
    racing.judge(made)

    assert made.pruned
    assert list(made.folds) == [first]
    assert made.undispatched == []


def test_one_fold_is_needed_at_a_time(racing):
    made = candidate(1, racing)
    assert made.n_needed == 1

    made.undispatched.remove(made.order[0])
    assert made.n_needed == 0

    take(made, made.order[0], 2.0)
    racing.judge(made)
    assert (made.n_judged, made.n_needed) == (1, 1)


def test_those_that_were_closed_later_do_not_count(racing):
    early, late = candidate(1, racing), candidate(2, racing)
    for fold in range(4):
        take(early, fold, 2.0)
    racing.judge(early)
    racing.close(early, 2.0)

    take(late, late.order[0], 1.5)
    racing.judge(late)

    assert not late.pruned


def test_a_pruned_candidate_is_worth_no_more_than_the_best(racing):
    made = candidate(1, racing)
    take(made, made.order[0], 0.5)
    racing.judge(made)

    assert racing.close(made, 0.5) == 0.5
    assert made.seconds == 4.0  # of all folds


def test_one_that_is_pruned_within_the_margin_is_worth_the_best():
    racing = Racing(
        FoldRace(4, margin=10.0), 1, lambda c, folds: c.scores(folds, "score", np.nan)
    )
    first = candidate(0, racing)
    for fold, score in enumerate([0.9, 1.1, 0.9, 1.1]):
        take(first, fold, score)
    racing.judge(first)
    racing.close(first, 1.0)
    made = candidate(1, racing)
    take(made, made.order[0], 1.2)
    racing.judge(made)

    assert made.pruned
    assert racing.close(made, 1.2) == 1.0


def test_other_rungs_take_no_part(racing):
    assert racing.order(1, 3) == ()

    lower = Candidate(Trial(1, {}, np.empty(0)), 4, number=1, resource=3)
    racing.enter(lower)

    assert not lower.raced
    assert lower.n_needed == 4
