"""Tests of values that are to be sent to the workers."""

from types import SimpleNamespace

from sksearch.search.checks import check_sendable
from sksearch.space import Choice, Float, Option, as_space


def test_all_listed_values_are_shown_to_the_pool():
    shown = []
    pool = SimpleNamespace(check_value=lambda *what: shown.append(what))
    space = {"C": Float(0.1, 1), "clf": Choice({"a": Option(1, x=[3]), "b": "two"})}
    check_sendable(as_space(space), pool)

    assert set(shown) == {("clf", 1), ("clf", "two"), ("x", 3)}
