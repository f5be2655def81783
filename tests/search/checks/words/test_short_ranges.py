"""A warning for what scikit-optimize's users take for a range."""

from __future__ import annotations

import warnings

import pytest
from sklearn.svm import SVC

from sksearch import Choice, Option
from sksearch.exceptions import SksearchWarning
from sksearch.search.checks import warn_of_pairs

LINE = r"Parameter 'C': \(1, 9\) are two values here.* Write Int\(1, 9\) for the range"


@pytest.mark.parametrize(
    "space",
    [
        {"C": (1, 9)},
        [{"kernel": ["rbf"]}, {"C": (1, 9)}],
        {"clf": Choice([SVC(), Option(SVC(), C=(1, 9))])},
        Choice([{"C": (1, 9)}, {"kernel": ["rbf"]}]),
    ],
)
def test_a_pair(space):
    with pytest.warns(SksearchWarning, match=LINE):
        warn_of_pairs(space)


def test_a_pair_of_reals():
    with pytest.warns(SksearchWarning, match=r"Float\(0.5, 2.0\).*list \[0.5, 2\]"):
        warn_of_pairs({"C": (0.5, 2)})


@pytest.mark.parametrize(
    "space",
    [
        {"C": [1, 9]},
        {"C": (9, 1)},
        {"C": (1, 2, 3)},
        {"C": ("a", "b"), "b": (True, False), "c": ((1, 2), (1, 3))},
        None,
        "auto",
        len,
    ],
)
def test_all_else_is_clear(space):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warn_of_pairs(space)
