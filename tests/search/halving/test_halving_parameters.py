"""The parameters that halving has besides."""

import inspect
from dataclasses import fields

import pytest

from sksearch import HalvingSearchCV, TPESearchCV
from sksearch.search.halving._halving_parameters import (
    CONSTRAINTS,
    HalvingParameters,
)


def test_they_are_those_of_the_face_with_its_defaults():
    ours = {f.name: f.default for f in fields(HalvingParameters)}
    theirs = inspect.signature(HalvingSearchCV).parameters
    others = inspect.signature(TPESearchCV).parameters.keys() - {"sampler"}

    assert set(ours) == set(CONSTRAINTS) == set(theirs) - set(others)

    assert ours == {name: theirs[name].default for name in ours}


def test_they_are_read_from_a_search():
    search = HalvingSearchCV(None, factor=4, resource="max_iter", n_full=2)

    assert HalvingParameters.of(search) == HalvingParameters(
        factor=4, resource="max_iter", n_full=2
    )


@pytest.mark.parametrize(
    ("words", "several"),
    [({}, False), ({"brackets": "hyperband"}, True), ({"n_full": 1}, True)],
)
def test_several_brackets_are_told(words, several):
    asked = HalvingParameters(**words)

    assert asked.columns == ("iter", "n_resources") + ("bracket",) * several

    assert ("of all brackets" in asked.asked) == several


@pytest.mark.parametrize(
    ("resource", "name"),
    [("n_samples", None), ("epochs", "epochs"), ("max_iter", "max_iter")],
)
def test_what_is_set_on_each_rung(resource, name):
    assert HalvingParameters(resource=resource).set_by_us == name
