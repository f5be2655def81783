"""Tests of differences in words."""

import pytest

from sksearch.engine.journal.fingerprint._differences import differences

LONG = list(range(100))


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (1, 2, "a (was 1, is 2)"),
        (1, 1.0, "a (was 1, is 1.0)"),
        (1, True, "a (was 1, is True)"),
        (None, "x", "a (was None, is 'x')"),
        ({"b": 1}, {"b": 1.5}, "a at b (was 1, is 1.5)"),
        ({"S": {"C": 1}}, {"S": {"C": 2}}, "a at S, C (was 1, is 2)"),
        ({"S": 1}, {"T": 1}, "a (was {'S': 1}, is {'T': 1})"),
        ({"S": 1, "b": 1}, {"S": 1}, "a at b (was 1, is 'nothing')"),
        ([1, 2], [1, 3], "a at 1 (was 2, is 3)"),
        ([1], [1, 2], "a (was [1], is [1, 2])"),
        ({"tuple": [1]}, {"tuple": [2]}, "a at 0 (was 1, is 2)"),
        (
            {"name": "m.f", "its code": "x"},
            {"name": "m.f", "its code": "y"},
            "a at the code of m.f (was 'x', is 'y')",
        ),
        (
            {"A": {"k": 1}, "its code": "x"},
            {"A": {"k": 1}, "its code": "y"},
            "a at the code of A (was 'x', is 'y')",
        ),
    ],
)
def test_place_and_values_are_shown(before, now, words):
    assert differences({"a": before}, {"a": now}) == [words]
    assert differences({"a": now}, {"a": now}) == []


def test_caches_in_older_journals_do_not_count():
    now = {"Categorical": {"values": [1], "ordered": True}}
    cached = now["Categorical"] | {"numbers": "x", "value_labels": ["1"]}
    assert not differences({"a": {"Categorical": cached}}, {"a": now})
    assert differences({"a": {"Categorical": cached | {"values": [2]}}}, {"a": now})
    assert differences({"a": {"Other": cached}}, {"a": {"Other": now["Categorical"]}})


def test_long_texts_are_cut_where_they_differ():
    [words] = differences({"a": str(LONG)}, {"a": str([*LONG[:60], 5, *LONG[61:]])})
    assert "57, 58, 59, 60, 61" in words
    assert "57, 58, 59, 5, 61" in words
    assert len(words) < 200


def test_order_counts_for_metrics_of_which_the_first_one_drives():
    one, other = {"a": 1, "b": 2}, {"b": 2, "a": 1}
    assert not differences({"x": one}, {"x": other})
    before = {"scoring": one, "driven by": None}
    now = {"scoring": other, "driven by": None}
    assert differences(before, now) == ["scoring (was a and b, is b and a)"]
    named = {"driven by": "a"}
    assert not differences({**before, **named}, {**now, **named})


@pytest.mark.parametrize(
    ("before", "now", "same"),
    [
        ([1, 2], {"tuple": [1, 2]}, True),
        ([0, 1, 2], {"range": [0, 3, 1]}, True),
        ({"S": {"n_jobs": 1, "C": 1}}, {"S": {"C": 1}}, True),
        ({"S": {"C": 1}}, {"S": {"C": 1}, "its package": "p"}, True),
        ({"S": {"C": 1}}, {"S": {"C": 1.0}}, False),
        ("__main__.f", {"name": "__main__.f", "its code": "x"}, False),
        ({"A": {}}, {"A": {}, "its code": "x"}, False),
    ],
)
def test_older_journals_are_read_as_they_were_meant(before, now, same):
    assert (differences({"a": before}, {"a": now}, old=True) == []) is same
