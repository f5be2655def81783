"""TPESampler: what is thought of the optimum beforehand, and how it fades."""

from __future__ import annotations

import numpy as np
import pytest

from sksearch import Float, as_space
from sksearch.samplers import KnownScores, OptimumPrior, RandomSampler, TPESampler
from sksearch.samplers.tpe._parzen import ParzenTree

SPACE = {f"x{i}": Float(0, 1) for i in range(3)}
HIGH, EVEN = OptimumPrior(inside=(8.0, 1.5)), OptimumPrior(inside=(1.0, 1.0))


def told(n, score, **options):
    """Return a sampler that has been told n random trials."""
    random = RandomSampler(SPACE, random_state=0)
    for _ in range(n):
        trial = random.ask()
        random.tell(trial, score(trial.row))
    sampler = TPESampler(random.space, random_state=0, n_startup=0, **options)
    sampler.replay(random.history)
    return sampler


def rough(row):
    """Return a score that tells nothing of where good ones lie."""
    return float(np.sin(1e4 * row.sum()))


def low(row):
    return -float(row.sum())


def mean_of_best(sampler, n=20):
    """Return the mean of all numbers over the best of n proposals."""
    return np.mean([sampler.propose()[0] for _ in range(n)])


def test_proposals_lie_where_good_values_are_thought_to_be():
    high, even = (mean_of_best(told(1, rough, prior=p)) for p in (HIGH, EVEN))

    assert high > even + 0.2


def test_what_trials_contradict_is_unlearned():
    assert mean_of_best(told(25, low, prior=HIGH)) < 0.25


def test_it_counts_less_with_more_trials():
    few, many = (
        mean_of_best(told(n, rough, prior=HIGH))
        - mean_of_best(told(n, rough, prior=EVEN))
        for n in (1, 200)
    )

    assert few > 0.2

    assert abs(many) < 0.5 * few


def known(best, n=12):
    """Return what is known if two other data sets were best at a point."""
    rows = as_space(SPACE).draw(n, np.random.default_rng(3))
    off = ((rows[:, :2] - best) ** 2).sum(axis=1)
    return KnownScores(rows, -np.column_stack([off, off**1.5]))


def test_proposals_lie_where_others_were_good():
    good, bad = (mean_of_best(told(1, rough, known_scores=known(b))) for b in (0.8, 0))

    assert good > bad + 0.2


def test_scores_elsewhere_that_trials_contradict_are_unlearned():
    assert mean_of_best(told(25, low, known_scores=known(0.9))) < 0.3


def test_without_a_belief_the_ratio_alone_decides():
    sampler = told(20, low, prior=EVEN)
    rows, scores = sampler.history.told_arrays(3)
    tree = ParzenTree(rows, scores, rows[:0], sampler.space, sampler._settings)

    found = tree.ratio(sampler.propose())

    assert (np.diff(found) <= 1e-9 * found[:-1]).all()


def test_inside_is_the_default():
    sampler = told(1, rough)

    found = np.array([sampler.propose()[0] for _ in range(20)])

    assert ((found > 0.1) & (found < 0.9)).mean() > 0.9


def test_something_else_than_a_prior():
    with pytest.raises(TypeError, match="prior must be an OptimumPrior"):
        TPESampler(SPACE, prior="inside")
