"""Fits on a clock, a lane for each worker."""

import numpy as np
import pytest

from sksearch.plots.numbers import read_lanes


def lanes(*fits):
    """Return the lanes of fits: (start, seconds, worker)."""
    starts, seconds, workers = zip(*fits, strict=True)
    return read_lanes({"start": starts, "seconds": seconds, "worker": workers})


def test_workers_have_lanes_and_time_begins_at_zero():
    found = lanes((100, 2, "a"), (100.5, 1, "b"), (102, 2, "a"))

    assert found.starts.tolist() == [0.0, 0.5, 2.0]

    assert found.lanes.tolist() == [0, 1, 0]

    assert (found.n_lanes, found.length, found.busy) == (2, 4.0, 5 / 8)

    assert found.pauses == []


def test_a_new_worker_takes_the_lane_of_one_that_is_gone():
    found = lanes((0, 2, "a"), (0, 5, "b"), (2, 2, "c"), (4, 1, "d"))

    assert found.lanes.tolist() == [0, 1, 0, 0]


def test_a_lane_is_kept_while_its_worker_comes_back():
    found = lanes((0, 1, "a"), (2, 1, "b"), (4, 1, "a"))

    assert found.lanes.tolist() == [0, 1, 0]


def test_long_pauses_are_cut_out():
    found = lanes((0, 5, "a"), (5, 5, "a"), (1010, 10, "b"))

    assert found.starts.tolist() == [0.0, 5.0, 10.0]

    assert found.pauses == [(10.0, 1000.0)]

    assert (found.n_lanes, found.busy) == (1, 1.0)


@pytest.mark.parametrize(
    ("start", "seconds"), [(60, 5), (1199, 1000)], ids=["seconds", "a small share"]
)
def test_short_pauses_are_shown(start, seconds):
    found = lanes((0, seconds, "a"), (start, seconds, "a"))

    assert found.starts.tolist() == [0.0, start]

    assert found.pauses == []

    assert found.busy == pytest.approx(2 * seconds / (start + seconds))


def test_a_fit_that_outlasts_others_is_no_pause():
    found = lanes((0, 100, "a"), (1, 1, "b"), (99, 1, "b"))

    assert found.starts.tolist() == [0.0, 1.0, 99.0]


def test_no_time_at_all():
    found = lanes((7, 0, "a"))

    assert (found.length, found.busy) == (0.0, 1.0)

    np.testing.assert_array_equal(found.lanes, [0])
