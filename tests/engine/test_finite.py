import math

from sksearch.engine._finite import FiniteScores


def test_infinity_is_better_than_all_before():
    scores = FiniteScores()

    assert [scores.of(s) for s in (math.inf, 2.0, math.inf, 5.0, math.inf)] == [
        1.0,
        2.0,
        3.0,
        5.0,
        8.0,
    ]


def test_minus_infinity_and_nan_stay():
    scores = FiniteScores()

    assert scores.of(-math.inf) == -math.inf

    assert math.isnan(scores.of(math.nan))


def test_the_greatest_floats_do_not_overflow():
    scores = FiniteScores()
    for score in (-1.7e308, 1.7e308):
        scores.of(score)

    assert scores.of(math.inf) == 1.7e308
