"""RandomSampler draws by the prior; all else is in the contract of samplers."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from scipy.stats import norm

from sksearch import Float, Int
from sksearch.samplers import RandomSampler


def draws(specification, n=1000):
    sampler = RandomSampler({"a": specification}, random_state=0)
    return [sampler.ask().configuration["a"] for _ in range(n)]


def test_numbers_follow_their_prior():
    values = np.array(draws(norm(3, 2)))

    assert values.mean() == pytest.approx(3, abs=0.2)

    assert values.std() == pytest.approx(2, abs=0.2)


def test_logarithmic_numbers_follow_their_prior():
    values = np.log10(draws(Float(1e-4, 1, log=True)))

    assert np.histogram(values, 4, (-4, 0))[0] == pytest.approx(250, abs=60)


def test_options_get_even_odds():
    sampler = RandomSampler({"a": ["x", "y"], "b": Float(0, 1)}, random_state=0)

    found = Counter(sampler.ask().configuration["a"] for _ in range(1000))

    assert found["x"] == pytest.approx(500, abs=60)


def test_scores_change_nothing():
    told, silent = (RandomSampler({"a": Int(1, 10**6)}, random_state=0) for _ in "ab")
    for _ in range(10):
        trial = told.ask()
        told.tell(trial, trial.configuration["a"])

        assert silent.ask().configuration == trial.configuration


def test_draws_without_repeats_cover_the_space():
    assert sorted(draws(Int(1, 300), 300)) == list(range(1, 301))
