"""Hyperparameters of ConfigSpace, its own and look-alikes."""

from __future__ import annotations

import pytest
from other_libraries import BOTH, LikeConfigSpace, library, made
from scipy.stats import beta, norm, truncnorm

from sksearch import Categorical, Float, Int
from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.space import same_value
from sksearch.space.foreign import read_range


@pytest.fixture(params=BOTH)
def cs(request):
    return library(request, LikeConfigSpace(), "ConfigSpace")


@pytest.mark.parametrize(
    ("make", "own"),
    [
        (lambda cs: cs.UniformFloatHyperparameter("a", -1, 2.5), Float(-1, 2.5)),
        (
            lambda cs: cs.UniformFloatHyperparameter("a", 0.1, 1, log=True),
            Float(0.1, 1, log=True),
        ),
        (lambda cs: cs.UniformIntegerHyperparameter("a", 1, 9), Int(1, 9)),
        (
            lambda cs: cs.UniformIntegerHyperparameter("a", 1, 9, log=True),
            Int(1, 9, log=True),
        ),
        (
            lambda cs: cs.CategoricalHyperparameter("a", ["x", "y"]),
            Categorical(["x", "y"]),
        ),
        (
            lambda cs: cs.CategoricalHyperparameter("a", ["x", "y"], weights=[2, 2]),
            Categorical(["x", "y"]),
        ),
        (
            lambda cs: cs.OrdinalHyperparameter("a", ["s", "m"]),
            Categorical(["s", "m"], ordered=True),
        ),
        (lambda cs: cs.Constant("a", 3), Categorical([3])),
        (
            lambda cs: cs.NormalFloatHyperparameter(
                "a", mu=1, sigma=2, lower=0, upper=3
            ),
            truncnorm(-0.5, 1, 1, 2),
        ),
        (
            lambda cs: cs.BetaFloatHyperparameter(
                "a", alpha=2, beta=3, lower=1, upper=3
            ),
            beta(2, 3, 1, 2),
        ),
    ],
)
def test_it_is_the_native_range(cs, make, own):
    assert same_value(read_range(make(cs)), own)


@pytest.mark.parametrize(
    ("kind", "words", "own"),
    [
        ("UniformIntegerHyperparameter", {"q": 2}, Int(2, 8, step=2)),
        ("UniformFloatHyperparameter", {"q": 0.5}, Float(2, 8, step=0.5)),
        ("UniformIntegerHyperparameter", {"q": 1}, Int(2, 8)),
    ],
)
def test_rounded_ranges_of_old_releases(kind, words, own):
    value = made("ConfigSpace.hyperparameters", kind, lower=2, upper=8, **words)

    assert read_range(value) == own


def test_a_normal_distribution_of_old_releases_has_no_bounds():
    words = {"lower": None, "upper": None, "mu": 1, "sigma": 2}
    value = made("ConfigSpace.hyperparameters", "NormalFloatHyperparameter", **words)

    assert same_value(read_range(value), norm(1, 2))


def test_uneven_weights(cs):
    value = cs.CategoricalHyperparameter("a", ["x", "y"], weights=[1, 3])

    with pytest.raises(SpaceError, match=r"even odds.*Write \['x', 'y'\]"):
        read_range(value)


def test_it_means_nothing_here(cs):
    value = cs.NormalIntegerHyperparameter("a", mu=5, sigma=1, lower=1, upper=9)

    with pytest.raises(SpaceTypeError, match=r"ConfigSpace has no.*Write Int\(1, 9\)"):
        read_range(value)


def test_unknown_kinds():
    value = made("ConfigSpace.hyperparameters", "NewHyperparameter")

    with pytest.raises(
        SpaceTypeError, match=r"NewHyperparameter.* of ConfigSpace has no"
    ):
        read_range(value)
