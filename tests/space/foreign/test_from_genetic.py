"""Ranges of sklearn-genetic-opt, its own and look-alikes."""

from __future__ import annotations

import pytest
from other_libraries import BOTH, LikeGenetic, library

from sksearch import Categorical, Float, Int
from sksearch.exceptions import SpaceError
from sksearch.space._distribution import as_domain
from sksearch.space.foreign import library_of


@pytest.fixture(params=BOTH)
def genetic(request):
    return library(request, LikeGenetic(), "sklearn_genetic.space")


@pytest.mark.parametrize(
    ("make", "own"),
    [
        (lambda g: g.Integer(1, 5), Int(1, 5)),
        (lambda g: g.Continuous(10, 100), Float(10, 100)),
        (
            lambda g: g.Continuous(0.01, 1, distribution="log-uniform"),
            Float(0.01, 1, log=True),
        ),
        (lambda g: g.Categorical(["a", 2]), Categorical(["a", 2])),
        (lambda g: g.Categorical([1, 2], priors=[0.5, 0.5]), Categorical([1, 2])),
    ],
)
def test_it_is_the_native_range(genetic, make, own):
    assert as_domain(make(genetic)) == own

    assert library_of(make(genetic)) == "sklearn-genetic-opt"


def test_uneven_odds_have_no_counterpart(genetic):
    value = genetic.Categorical(["a", "b"], priors=[0.25, 0.75])
    with pytest.raises(
        SpaceError, match=r"even odds.*\[0.25, 0.75\].*Write \['a', 'b'"
    ):
        as_domain(value)
