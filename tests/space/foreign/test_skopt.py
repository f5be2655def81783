"""Spaces as scikit-optimize writes them, with its own objects and with look-alikes."""

from __future__ import annotations

import importlib
import warnings
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.stats import norm
from sklearn.svm import SVC

from sksearch import (
    Categorical,
    Choice,
    Float,
    Int,
    Option,
    RandomSampler,
    TPESearchCV,
    as_space,
    expand,
    from_json,
    search_space_summary,
    space_size,
    to_json,
)
from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.space import complete_point, default_points, same_value, short
from sksearch.space.foreign._skopt import read_dimension, read_short_ranges


class Dimension:
    """Looks like the base class of scikit-optimize, and draws as it does."""

    __module__ = "skopt.space.space"

    def rvs(self, n_samples=None, random_state=None):
        raise AssertionError


class Real(Dimension):
    __module__ = "skopt.space.space"

    def __init__(self, low, high, prior="uniform", base=10, transform=None, name=None):
        self.low, self.high, self.prior = low, high, prior
        self.base, self.transform_, self.name = base, transform, name


class Integer(Real):
    __module__ = "skopt.space.space"


class Weighted(Dimension):
    __module__ = "skopt.space.space"

    def __init__(self, categories, prior=None, transform=None, name=None):
        self.categories, self.prior = tuple(categories), prior
        self.transform_, self.name = transform, name


Weighted.__name__ = "Categorical"


class LookAlikes:
    Real, Integer, Categorical, Dimension = Real, Integer, Weighted, Dimension


@pytest.fixture(params=["look-alikes", "scikit-optimize"])
def skopt(request):
    """Return what has the names of `skopt.space`."""
    if request.param == "look-alikes":
        return LookAlikes
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pytest.importorskip("skopt")
        return importlib.import_module("skopt.space.space")


def domain_of(specification):
    """Return the domain that a specification is read as, in a space."""
    [hyperparameter] = as_space({"a": specification})
    return hyperparameter.domain


#: What is written, as a function of skopt, and what it means.
DIMENSIONS = {
    "real": (lambda k: k.Real(-1, 2.5), Float(-1, 2.5)),
    "log": (lambda k: k.Real(1e-6, 1e6, prior="log-uniform"), Float(1e-6, 1e6, True)),
    "base": (lambda k: k.Real(1e-3, 8, "log-uniform", base=2), Float(1e-3, 8, True)),
    "numpy": (lambda k: k.Real(np.float64(0), np.float32(1)), Float(0, 1)),
    "transform": (
        lambda k: k.Real(0, 1, "uniform", transform="normalize", name="x"),
        Float(0, 1),
    ),
    "integer": (lambda k: k.Integer(2, 5), Int(2, 5)),
    "integer log": (lambda k: k.Integer(1, 1000, "log-uniform"), Int(1, 1000, True)),
    "integer 1e3": (lambda k: k.Integer(1, 1e3), Int(1, 1000)),
    "integer numpy": (lambda k: k.Integer(np.int64(1), np.int64(9)), Int(1, 9)),
    "strings": (lambda k: k.Categorical(["x", "y"]), Categorical(["x", "y"])),
    "numbers": (
        lambda k: k.Categorical([10, 1], transform="identity"),
        Categorical([10, 1]),
    ),
    "even": (lambda k: k.Categorical("abc", prior=[1 / 3] * 3), Categorical([*"abc"])),
    "mixed": (
        lambda k: k.Categorical([None, "auto", True], transform="identity"),
        Categorical([None, "auto", True]),
    ),
}

dimensions = pytest.mark.parametrize(
    ("make", "native"), DIMENSIONS.values(), ids=DIMENSIONS
)


class TestLists:
    """gp_minimize takes a list of named dimensions, or a Space of them."""

    def test_line_for_a_list(self, skopt):
        listed = [skopt.Real(0, 1, name="x"), skopt.Integer(1, 9, name="n")]

        with pytest.raises(SpaceTypeError, match=r"Write {d.name: d for d in dimens"):
            as_space(listed)

        assert {h.name for h in as_space({d.name: d for d in listed})} == {"x", "n"}

    def test_line_for_a_space(self):
        space = SimpleNamespace(dimensions=[Real(0, 1, name="x")])

        with pytest.raises(SpaceTypeError, match=r"{d.name: d for d in space.dimensi"):
            as_space(space)


class TestDimensions:
    @dimensions
    def test_it_is_the_native_domain(self, skopt, make, native):
        assert domain_of(make(skopt)) == native

    @dimensions
    def test_it_is_so_below_an_option(self, skopt, make, native):
        space = {"k": Choice(["x", Option("y", a=make(skopt))])}

        assert [h.domain for h in as_space(space)][1] == native

    @dimensions
    def test_it_is_so_as_an_option(self, skopt, make, native):
        space = {"k": Choice([Option(make(skopt)), "no"])}

        assert [h.domain for h in as_space(space)][1] == native

    @dimensions
    def test_values_are_plain(self, skopt, make, native):
        sampler = RandomSampler({"a": make(skopt)}, random_state=0)

        value = sampler.ask().configuration["a"]

        assert native.contains(value)

        assert type(value).__module__ == "builtins"

    @dimensions
    def test_json_is_that_of_the_native_domain(self, skopt, make, native):
        space = {"a": make(skopt), "b": Choice([Option("y", c=make(skopt))])}

        text = to_json(space)

        assert text == to_json({"a": native, "b": Choice([Option("y", c=native)])})

        assert same_value(from_json(text)["a"], native)

        assert as_space(from_json(text)).hyperparameters[2].domain == native

    @dimensions
    def test_the_rest_of_the_package_knows_it(self, skopt, make, native):
        space, same = {"a": make(skopt)}, {"a": native}

        assert space_size(space) == space_size(same)

        assert search_space_summary(space) == search_space_summary(same)

        assert expand(space) == expand(same)

    def test_both_ends_of_an_integer_are_reached(self, skopt):
        sampler = RandomSampler({"a": skopt.Integer(1, 3)}, random_state=0)

        assert sorted(sampler.ask().configuration["a"] for _ in range(3)) == [1, 2, 3]

    def test_equal_ones_under_several_options_are_one_hyperparameter(self, skopt):
        options = [Option(k, eta=skopt.Real(0, 1)) for k in "xy"]

        assert len(as_space({"k": Choice(options)})) == 2

        mixed = [Option("x", eta=skopt.Real(0, 1)), Option("y", eta=Float(0, 1))]

        assert len(as_space({"k": Choice(mixed)})) == 2

    def test_points_lie_in_it(self, skopt):
        space = as_space({"C": skopt.Real(0.1, 9), "kernel": skopt.Categorical("ab")})

        assert default_points(space, SVC())[0]["C"] == pytest.approx(1.0)

        point = complete_point(space, SVC(), {"C": 2.0, "kernel": "b"})

        assert point == {"C": pytest.approx(2.0), "kernel": "b"}

    def test_subclasses_are_known(self, skopt):
        class Mine(skopt.Integer):
            """A user's own."""

        assert domain_of(Mine(1, 3)) == Int(1, 3)

    def test_a_search_takes_them(self, skopt):
        X, y = np.random.default_rng(0).normal(size=(30, 2)), np.arange(30) % 2
        space = {
            "C": skopt.Real(1e-3, 1e3, prior="log-uniform"),
            "degree": skopt.Integer(2, 3),
            "kernel": skopt.Categorical(["rbf", "poly"]),
        }

        search = TPESearchCV(SVC(), space, n_iter=3, cv=2, random_state=0).fit(X, y)

        assert list(search.best_params_) == ["C", "degree", "kernel"]


class TestWhatIsNoDimension:
    @pytest.mark.parametrize(
        "value", [None, 3, "Real", [1, 2], Float(0, 1), norm(), Real, SVC()], ids=short
    )
    def test_it_is_left_alone(self, value):
        assert read_dimension(value) is None

    def test_names_alone_do_not_make_one(self):
        class Integer:
            low, high, prior = 1, 3, "uniform"

        assert read_dimension(Integer()) is None

    def test_a_copy_inside_of_another_package_is_one(self):
        class Real(Dimension):
            low, high, prior = 0, 1, "uniform"

        Real.__module__ = "other.skopt.space"

        assert read_dimension(Real()) == Float(0, 1)


class TestDimensionsThatCannotBeRead:
    def test_odds_that_are_not_even(self, skopt):
        space = {"a": skopt.Categorical(["x", "y"], prior=[0.25, 0.75])}

        with pytest.raises(SpaceError, match=r"'a': .*even odds.*\[0\.25, 0\.75\]"):
            as_space(space)

        with pytest.raises(SpaceError, match="even odds"):
            to_json(space)

    def test_other_kinds(self, skopt):
        with pytest.raises(
            SpaceTypeError, match=r"Parameter 'a': .*only Real, Integer"
        ):
            as_space({"a": skopt.Dimension()})

    def test_other_priors(self):
        with pytest.raises(SpaceError, match=r"Parameter 'a': The prior .* 'log-unif"):
            as_space({"a": Real(0, 1, prior="normal")})

    def test_bounds_that_no_integer_has(self):
        with pytest.raises(
            SpaceTypeError, match=r"low of Int must be an integer.*0\.5"
        ):
            as_space({"a": Integer(0.5, 3)})

    def test_negative_bounds_of_a_logarithm(self):
        with pytest.raises(SpaceError, match="low of Float must be positive"):
            as_space({"a": Real(-2, -1, prior="log-uniform")})


class TestShorthands:
    @pytest.mark.parametrize("values", [(1, 9), [1, 9], (0.5, 2.5)], ids=repr)
    def test_two_numbers_are_two_values(self, values):
        assert domain_of(values) == Categorical(values, ordered=True)

    @pytest.mark.parametrize(
        ("values", "instead"),
        [
            ((1e-6, 1e6, "log-uniform"), "Float(1e-06, 1000000.0, log=True)"),
            ([1e-6, 1e6, "log-uniform"], "Float(1e-06, 1000000.0, log=True)"),
            ((1, 9, "log-uniform"), "Int(1, 9, log=True)"),
            ((1, 9, "uniform"), "Int(1, 9)"),
            ((0.5, 9, "uniform"), "Float(0.5, 9.0)"),
            ((1, 9, "log-uniform", 2), "Int(1, 9, log=True)"),
            ((np.int64(1), np.float64(9), "uniform"), "Float(1.0, 9.0)"),
        ],
        ids=repr,
    )
    def test_a_range_with_a_prior_is_named(self, values, instead):
        for space in ({"a": values}, [{"a": values}, {}]):
            with pytest.raises(SpaceError, match="Parameter 'a': a list") as caught:
                as_space(space)

            assert f"Write {instead} for the range" in str(caught.value)

    def test_it_is_named_below_an_option(self):
        space = {"k": Choice(["x", Option("y", a=(1, 2, "uniform"))])}

        with pytest.raises(SpaceError, match=r"option 'y' of 'k': .*Write Int\(1, 2\)"):
            as_space(space)

    @pytest.mark.parametrize(
        "values",
        [
            ("uniform", "distance"),
            (1, "uniform"),
            (1, 2, "auto"),
            ("uniform", 1, 2),
            (1, 2, 3, "uniform"),
            (1, 2, "uniform", "log-uniform"),
            (1, 2, "uniform", 10, 20),
            (True, False, "uniform"),
            (1, 2, np.ones(3)),
        ],
        ids=repr,
    )
    def test_all_others_are_values(self, values):
        assert domain_of(values).n_values == len(values)

    def test_the_very_values_can_be_meant(self):
        assert domain_of(Categorical((1, 2, "uniform"))).n_values == 3


class TestBudgets:
    @pytest.mark.parametrize("n_iter", [10, np.int64(10)])
    def test_spaces_with_a_budget_each_are_named(self, n_iter):
        space = [({"a": [1, 2]}, n_iter), ({"b": [1]}, 5)]

        with pytest.raises(SpaceError, match=r"a list of the dicts alone.*n_iter=15 "):
            as_space(space)

    def test_also_a_single_one_and_one_of_several(self):
        for space in ([({"a": [1]}, 3)], [{"a": [1]}, ({"b": [1]}, 3)]):
            with pytest.raises(SpaceError, match="n_iter=3 "):
                as_space(space)


class TestShortRanges:
    def test_a_prior_tells_whose_a_dict_is(self):
        spaces = [
            {"a": (1, 9)},
            {"a": (1, 9, "uniform"), "b": [0.5, 2], "c": [1, 2, 3]},
        ]
        ranges = [{"a": (1, 9)}, {"a": Int(1, 9), "b": Float(0.5, 2), "c": [1, 2, 3]}]

        assert read_short_ranges(spaces, named=False) == ranges

        assert read_short_ranges(spaces[0]) == {"a": Int(1, 9)}

    @pytest.mark.parametrize("space", [{"a": [1, 2, 3]}, {"a": ("x", "y")}, None, len])
    def test_all_else_is_left_alone(self, space):
        assert read_short_ranges(space) is space
