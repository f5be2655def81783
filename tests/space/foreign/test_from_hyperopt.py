"""Expressions of hyperopt, its own and look-alikes."""

from __future__ import annotations

import math

import pytest
from other_libraries import BOTH, LikeHyperopt, Node, library
from scipy.stats import lognorm, norm

from sksearch import Categorical, Float, Int
from sksearch.exceptions import SpaceError
from sksearch.space import same_value
from sksearch.space.foreign import read_range


@pytest.fixture(params=BOTH)
def hp(request):
    return library(request, LikeHyperopt(), "hyperopt.hp")


@pytest.mark.parametrize(
    ("make", "own"),
    [
        (lambda hp: hp.uniform("a", -1, 2.5), Float(-1, 2.5)),
        (lambda hp: hp.uniform("a", low=0, high=1), Float(0, 1)),
        (
            lambda hp: hp.loguniform("a", math.log(0.01), math.log(10)),
            Float(0.01, 10, log=True),
        ),
        (lambda hp: hp.quniform("a", 0, 1, 0.25), Float(0, 1, step=0.25)),
        (lambda hp: hp.quniform("a", 2, 8, 2), Int(2, 8, step=2)),
        (lambda hp: hp.whole(hp.quniform("a", 1, 10, 1)), Int(1, 10)),
        (lambda hp: hp.uniformint("a", 1, 10), Int(1, 10)),
        (
            lambda hp: hp.qloguniform("a", 0, math.log(100), 1),
            Int(1, 100, log=True),
        ),
        (lambda hp: hp.randint("a", 5), Int(0, 4)),
        (lambda hp: hp.randint("a", 2, 5), Int(2, 4)),
        (lambda hp: hp.normal("a", 1, 2), norm(1, 2)),
        (lambda hp: hp.lognormal("a", 1, 2), lognorm(2, scale=math.e)),
        (lambda hp: hp.choice("a", ["x", None]), Categorical(["x", None])),
        (lambda hp: hp.choice("a", [(1, 2), (3,)]), Categorical([(1, 2), (3,)])),
        (lambda hp: hp.pchoice("a", [(0.5, 1), (0.5, 2)]), Categorical([1, 2])),
    ],
)
def test_it_is_the_native_range(hp, make, own):
    assert same_value(read_range(make(hp)), own)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda hp: hp.qnormal("a", 0, 1, 1), r"hp.qnormal\(...\) of hyperopt has no"),
        (lambda hp: hp.quniform("a", 0.5, 9, 2), r"Write Float\(0.5, 9.0\)"),
        (lambda hp: hp.whole(hp.uniform("a", 0, 9)), r"hp.uniform\(...\) of hyperopt"),
        (lambda hp: hp.uniform("a", 0, 1) * 10, "An expression of hyperopt has no"),
        (lambda hp: Node("uniform", 0, 1, 2), r"hp.uniform\(...\) of hyperopt has no"),
        (lambda hp: hp.normal("a", hp.uniform("b", 0, 1), 2), "hp.normal"),
        (lambda hp: hp.pchoice("a", [(0.2, 1), (0.8, 2)]), r"even odds.*\[0.2, 0.8\]"),
        (lambda hp: hp.choice("a", [1, hp.uniform("b", 0, 1)]), r"Write Choice\(\["),
        (lambda hp: Node("dict", g=hp.uniform("g", 0, 1)), r"Choice\(\[Option\(value"),
    ],
)
def test_it_means_nothing_here(hp, make, message):
    with pytest.raises(SpaceError, match=message):
        read_range(make(hp))
