import math

import pytest
from standings import do, make_standing

from sksearch.progress._words import bar, clock, last_line, line, number, share_of, span


def half_way(**words):
    standing = make_standing({0: 4}, **words)
    standing.budget.now = 7.0
    do(standing, 0, score=0.9345678, kind="svm")
    standing.budget.now = 83.0
    do(standing, 1, score=None, error="ValueError: no")
    standing.n_jobs, standing.n_running = 2, 3
    return standing


class TestLine:
    def test_all_that_there_is_to_say(self):
        assert line(half_way()) == (
            "2/4 candidates, best 0.93457 svm at 0:07, 1 failed, 1:23 gone, 1:17 to "
            "go, 2/2 workers busy"
        )

    def test_at_first(self):
        assert line(make_standing({0: 4})) == "0/4 candidates, no score yet, 0:00 gone"

    def test_without_a_label(self):
        standing = make_standing({0: 4})
        do(standing, score=0.5)

        assert "best 0.5 at 0:00, " in line(standing)

    def test_in_less_room(self):
        assert line(half_way(), 79) == (
            "2/4, best 0.93457 svm at 0:07, 1 failed, 1:23 gone, 1:17 to go, 2/2 busy"
        )

    def test_what_matters_less_is_left_out(self):
        assert line(half_way(), 60) == (
            "2/4, best 0.93457 svm at 0:07, 1 failed, 1:23 gone"
        )

    @pytest.mark.parametrize("width", [2, 10, 40, 79, 90])
    def test_it_fits(self, width):
        assert len(line(half_way(), width)) <= width

    def test_rungs(self):
        standing = make_standing({0: 9, 1: 3})
        for i in range(9):
            do(standing, i)
        do(standing, 9, rung=1)

        assert line(standing).startswith("10/12 candidates, rungs 9/9 1/3, best")

        assert line(standing, 60).startswith("10/12, rung 2/2, best")

    def test_confirmations(self):
        standing = make_standing({0: 1}, n_repeats=3)
        assert line(standing).startswith("0/1 candidates, no score")

        do(standing, 0)
        assert line(standing).startswith("1/1 candidates, confirming 0/3, best")


class TestShareOf:
    def test_nobody_knows_the_seconds(self):
        assert share_of(make_standing({0: 4})) == 0.0

    def test_it_is_that_of_the_seconds(self):
        standing = half_way(timeout=93.0)

        assert share_of(standing) == pytest.approx(83 / 93)


class TestBar:
    def test_it_is_as_full_as_the_search_is_done(self):
        standing = make_standing({0: 4})
        standing.budget.now = 1.0
        do(standing, 0)

        assert bar(standing, 15) == "[###.........] "

    @pytest.mark.parametrize(("width", "wide"), [(12, 0), (13, 13), (90, 30)])
    def test_its_width(self, width, wide):
        assert len(bar(make_standing(), width)) == wide


COUNTS = {"planned": 4, "finished": 2, "known": 0, "failed": 0}


class TestLastLine:
    def test_why_it_has_ended_and_what_was_found(self):
        said = last_line(half_way(), "timeout", {**COUNTS, "failed": 1})

        assert said == (
            "Search ended (timeout): 2 of 4 candidates (1 failed) in 1:23; best "
            "0.93457 (svm), candidate 0, found after 7.0 s"
        )

    def test_what_was_known(self):
        said = last_line(half_way(), "n_iter", {**COUNTS, "known": 2, "failed": 1})

        assert "2 of 4 candidates (2 known, 1 failed) in" in said

    def test_none_has_a_score(self):
        said = last_line(make_standing(), "interrupted", COUNTS)

        assert said == (
            "Search ended (interrupted): 2 of 4 candidates in 0.0 s; none has a score"
        )

    def test_pruned_candidates(self):
        standing = half_way()
        standing.n_pruned = 1

        assert "(1 pruned)" in last_line(standing, "n_iter", COUNTS)


@pytest.mark.parametrize(
    ("score", "text"), [(0.5, "0.5"), (-123456.7, "-1.2346e+05"), (math.inf, "inf")]
)
def test_scores(score, text):
    assert number(score) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00"), (59.6, "1:00"), (3599, "59:59"), (36000, "10:00:00")],
)
def test_clock(seconds, text):
    assert clock(seconds) == text


@pytest.mark.parametrize(("seconds", "text"), [(59.9, "59.9 s"), (60, "1:00")])
def test_span(seconds, text):
    assert span(seconds) == text
