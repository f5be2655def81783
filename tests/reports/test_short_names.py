import pytest

from sksearch.reports._short_names import short_names


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["clf__C", "clf__gamma"], ["C", "gamma"]),
        (["C"], ["C"]),
        (["a__C", "b__C"], ["a__C", "b__C"]),
        (["x__a__C", "x__b__C"], ["a__C", "b__C"]),
        (["C", "clf__C"], ["C", "clf__C"]),
        ([], []),
    ],
)
def test_is_the_shortest_unambiguous_ending(names, expected):
    assert list(short_names(names).values()) == expected


def test_names_of_something_else_are_not_taken():
    found = short_names(["clf__rank", "iter"], taken=["rank", "iter"])

    assert found == {"clf__rank": "clf__rank", "iter": "param_iter"}
