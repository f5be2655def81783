"""What every domain does, whatever its values are."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import loguniform, norm, randint, uniform
from sklearn.base import clone

from sksearch import Categorical, Choice, Float, Int, Option
from sksearch.space._distribution import Opaque, read_distribution

UNITS = st.one_of(st.sampled_from([0.0, 0.5, 1.0]), st.floats(0.0, 1.0))


def domains():
    return st.one_of(
        strategies.floats(),
        strategies.ints(),
        strategies.categoricals(),
        strategies.values().map(Choice),
        strategies.distributions().map(read_distribution),
    )


def close(a, b):
    if isinstance(a, float):
        return a == pytest.approx(b, rel=1e-9, abs=1e-9)
    return a is b or a == b


@given(domains(), UNITS)
def test_value_at_a_unit_lies_in_the_domain(domain, unit):
    assert domain.contains(domain.from_unit(unit))


@given(domains(), UNITS)
def test_to_unit_and_from_unit_are_inverse(domain, unit):
    value = domain.from_unit(unit)

    assert close(domain.from_unit(domain.to_unit(value)), value)


@given(domains(), UNITS)
def test_to_unit_gives_a_unit(domain, unit):
    assert 0.0 <= domain.to_unit(domain.from_unit(unit)) <= 1.0


@given(domains(), UNITS)
def test_snap_does_not_change_the_value(domain, unit):
    assert close(domain.from_unit(domain.snap_one(unit)), domain.from_unit(unit))


@given(domains(), st.lists(UNITS, min_size=1, max_size=5))
def test_snap_is_idempotent(domain, units):
    once = domain.snap(np.array(units))

    assert np.allclose(domain.snap(once), once, rtol=0.0, atol=1e-12)

    assert ((once >= 0.0) & (once <= 1.0)).all()


@given(domains(), st.lists(UNITS, min_size=1, max_size=5))
def test_edges_contain_the_centre(domain, units):
    centres = domain.snap(np.array(units))

    lower, upper = domain.edges(centres)

    assert (lower <= centres + 1e-12).all()

    assert (centres <= upper + 1e-12).all()


@given(domains().filter(lambda domain: not domain.discrete), UNITS)
def test_edges_of_a_continuous_domain_are_the_units(domain, unit):
    units = np.array([unit])

    assert domain.edges(units) == (units, units)


@given(domains().filter(lambda domain: domain.discrete), st.floats(0.01, 0.99))
def test_bin_of_a_discrete_domain_has_a_width(domain, unit):
    lower, upper = domain.edges(domain.snap(np.array([unit])))

    assert lower < upper


FINITE = [
    Categorical(["a", "b", "c"]),
    Choice(["a", Option("b", c=[1]), Option("a", d=[1])]),
    Int(-2, 9),
    Int(5, 5),
    Int(1, 300, log=True),
    Int(1, 1, log=True),
    Int(10, 50, step=10),
    Float(0.0, 1.0, step=0.1),
    Float(-0.3, 0.6, step=0.3),
    read_distribution(strategies.DISTRIBUTIONS["binom"]),
]


@pytest.mark.parametrize("domain", FINITE, ids=repr)
def test_bins_tile_the_unit_interval(domain):
    centres = np.unique(domain.snap(np.linspace(0.0, 1.0, 20_001)).round(12))

    lower, upper = domain.edges(centres)

    assert len(centres) == domain.n_values

    assert lower[0] == pytest.approx(0.0, abs=1e-9)

    assert upper[:-1] == pytest.approx(lower[1:], abs=1e-9)

    assert upper[-1] == pytest.approx(1.0, abs=1e-9)


@pytest.mark.parametrize("domain", FINITE, ids=repr)
def test_bin_holds_the_units_of_its_value(domain):
    units = np.linspace(0.001, 0.999, 997)
    lower, upper = domain.edges(domain.snap(units))

    assert (lower <= units + 1e-9).all()

    assert (units <= upper + 1e-9).all()


@given(domains())
def test_copies_are_equal(domain):
    copies = [
        copy.copy(domain),
        copy.deepcopy(domain),
        pickle.loads(pickle.dumps(domain)),
        clone(domain, safe=False),
    ]

    assert all(c == domain for c in copies)

    assert all(hash(c) == hash(domain) for c in copies)


@given(
    st.one_of(
        strategies.floats(),
        strategies.ints(),
        strategies.categoricals(),
        strategies.values().map(Choice),
    )
)
def test_repr_evaluates_to_an_equal_object(domain):
    assert eval(repr(domain), dict(strategies.NAMES)) == domain


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (Float(0, 1), Int(0, 1)),
        (Float(0, 1), Float(0, 2)),
        (Float(1, 2), Float(1, 2, log=True)),
        (Int(0, 4), Int(0, 4, step=2)),
        (Categorical([1, 2]), Categorical([2, 1])),
        (Categorical([1, 2]), Categorical([1, 2], ordered=True)),
        (Categorical([1]), Categorical([True])),
        (Categorical([1, 2]), Choice([1, 2])),
        (Choice([1, 2]), Choice([1, Option(2, a=[1])])),
        (Option(1, a=[1]), Option(1, a=[2])),
        (Option(1, a=[1]), 1),
        (Int(0, 1), "Int(0, 1)"),
    ],
    ids=repr,
)
def test_different_domains_are_not_equal(a, b):
    assert a != b

    assert b != a


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (Float(0, 1), Float(0.0, 1.0)),
        (Float(np.float32(0.5), 1), Float(0.5, np.int64(1))),
        (Int(np.int64(1), 2), Int(1, 2)),
        (Categorical((1, 2)), Categorical(np.array([1, 2]))),
        (Categorical([1]), Categorical([1.0])),
        (Choice(("a", "b")), Choice(["a", "b"])),
        (Option("r", a=[1], b=[2]), Option("r", b=[2], a=[1])),
        (Option("r", a=loguniform(1, 9)), Option("r", a=loguniform(1.0, 9.0))),
        (
            read_distribution(norm(0, 1)),
            read_distribution(norm(0.0, 1.0)),
        ),
        (read_distribution(randint(1, 5)), Int(1, 4)),
        (read_distribution(uniform(1, 5)), Float(1, 6)),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_equal_objects_have_equal_hashes(a, b):
    assert a == b

    assert hash(a) == hash(b)


@given(st.one_of(strategies.floats(), strategies.ints()), st.integers(0, 1000))
def test_rvs_gives_plain_values_of_the_domain(domain, seed):
    value = domain.rvs(random_state=seed)
    several = domain.rvs(size=3, random_state=np.random.RandomState(seed))

    assert all(strategies.has_value(domain, v) for v in [value, *several])

    assert domain.rvs(random_state=seed) == value


@pytest.mark.parametrize("value", [None, "a", print, [1], True, np.nan], ids=repr)
@pytest.mark.parametrize(
    "domain",
    [
        Float(0, 1),
        Int(0, 1),
        Categorical([0.5]),
        Choice([0.5]),
        read_distribution(strategies.DISTRIBUTIONS["norm"]),
        read_distribution(strategies.DISTRIBUTIONS["poisson"]),
    ],
    ids=repr,
)
def test_foreign_value_is_not_contained(domain, value):
    assert not domain.contains(value)

    with pytest.raises(ValueError, match="is"):
        domain.to_unit(value)


def test_nothing_is_known_to_lie_in_what_can_only_be_drawn():
    class Drawn:
        def rvs(self, random_state=None):
            return 1.0

    assert not Opaque(Drawn()).contains(1.0)


@given(domains(), st.integers(0, 100))
def test_prior_is_uniform_over_units(domain, seed):
    # A domain's own draws, seen as units, fill every quarter of [0, 1].
    values = [domain.from_unit(u) for u in np.random.default_rng(seed).random(200)]
    units = np.array([domain.to_unit(value) for value in values])

    lower, upper = domain.edges(units)

    assert all(((lower <= q + 0.13) & (upper >= q - 0.13)).any() for q in (0.2, 0.8))
