"""Tests of as_space_apart: dicts that are next to each other and share nothing."""

from __future__ import annotations

import pytest
from sklearn.svm import SVC

from sksearch import Choice, Option, as_space
from sksearch.exceptions import SpaceError
from sksearch.space import GridRows, as_space_apart, check_names


def decoded(space):
    return [space.decode(row) for row in GridRows(space)]


def test_equal_lists_of_two_dicts_keep_their_order_and_types():
    dicts = [{"C": [1, 10]}, {"C": [10.0, 1.0]}]

    found = [c["C"] for c in decoded(as_space_apart(dicts))]

    assert list(map(repr, found)) == ["1", "10", "10.0", "1.0"]
    assert len(as_space(dicts)) == 2  # with one axis, from which samplers learn


def test_a_dict_may_have_choices():
    kernel = Choice(["linear", Option("rbf", gamma=[1, 2])])
    space = as_space_apart([{"kernel": kernel, "C": [1]}, {"kernel": ["poly"]}])

    assert decoded(space) == [
        {"kernel": "linear", "C": 1},
        {"kernel": "rbf", "C": 1, "gamma": 1},
        {"kernel": "rbf", "C": 1, "gamma": 2},
        {"kernel": "poly"},
    ]


@pytest.mark.parametrize(
    "specification", [{"C": [1]}, [{"C": [1]}], ({"C": [1]},), Choice([{"C": [1]}])]
)
def test_a_single_dict_is_read_as_always(specification):
    assert [h.name for h in as_space_apart(specification) if not h.hidden] == ["C"]


def test_a_space_stays_as_it_is():
    space = as_space([{"C": [1]}, {"C": [2]}])

    assert as_space_apart(space) is space


def test_names_are_checked_in_each():
    with pytest.raises(SpaceError, match=r"'gama'.*Did you mean 'gamma'"):
        check_names(as_space_apart([{"C": [1]}, {"gama": [1]}]), SVC())


def test_what_cannot_be_read_is_refused():
    with pytest.raises(SpaceError, match="at least one dict"):
        as_space_apart([])
