"""Distributions of Optuna, its own and look-alikes."""

from __future__ import annotations

import pytest
from other_libraries import BOTH, LikeOptuna, library, made

from sksearch import Categorical, Float, Int
from sksearch.exceptions import SpaceTypeError
from sksearch.space.foreign import read_range


@pytest.fixture(params=BOTH)
def optuna(request):
    return library(request, LikeOptuna, "optuna.distributions")


@pytest.mark.parametrize(
    ("make", "own"),
    [
        (lambda o: o.FloatDistribution(-1, 2.5), Float(-1, 2.5)),
        (lambda o: o.FloatDistribution(1e-3, 1, log=True), Float(1e-3, 1, log=True)),
        (lambda o: o.FloatDistribution(0, 1, step=0.25), Float(0, 1, step=0.25)),
        (lambda o: o.FloatDistribution(2, 2), Float(2, 2)),
        (lambda o: o.IntDistribution(2, 8), Int(2, 8)),
        (lambda o: o.IntDistribution(1, 100, log=True), Int(1, 100, log=True)),
        (lambda o: o.IntDistribution(1, 9, step=4), Int(1, 9, step=4)),
        (lambda o: o.IntDistribution(1, 8, step=2), Int(1, 7, step=2)),
        (lambda o: o.CategoricalDistribution([None, 1]), Categorical([None, 1])),
    ],
)
@pytest.mark.filterwarnings("ignore:The distribution is specified by:UserWarning")
def test_it_is_the_native_range(optuna, make, own):
    assert read_range(make(optuna)) == own


@pytest.mark.parametrize(
    ("name", "words", "own"),
    [
        ("UniformDistribution", {}, Float(1, 9)),
        ("LogUniformDistribution", {}, Float(1, 9, log=True)),
        ("DiscreteUniformDistribution", {"q": 2}, Float(1, 9, step=2)),
        ("IntUniformDistribution", {"step": 1}, Int(1, 9)),
        ("IntLogUniformDistribution", {"step": 1}, Int(1, 9, log=True)),
    ],
)
def test_names_of_old_releases(name, words, own):
    assert read_range(made("optuna.distributions", name, low=1, high=9, **words)) == own


def test_unknown_kinds():
    value = made("optuna.distributions", "NewDistribution")

    with pytest.raises(
        SpaceTypeError, match=r"NewDistribution\(...\) of Optuna has no"
    ):
        read_range(value)
