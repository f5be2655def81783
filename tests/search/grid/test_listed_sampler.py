"""Tests of ListedSampler."""

from __future__ import annotations

import json

import numpy as np
import pytest

from sksearch import as_space
from sksearch.exceptions import SpaceExhausted
from sksearch.search.grid._listed_sampler import ListedSampler, Listing

SPACE = as_space({"a": [1, 2, 3, 4]})


def listings(*values):
    return [Listing(SPACE.encode({"a": value}), {"a": value}) for value in values]


def sampler_of(*values, **words):
    return ListedSampler(SPACE, listings(*values), len(values), **words)


def asked(sampler, n):
    return [sampler.ask().configuration["a"] for _ in range(n)]


def test_all_are_proposed_in_order_and_then_no_more():
    sampler = sampler_of(3, 1, 3)

    assert sampler.size == 3
    assert asked(sampler, 3) == [3, 1, 3]
    with pytest.raises(SpaceExhausted, match="All 3 configurations"):
        sampler.ask()


def test_it_leaves_numpys_own_randomness_alone():
    before = np.random.get_state()[1].tolist()  # noqa: NPY002 - the global one
    asked(sampler_of(1, 2), 2)

    assert np.random.get_state()[1].tolist() == before  # noqa: NPY002


def test_what_was_proposed_before_counts_in_its_place():
    sampler = sampler_of(3, 3, 1)
    trial = sampler.adopt(listings(3)[0].row, resource=1)

    assert trial.configuration == {"a": 3}
    assert asked(sampler, 2) == [3, 1]


def test_what_was_proposed_before_out_of_its_place_is_not_proposed_again():
    sampler = sampler_of(4, 2, 1, distinct=True)
    for value in (1, 4):
        assert sampler.adopt(listings(value)[0].row).configuration == {"a": value}

    assert asked(sampler, 1) == [2]
    with pytest.raises(SpaceExhausted):
        sampler.ask()


def test_something_else_may_take_the_place_of_the_last_ones():
    sampler = sampler_of(4, 2, distinct=True)
    sampler.adopt(listings(3)[0].row)

    assert asked(sampler, 1) == [4]
    with pytest.raises(SpaceExhausted):
        sampler.ask()


def test_a_generator_goes_on():
    sampler = ListedSampler(SPACE, (one for one in listings(1, 2)), 2)

    np.testing.assert_array_equal(sampler.propose()[0], listings(1)[0].row)
    assert asked(sampler, 2) == [1, 2]


def test_its_state_is_empty():
    sampler = sampler_of(1)
    sampler.restore(json.loads(json.dumps(sampler.state())))

    assert asked(sampler, 1) == [1]
