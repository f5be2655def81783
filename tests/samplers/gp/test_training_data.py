"""What the process is given."""

from __future__ import annotations

import math

import numpy as np

from sksearch import Float, as_space
from sksearch.samplers._encoding import SpaceEncoding
from sksearch.samplers.gp._training_data import TrainingData, ranks
from sksearch.trials import History

LINE = as_space({"x": Float(0, 1)})


def data_of(*told, pending=(), max_resource=None, n_most=100):
    """Return the data of (x, score, resource) told and (x, resource) pending."""
    history, numbers = History(), {}
    for x, score, resource in told:
        if x not in numbers:
            numbers[x] = history.add({"x": x}, np.array([x])).number
        history.complete(numbers[x], score, 10 * x, resource)
    for x, resource in pending:
        history.add({"x": x}, np.array([x]), resource)
    return TrainingData.of(
        history,
        SpaceEncoding(LINE),
        1,
        max_resource=max_resource,
        n_enough=1,
        n_most=n_most,
    )


def scaled(data):
    return data.encoding_told(data.rows)[:, -1] + 0.5


RUNGS = [
    (0.1, 0.3, 2),
    (0.2, 0.4, 2),
    (0.3, math.nan, 2),
    (0.2, 0.7, 6),
    (0.2, 0.8, 18),
]


def test_one_resource_is_no_axis():
    for resource in (None, 5):
        told = data_of((0.1, 0.5, resource), (0.2, 0.6, resource))

        assert type(told.encoding_told) is type(told.encoding) is SpaceEncoding

        assert told.scores.tolist() == [0.5, 0.6]

        assert told.seconds.tolist() == [1.0, 2.0]


def test_all_resources_are_told_of():
    told = data_of(*RUNGS)

    np.testing.assert_array_equal(told.rows[:, 0], [0.1, 0.2, 0.3, 0.2, 0.2])

    np.testing.assert_array_equal(told.scores, [0.3, 0.4, math.nan, 0.7, 0.8])

    np.testing.assert_allclose(scaled(told), [0, 0, 0, 0.5, 1])

    np.testing.assert_array_equal(told.encoding(told.rows)[:, -1], 0.5)

    np.testing.assert_array_equal(told.seconds, [1, 2, 3, 2, 2])


def test_what_counts_may_be_above_all_that_was_told():
    told = data_of(*RUNGS, max_resource=162)

    np.testing.assert_allclose(scaled(told), [0, 0, 0, 0.25, 0.5])


def test_more_than_what_counts():
    told = data_of(*RUNGS, max_resource=6)

    np.testing.assert_allclose(scaled(told), [0, 0, 0, 0.5, 1])


def test_what_is_told_without_a_resource_cannot_be_compared():
    told = data_of(*RUNGS, (0.9, 0.9, None))

    assert 0.9 not in told.rows


def test_a_resource_at_which_all_failed_is_none():
    told = data_of((0.1, 0.3, 2), (0.2, 0.4, 2), (0.2, math.nan, 6))

    assert type(told.encoding_told) is SpaceEncoding

    assert told.scores.tolist() == [0.3, 0.4]


def test_pending_trials_are_imagined_at_what_they_will_get():
    told = data_of(*RUNGS, pending=[(0.5, 6), (0.6, None), (0.7, 2)])

    np.testing.assert_allclose(
        told.encoding_pending(told.pending), [[0.0, 0.0], [0.1, 0.5], [0.2, -0.5]]
    )


def test_if_not_all_can_be_known_then_those_of_the_highest_resource():
    told = data_of(*RUNGS, n_most=4)

    np.testing.assert_allclose(sorted(scaled(told))[-2:], [0.5, 1])

    assert len(told.rows) == len(told.scores) == len(told.seconds) == 4


def test_ranks():
    scores = np.array([0.9, 0.5, math.nan, 0.1, 0.2])
    resources = np.array([1, 1, 3, 3, 3])

    assert ranks(scores, resources).tolist() == [1, 0, -math.inf, 2, 3]
