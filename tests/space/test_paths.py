"""Which hyperparameters can meet in one configuration."""

from __future__ import annotations

from itertools import combinations

import pytest
import strategies
from hypothesis import given

from sksearch import Choice, Option, as_space
from sksearch.space._paths import ancestors, can_meet, compatible, paths

SPACE = as_space(
    {
        "clf": Choice(
            [
                Option(
                    "svm",
                    kernel=Choice(["linear", Option("rbf", gamma=[1, 2])]),
                    eta=[1, 2],
                ),
                Option("boost", eta=[1, 2], depth=[1, 2]),
                "dummy",
            ]
        ),
        "scale": [True, False],
    }
)
INDEX = {h.name: j for j, h in enumerate(SPACE)}


def test_path_of_an_unconditional_axis_is_empty():
    assert paths(SPACE.hyperparameters, INDEX["scale"]) == [{}]


def test_path_holds_all_choices_above():
    clf, kernel = INDEX["clf"], INDEX["kernel"]

    assert paths(SPACE.hyperparameters, INDEX["gamma"]) == [{clf: 0, kernel: 1}]


def test_shared_axis_has_several_paths():
    clf = INDEX["clf"]

    assert paths(SPACE.hyperparameters, INDEX["eta"]) == [{clf: 0}, {clf: 1}]


def test_ancestors():
    above = ancestors(SPACE.hyperparameters, INDEX["gamma"])

    assert above == {INDEX["gamma"], INDEX["kernel"], INDEX["clf"]}


@pytest.mark.parametrize(
    ("a", "b", "meet"),
    [
        ("scale", "gamma", True),
        ("gamma", "depth", False),
        ("eta", "gamma", True),
        ("eta", "depth", True),
        ("kernel", "depth", False),
        ("clf", "gamma", True),
    ],
)
def test_who_can_meet(a, b, meet):
    axes = SPACE.hyperparameters

    assert can_meet(axes, INDEX[a], INDEX[b]) == meet

    assert can_meet(axes, INDEX[b], INDEX[a]) == meet


@pytest.mark.parametrize(
    ("a", "b", "result"),
    [
        ({}, {1: 0}, True),
        ({1: 0}, {1: 0, 2: 1}, True),
        ({1: 0}, {2: 1}, True),
        ({1: 0}, {1: 1}, False),
    ],
)
def test_compatible(a, b, result):
    assert compatible(a, b) == compatible(b, a) == result


@given(strategies.finite_spaces())
def test_axes_meet_if_some_configuration_has_both(space):
    compiled = as_space(space)
    together = {
        pair
        for row in compiled.rows()
        for pair in combinations([j for j, u in enumerate(row) if u >= 0], 2)
    }

    expected = {
        pair
        for pair in combinations(range(len(compiled)), 2)
        if can_meet(compiled.hyperparameters, *pair)
    }

    assert together == expected
