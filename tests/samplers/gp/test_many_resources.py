"""GPSampler, where trials are tried again with more."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sksearch import Choice, Float, Option
from sksearch.samplers import GPSampler

LINE = {"x": Float(0, 1)}
PLANE = {"x": Float(0, 1), "y": Float(0, 1)}
TREE = {"c": Choice(["a", Option("b", x=Float(0, 1)), Option("d", y=Float(0, 1))])}


def walk(sampler, steps, score):
    """Ask, or promote, and tell; each step is (number or None, resource)."""
    trials = []
    for number, resource in steps:
        trial = sampler.ask(resource=resource) if number is None else trials[number]
        if number is None:
            trials.append(trial)
        sampler.tell(trial, score(trial.row, resource), resource=resource)
    return trials


def halved(n, n_up, low=1, high=9):
    """Return steps: n trials with little, the first of them with more."""
    return [(None, low)] * n + [(i, high) for i in range(n_up)]


def bowl(row, resource):
    """Score a row; with little, the best place is elsewhere."""
    best = 0.3 if resource >= 9 else 0.4
    return -float(np.nansum((row - best) ** 2)) - 1.0 / resource


class TestProposals:
    def test_what_little_says_is_learned_from(self):
        """Three trials with much would not do."""
        sampler = GPSampler(PLANE, random_state=0, max_resource=9)
        walk(sampler, halved(20, 3), bowl)

        trials = walk(sampler, [(None, 9)] * 4, bowl)

        assert max(bowl(trial.row, 9) for trial in trials) > -1 / 9 - 0.005

    def test_improvement_is_wanted_at_the_highest_resource(self):
        """With little, all looks the other way round."""

        def score(row, resource):
            return float(-row[0] if resource == 1 else row[0])

        sampler = GPSampler(LINE, random_state=0, n_startup=8)
        walk(sampler, halved(8, 8), score)

        assert sampler.propose()[0, 0] > 0.9

    def test_first_look_is_spread_whatever_the_scores(self):
        found = [
            walk(
                GPSampler(LINE, random_state=0, max_resource=9),
                [(None, 1)] * 68,
                score,
            )
            for score in (bowl, lambda row, resource: float(row[0]))
        ]
        rows = [[trial.row[0] for trial in trials] for trials in found]

        assert rows[0] == rows[1]

        # Four to start with, then so many that there is one in each part.
        assert sorted((64 * np.array(rows[0][4:])).astype(int)) == list(range(64))

    def test_no_first_look_where_all_get_everything(self):
        plain, known = (
            walk(GPSampler(PLANE, random_state=0, max_resource=most), steps, bowl)
            for most, steps in ((None, [(None, None)] * 9), (9, [(None, 9)] * 9))
            for bowl in [lambda row, resource: -float((row**2).sum())]
        )

        assert [t.row.tolist() for t in plain] == [t.row.tolist() for t in known]

    def test_same_seed_same_proposals(self):
        first, second = (
            walk(
                GPSampler(TREE, random_state=0, max_resource=9),
                halved(9, 3) + [(None, 9)] * 3,
                bowl,
            )
            for _ in "ab"
        )

        assert [t.configuration for t in first] == [t.configuration for t in second]

    def test_units_of_the_resource_do_not_matter(self):
        one, other = (
            walk(
                GPSampler(PLANE, random_state=0, max_resource=9 * unit),
                halved(9, 3, unit, 9 * unit) + [(None, 9 * unit)] * 2,
                lambda row, resource, unit=unit: bowl(row, resource / unit),
            )
            for unit in (1, 1024)
        )

        np.testing.assert_allclose(one[-1].row, other[-1].row, atol=1e-5)


class TestPending:
    def test_batch_is_spread(self):
        sampler = GPSampler(PLANE, random_state=0, max_resource=9)
        walk(sampler, halved(12, 4), bowl)

        rows = np.array([sampler.ask(resource=9).row for _ in range(5)])

        distances = np.linalg.norm(rows[:, None] - rows[None], axis=2)

        assert distances[np.triu_indices(5, 1)].min() > 1e-3

    def test_a_pending_trial_counts_at_what_it_is_going_to_get(self):
        """With much under way at a place, less is to be gained beside it."""
        moved = []
        for resource in (1, 9):
            sampler = GPSampler(LINE, random_state=0)
            walk(sampler, halved(6, 3), bowl)
            first = sampler.propose()[0]
            sampler._queue.append(first)
            sampler.ask(resource=resource)
            moved.append(abs(sampler.propose()[0] - first)[0])

        assert moved[1] > 1e-3


class TestNeverGivesUp:
    @given(
        steps=st.lists(
            st.tuples(
                st.sampled_from([0, 0.5, 1, 9, 81, 1e300, None]),
                st.sampled_from([0.0, 0.5, 1e300, -1e-300, math.nan, math.inf]),
            ),
            max_size=12,
        ),
        max_resource=st.sampled_from([None, 1e-300, 9, 1e9]),
    )
    def test_whatever_is_told(self, steps, max_resource):
        sampler = GPSampler(
            TREE, random_state=0, n_startup=2, max_resource=max_resource
        )
        for resource, score in steps:
            sampler.tell(sampler.ask(), score, resource=resource)

        assert sampler.ask().configuration

    def test_a_finite_space_comes_to_its_end(self):
        space = {"a": ["u", "v", "w"], "b": [True, False]}
        sampler = GPSampler(space, random_state=0, n_startup=1, max_resource=9)

        def score(row, resource):
            return resource + float(row[0])

        trials = walk(sampler, halved(3, 2) + [(None, 9)] * 3, score)

        assert len({repr(trial.configuration) for trial in trials}) == 6

    def test_more_than_it_may_know(self):
        sampler = GPSampler(PLANE, random_state=0, max_points=20, max_resource=9)
        walk(sampler, halved(60, 6), bowl)

        [trial] = walk(sampler, [(None, 9)], bowl)

        assert bowl(trial.row, 9) > -0.3

    def test_per_second(self):
        """Equal scores: what is quick at full resource goes first."""
        sampler = GPSampler(LINE, random_state=0, n_startup=8, per_second=True)
        for x, resource in [(x, r) for r in (1, 9) for x in range(8)]:
            trial = sampler.ask() if resource == 1 else sampler.history[x]
            quick = trial.row[0] if resource == 9 else 1.0 - trial.row[0]
            seconds = resource * 10.0 ** (2.0 - 3.0 * quick)
            sampler.tell(trial, 0.5, seconds=seconds, resource=resource)

        assert sampler.propose()[0, 0] > 0.7


@pytest.mark.parametrize("value", [0, -1, math.nan, math.inf, "9", True])
def test_max_resource_is_a_positive_number(value):
    with pytest.raises(ValueError, match="max_resource must be a positive number"):
        GPSampler(LINE, max_resource=value)
