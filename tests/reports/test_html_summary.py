"""Tests of the summary below the diagram."""

import re

import numpy as np
from report_tables import facts_of, table_of

from sksearch.reports._html_summary import summary_html

PARAMS = [{"C": 1.0}, {"C": 10.0}, {"C": 100.0}]


def html(scores=(0.5, 0.9, 0.7), interval=None, row=None, columns=None, **words):
    table = table_of(PARAMS, scores, **(columns or {}))
    return summary_html(table, facts_of(PARAMS, **words), row, interval)


def text_of(page):
    page = re.sub(r"<svg.*</svg>", "", page)
    return re.sub(r"<[^>]+>", " ", page).split()


def test_best_score_winner_and_counts():
    words = " ".join(text_of(html(columns={"std_test_score": np.full(3, 0.02)})))

    assert words == (
        "best score 0.9 ± 0.02 (standard error of 2 folds) SVC C=10 3 candidates"
    )


def test_an_interval_takes_the_place_of_the_error():
    assert "on new data 0.8 to 0.95" in html(interval=(0.8, 0.95))


def test_the_winner_is_the_refitted_one():
    assert "C=100" in html(row=2)


def test_failures_and_the_ending():
    page = html((np.nan, 0.9, 0.7), n_failed=[2, 0, 0])

    assert "1 failed" in page

    assert page.count("<circle") == 2

    assert page.count('stroke="#c33"') == 1

    ended = html(background={"ending": {"reason": "timeout"}})
    assert "ended: timeout" in ended


def test_nothing_to_show():
    page = html((np.nan,) * 3, n_failed=[2] * 3)

    assert "no candidate has a score" in page

    assert "<svg" not in page


def test_the_line_is_the_best_so_far_of_the_highest_rung():
    flat = re.search(r'<path d="(M[^"]+)"', html((0.5, 0.9, 0.7)))[1]
    assert flat.count("V") == 1

    rungs = {"iter": np.array([0, 0, 1])}
    halved = re.search(r'<path d="(M[^"]+)"', html((0.5, 0.9, 0.7), columns=rungs))[1]
    assert halved.count("V") == 2


def test_one_candidate_and_equal_scores():
    assert html((0.5, 0.5, 0.5)).count("<circle") == 3


def test_what_users_write_is_text():
    page = html(kinds=["<script>"] * 3)

    assert "<script>" not in page

    assert "&lt;script&gt;" in page
