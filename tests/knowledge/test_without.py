"""A space without one of its names."""

from __future__ import annotations

import pytest
from sklearn.svm import SVC

from sksearch import Choice, Float, Option
from sksearch.knowledge import without

GAMMA = Float(0.1, 1.0)


def test_leaves_out_a_name():
    assert without({"C": GAMMA, "gamma": GAMMA}, "C") == {"gamma": GAMMA}


def test_leaves_out_a_name_beside_an_option():
    space = {"clf__kernel": Choice(["linear", Option("rbf", gamma=GAMMA, C=[1])])}

    found = without(space, "clf__gamma")

    assert found == {"clf__kernel": Choice(["linear", Option("rbf", C=[1])])}


def test_leaves_out_a_name_below_an_option():
    space = {"clf": Choice({"svm": Option(SVC(), C=[1], gamma=GAMMA)})}

    found = without(space, "clf__gamma")

    assert found["clf"].options[0].sub_space == {"C": [1]}

    assert found["clf"].labels == ("svm",)


@pytest.mark.parametrize("name", ["gamma", "clf__C__gamma", "degree"])
def test_leaves_the_rest_as_it_is(name):
    space = {"clf__kernel": Choice(["linear", Option("rbf", gamma=GAMMA)])}

    assert without(space, name) == space
