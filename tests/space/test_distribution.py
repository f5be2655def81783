"""Frozen scipy distributions: read as what they mean, cut only at the far tails."""

from __future__ import annotations

import math

import numpy as np
import pytest
import scipy.stats
import strategies
from scipy.stats import loguniform, poisson, randint, uniform

from sksearch import Float, Int, as_space
from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.space._distribution import (
    Distribution,
    Opaque,
    read_distribution,
)

DISTRIBUTIONS = pytest.mark.parametrize(
    "frozen", strategies.DISTRIBUTIONS.values(), ids=strategies.DISTRIBUTIONS
)


class OnlyDrawn:
    """What scikit-learn documents as enough for a distribution."""

    def rvs(self, random_state=None):
        return np.int64(random_state.randint(100))


@pytest.mark.parametrize(
    ("frozen", "domain"),
    [
        (uniform(2, 3), Float(2, 5)),
        (uniform(loc=-1, scale=2), Float(-1, 1)),
        (uniform(), Float(0, 1)),
        (loguniform(1e-3, 10), Float(1e-3, 10, log=True)),
        (scipy.stats.reciprocal(1, 10), Float(1, 10, log=True)),
        (loguniform(a=1, b=10), Float(1, 10, log=True)),
        (randint(1, 5), Int(1, 4)),
        (randint(0, 2, loc=10), Int(10, 11)),
    ],
    ids=lambda value: value.dist.name if hasattr(value, "dist") else repr(value),
)
def test_common_distributions_are_read_as_numbers(frozen, domain):
    assert read_distribution(frozen) == domain


@DISTRIBUTIONS
def test_other_distributions_stay_distributions(frozen):
    domain = read_distribution(frozen)

    assert isinstance(domain, Distribution)

    assert domain.modelled

    assert domain.ordered


@DISTRIBUTIONS
def test_values_have_the_distribution(frozen):
    domain = read_distribution(frozen)
    units = (np.arange(250) + 0.5) / 250
    values = np.array([domain.from_unit(u) for u in units])

    assert values.mean() == pytest.approx(frozen.mean(), abs=0.05 * frozen.std())

    assert values.std() == pytest.approx(frozen.std(), rel=0.05)


@DISTRIBUTIONS
def test_values_are_plain_and_finite(frozen):
    domain = read_distribution(frozen)
    kind = int if domain.discrete else float

    values = [domain.from_unit(u) for u in (0.0, 1e-12, 0.5, 1.0 - 1e-12, 1.0)]

    assert {type(v) for v in values} == {kind}

    assert all(map(math.isfinite, values))

    assert values == sorted(values)


@pytest.mark.parametrize(
    ("frozen", "n_values"),
    [
        (scipy.stats.binom(10, 0.4), 11),
        (scipy.stats.hypergeom(20, 7, 12), 8),
        (scipy.stats.rv_discrete(values=([1, 5, 10], [0.2, 0.3, 0.5]))(), 3),
        (poisson(4), math.inf),
        (scipy.stats.norm(), math.inf),
    ],
    ids=["binom", "hypergeom", "listed", "poisson", "norm"],
)
def test_number_of_values(frozen, n_values):
    assert read_distribution(frozen).n_values == n_values


def test_bins_of_an_unbounded_distribution_join():
    domain = read_distribution(poisson(4))
    centres = np.array([domain.to_unit(n) for n in range(12)])

    lower, upper = domain.edges(centres)

    assert lower[0] == 0.0

    assert upper[:-1] == pytest.approx(lower[1:], abs=1e-12)

    assert upper - lower == pytest.approx(poisson(4).pmf(range(12)))


@pytest.mark.parametrize(
    ("frozen", "value"),
    [
        (scipy.stats.norm(), 10.0),
        (scipy.stats.expon(scale=0.1), 5.0),
        (poisson(4), 60),
    ],
    ids=["norm", "expon", "poisson"],
)
def test_value_in_the_far_tail_is_kept_or_refused(frozen, value):
    domain = read_distribution(frozen)

    assert (
        not domain.contains(value) or domain.from_unit(domain.to_unit(value)) == value
    )


@pytest.mark.parametrize(
    ("frozen", "value"),
    [
        (scipy.stats.expon(), -0.1),
        (scipy.stats.beta(2, 2), 1.1),
        (poisson(4), -1),
        (poisson(4), 1.5),
        (scipy.stats.norm(), math.inf),
        (poisson(4), math.inf),
        (scipy.stats.rv_discrete(values=([1, 5, 10], [0.2, 0.3, 0.5]))(), 3),
    ],
    ids=["expon", "beta", "poisson", "fraction", "inf", "poisson-inf", "listed"],
)
def test_value_outside_is_refused(frozen, value):
    domain = read_distribution(frozen)

    assert not domain.contains(value)

    with pytest.raises(SpaceError, match=r"is outside of|is not a value of") as caught:
        domain.to_unit(value)

    assert repr(value) in str(caught.value)


@pytest.mark.parametrize(
    "frozen",
    [uniform(0, -1), loguniform(10, 1), randint(5, 2)],
    ids=["uniform", "loguniform", "randint"],
)
def test_reversed_bounds_are_named(frozen):
    with pytest.raises(SpaceError, match=r"Parameter 'C'.*bounds") as caught:
        as_space({"C": frozen})

    assert frozen.dist.name in str(caught.value)


def test_distribution_that_is_not_frozen_is_named():
    with pytest.raises(SpaceError, match="Parameter 'C'"):
        as_space({"C": loguniform})


@pytest.mark.parametrize(
    ("frozen", "text"),
    [
        (scipy.stats.norm(0, 1), "norm(0, 1)"),
        (scipy.stats.expon(scale=np.float64(0.5)), "expon(scale=0.5)"),
    ],
    ids=["args", "kwds"],
)
def test_repr_can_be_evaluated(frozen, text):
    assert repr(read_distribution(frozen)) == text


@DISTRIBUTIONS
def test_rvs_draws_as_the_distribution_itself(frozen):
    drawn = read_distribution(frozen).rvs(size=5, random_state=3)

    assert (drawn == frozen.rvs(size=5, random_state=3)).all()


class TestOnlyDrawn:
    def test_is_drawn_and_not_modelled(self):
        domain = read_distribution(OnlyDrawn())

        assert isinstance(domain, Opaque)

        assert not domain.modelled

        assert not domain.discrete

    def test_unit_stands_for_one_draw(self):
        domain = read_distribution(OnlyDrawn())
        units = np.linspace(0.0, 1.0, 200)

        values = [domain.from_unit(u) for u in units]

        assert values == [domain.from_unit(u) for u in units]

        assert len(set(values)) > 50

        assert {type(v) for v in values} == {int}

    def test_array_is_one_value(self):
        frozen = scipy.stats.dirichlet([1.0, 2.0])

        value = as_space({"priors": frozen}).hyperparameters[0].domain.from_unit(0.3)

        assert np.asarray(value).sum() == pytest.approx(1.0)

    def test_value_cannot_be_placed(self):
        with pytest.raises(SpaceError, match=r"a=3.*cannot be placed"):
            as_space({"a": OnlyDrawn()}).encode({"a": 3})


@pytest.mark.parametrize(
    ("frozen", "value"),
    [
        (uniform(0.5, 0), 0.5),
        (uniform(loc=2, scale=0), 2.0),
        (loguniform(2, 2), 2.0),
        (loguniform(a=3, b=3), 3.0),
        (scipy.stats.norm(1, 0), 1.0),
        (scipy.stats.gamma(2, scale=0), 0.0),
        (randint(3, 4), 3),
        (scipy.stats.geom(1.0), 1),
        (poisson(0), 0),
        (scipy.stats.binom(5, 0), 0),
    ],
    ids=lambda value: value.dist.name if hasattr(value, "dist") else repr(value),
)
def test_no_width_is_a_constant(frozen, value):
    space = as_space({"a": frozen})

    assert space.size == 1

    assert [space.decode(row) for row in space.rows()] == [{"a": value}]


@pytest.mark.parametrize("value", [0.0, 1e-5, 0.1, 1.0, 3.7, 123.456, 921.03, 3000.0])
def test_value_comes_back_as_it_was_written(value):
    domain = read_distribution(scipy.stats.expon(scale=100))

    assert domain.from_unit(domain.to_unit(value)) == value


class NotDrawn:
    """Draws, but not as scikit-learn asks."""

    def rvs(self, size=None):
        return 3


class NamedSo:
    rvs = 3


@pytest.mark.parametrize("value", [NotDrawn(), NamedSo()])
def test_an_rvs_that_cannot_be_called_is_an_error_before_any_draw(value):
    name = type(value).__name__
    with pytest.raises(
        SpaceTypeError, match=rf"'a': rvs.* of {name} cannot.* Write def rvs\(self, r"
    ):
        as_space({"a": value})


@pytest.mark.parametrize("values", [[0.5, 1.0], [1, 5]])
def test_listed_values_keep_their_type(values):
    domain = read_distribution(scipy.stats.rv_discrete(values=(values, [0.5, 0.5]))())

    assert list(map(repr, (domain.from_unit(u) for u in (0.2, 0.9)))) == list(
        map(repr, values)
    )
