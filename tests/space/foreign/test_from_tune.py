"""Search spaces of Ray Tune, its own and look-alikes."""

from __future__ import annotations

import pytest
from other_libraries import BOTH, LikeTune, library
from scipy.stats import norm

from sksearch import Categorical, Float, Int
from sksearch.exceptions import SpaceTypeError
from sksearch.space import same_value
from sksearch.space.foreign import read_range


@pytest.fixture(params=BOTH)
def tune(request):
    return library(request, LikeTune(), "ray.tune")


@pytest.mark.parametrize(
    ("make", "own"),
    [
        (lambda t: t.uniform(-1, 2.5), Float(-1, 2.5)),
        (lambda t: t.loguniform(1e-3, 1), Float(1e-3, 1, log=True)),
        (lambda t: t.quniform(0, 1, 0.25), Float(0, 1, step=0.25)),
        (lambda t: t.randint(1, 10), Int(1, 9)),
        (lambda t: t.lograndint(1, 101), Int(1, 100, log=True)),
        (lambda t: t.qrandint(1, 9, 2), Int(2, 8, step=2)),
        (lambda t: t.qrandint(1, 10, 1), Int(1, 9)),
        (lambda t: t.randn(1, 2), norm(1, 2)),
        (lambda t: t.choice([1, "a"]), Categorical([1, "a"])),
        (lambda t: t.grid_search([5, 1]), Categorical([1, 5], ordered=True)),
    ],
)
def test_it_is_the_native_range(tune, make, own):
    assert same_value(read_range(make(tune)), own)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda t: t.qloguniform(0.1, 1, 0.1), r"Write Float\(0.1, 1.0, log=True\)"),
        (lambda t: t.qrandn(0, 1, 0.1), "Write Float.* or a distribution of scipy"),
        (lambda t: t.sample_from(len), r"Function\(...\) of Ray has no counterpart"),
    ],
)
def test_it_means_nothing_here(tune, make, message):
    with pytest.raises(SpaceTypeError, match=message):
        read_range(make(tune))
