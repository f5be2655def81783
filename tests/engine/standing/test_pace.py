import pytest

from sksearch.engine.standing import Pace


def do(pace, rung=0, *, n=1, n_folds=2, seconds=1.0, **words):
    """Let candidates be tried on some folds, of so many seconds each."""
    for _ in range(n):
        pace.begin(rung)
        for _ in range(n_folds):
            pace.add(rung, seconds)
        pace.close(rung, n_folds, **words)


def test_without_a_fold_nobody_knows():
    pace = Pace(2, {0: 1})
    pace.begin(0)

    assert pace.seconds_to_go({0: 10}, 5.0) is None


def test_the_others_take_as_long():
    pace = Pace(2, {0: 1})
    do(pace, n=4)

    assert pace.seconds_to_go({0: 10}, 6.0) == pytest.approx(9.0)


def test_nothing_is_left():
    pace = Pace(2, {0: 1})
    do(pace, n=10)

    assert pace.seconds_to_go({0: 10}, 6.0) == 0.0


def test_folds_of_an_open_candidate_are_done():
    pace = Pace(2, {0: 1})
    do(pace, n=1)
    pace.begin(0)
    pace.add(0, 1.0)

    assert pace.seconds_to_go({0: 3}, 3.0) == pytest.approx(3.0)


def test_fits_under_way_are_half_done():
    pace = Pace(2, {0: 1})
    do(pace, n=1)
    pace.begin(0)

    # Two of twenty folds are done, two are half done: 3 of 20 in 3 seconds.
    assert pace.seconds_to_go({0: 10}, 3.0, n_running=2) == pytest.approx(17.0)


def test_candidates_to_come_are_pruned_as_often():
    pace = Pace(10, {0: 1})
    do(pace, n=1, n_folds=10)
    do(pace, n=3, n_folds=2)

    # 4 folds each, 16 of 40.
    assert pace.seconds_to_go({0: 10}, 16.0) == pytest.approx(24.0)


def test_those_that_could_not_be_pruned_tell_nothing_of_others():
    pace = Pace(10, {0: 1})
    do(pace, n=4, n_folds=10)
    do(pace, n=2, n_folds=5, raced=True)

    # Four times 5 folds are to come, after 50.
    assert pace.seconds_to_go({0: 10}, 50.0) == pytest.approx(20.0)


def test_a_rung_that_is_not_known_takes_more_by_its_resource():
    pace = Pace(1, {0: 10, 1: 30})
    do(pace, 0, n=9, n_folds=1)

    assert pace.seconds_to_go({0: 9, 1: 3}, 9.0) == pytest.approx(9.0)


def test_known_rungs_tell_how_seconds_grow_with_the_resource():
    pace = Pace(1, {0: 1, 1: 3, 2: 9})
    do(pace, 0, n=9, n_folds=1, seconds=1.0)
    do(pace, 1, n=3, n_folds=1, seconds=9.0)

    # They grow with the square: one candidate of 81 seconds is left.
    assert pace.seconds_to_go({0: 9, 1: 3, 2: 1}, 36.0) == pytest.approx(81.0)


@pytest.mark.parametrize(("seconds", "left"), [(0.1, 0.1), (1e3, 9e3)])
def test_they_grow_neither_backwards_nor_without_bound(seconds, left):
    pace = Pace(1, {0: 1, 1: 3, 2: 9})
    do(pace, 0, n=1, n_folds=1, seconds=1.0)
    do(pace, 1, n=1, n_folds=1, seconds=seconds)

    sizes = {0: 1, 1: 1, 2: 1}
    assert pace.seconds_to_go(sizes, 1.0 + seconds) == pytest.approx(left)


def test_a_repeated_rung_takes_as_long():
    pace = Pace(1, {0: 5, 1: 5, 2: 5})
    do(pace, 0, n=4, n_folds=1)
    do(pace, 1, n=2, n_folds=1)

    assert pace.seconds_to_go({0: 4, 1: 2, 2: 1}, 6.0) == pytest.approx(1.0)


def test_folds_at_the_end_are_those_of_the_top():
    pace = Pace(1, {0: 1, 1: 3})
    do(pace, 0, n=3, n_folds=1)
    do(pace, 1, n=1, n_folds=1, seconds=3.0)

    assert pace.seconds_to_go({0: 3, 1: 1}, 6.0, n_more=4) == pytest.approx(12.0)


def test_folds_that_take_no_time():
    pace = Pace(2, {0: 1})
    do(pace, n=5, seconds=0.0)

    assert pace.seconds_to_go({0: 10}, 1.0) == pytest.approx(1.0)
