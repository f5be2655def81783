"""The standard: when a candidate is out of the race, and when it is not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t

from sksearch.racing import FoldRace, Standard

NUMBERS = st.floats(-10, 10, allow_nan=False).map(lambda x: round(x, 3))


def standard(best=0.8, **words):
    return Standard(
        **{
            "best": best,
            "margin": 0.0,
            "effects": np.zeros(5),
            "repetitions": np.zeros(5, dtype=int),
            "n_complete": 1,
            "variance": 0.01,
            "ratio": 1.0,
            "n_prior": 4.0,
            "error": 0.05,
            **words,
        }
    )


def test_what_is_far_behind_is_lost_after_one_fold():
    assert standard().lost([3], [0.3])


def test_what_is_not_far_behind_goes_on():
    assert not standard().lost([3], [0.75])


def test_an_effect_of_the_fold_is_not_held_against_a_candidate():
    effects = np.array([-0.4, 0.1, 0.1, 0.1, 0.1])

    assert not standard(effects=effects).lost([0], [0.4])
    assert standard(effects=effects).lost([1], [0.4])
    assert standard(effects=effects).expected([0], [0.4]) == pytest.approx(0.8)


def test_nobody_is_lost_with_all_folds():
    assert not standard().lost(range(5), [-9.0] * 5)


@pytest.mark.parametrize(
    ("score", "lost"), [(np.nan, True), (-np.inf, True), (np.inf, False)]
)
def test_scores_that_are_not_finite(score, lost):
    assert standard().lost([0, 1], [0.9, score]) is lost


def test_the_margin_ends_what_would_win_by_little():
    assert not standard(variance=1e-9).lost([0], [0.81])
    assert standard(variance=1e-9, margin=0.02).lost([0], [0.81])


def test_a_tie_is_no_win():
    assert standard(variance=0.0).lost([0], [0.8])


def test_the_border_is_a_quantile_of_students_distribution():
    """Of what the other three folds may bring, told by two, one of them odd."""
    found = standard(variance=0.04, n_complete=2, error=0.1)
    variance = (4 * 0.04 + 0.02) / 5 * (1 / 2 - 1 / 5) * (1 + 1 / 2)
    reach = t.ppf(0.9, 5) * np.sqrt(variance)
    scores = 0.8 - reach + np.array([0.1, -0.1])

    assert found.lost([0, 1], scores - 1e-9)

    assert not found.lost([0, 1], scores + 1e-9)


REPEATED = {"effects": np.zeros(6), "repetitions": np.repeat([0, 1, 2], 2)}


def test_a_whole_repetition_tells_all_if_repetitions_agree():
    found = standard(**REPEATED, ratio=0.0)

    assert found.lost([2, 3], [0.5, 1.0])
    assert not found.lost([2, 4], [0.5, 1.0])
    # It outweighs half of another one.
    assert found.expected([2, 3, 4], [0.5, 1.0, 0.0]) == pytest.approx(0.75)


def test_a_whole_repetition_tells_no_more_than_its_folds_if_these_are_independent():
    single = standard(**{**REPEATED, "repetitions": np.zeros(6, dtype=int)})
    scores = [0.75, 0.75]
    below = [
        [made.lost([2, 3], np.subtract(scores, d)) for d in np.arange(0, 0.2, 0.001)]
        for made in (standard(**REPEATED), single)
    ]

    # One degree of freedom less or more each, of five.
    assert sum(below[0]) == pytest.approx(sum(below[1]), abs=8)
    assert 20 < sum(below[0]) < 180


def test_repetitions_weigh_by_what_they_tell():
    found = standard(**REPEATED, ratio=0.5, variance=0.04)

    # Of a mean over both folds, a quarter of the variance of one; of one fold, that
    # and the half of it that the missing one adds.
    assert found.expected([0, 1, 4], [1.0, 1.0, 0.0]) == pytest.approx(0.75)


@given(
    st.lists(NUMBERS, min_size=5, max_size=5),
    st.lists(NUMBERS, min_size=1, max_size=4),
)
def test_one_whose_known_folds_are_better_than_expected_is_never_pruned(row, gains):
    race = FoldRace(5)
    race.tell(range(5), row)
    found = race.standard()
    folds = range(len(gains))
    scores = [row[f] + abs(gains[f]) + found.margin + 1e-3 for f in folds]

    assert not found.lost(folds, scores)


@given(
    st.lists(st.lists(NUMBERS, min_size=5, max_size=5), min_size=1, max_size=4),
    st.lists(NUMBERS, min_size=2, max_size=4),
    st.integers(-64, 64),
)
def test_a_constant_added_to_all_scores_changes_nothing(rows, scores, constant):
    folds = range(len(scores))
    reach = []
    for added in (0, constant):
        race = FoldRace(5)
        for row in rows:
            race.tell(range(5), np.add(row, added))
        found = race.standard()
        reach.append(found.expected(folds, np.add(scores, added)) - found.best)
        reach.append(found.variance)

    np.testing.assert_allclose(reach[:2], reach[2:], atol=1e-9)


@given(st.lists(NUMBERS, min_size=4, max_size=4), st.permutations(range(4)))
def test_the_order_of_the_known_folds_does_not_matter(scores, order):
    found = standard(effects=np.array([-0.4, 0.1, 0.2, 0.05, 0.05]), best=0.0)

    one = found.lost(range(4), scores)
    other = found.lost(order, [scores[i] for i in order])

    # At the very border, sums in another order may differ.
    mean = found.expected(range(4), scores)
    assert mean == pytest.approx(found.expected(order, [scores[i] for i in order]))
    assert one is other or abs(mean) < 10
