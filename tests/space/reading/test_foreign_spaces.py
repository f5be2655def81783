"""Whole spaces of hyperopt and ConfigSpace, and choices between ranges."""

from __future__ import annotations

import pytest
from other_libraries import BOTH, LikeConfigSpace, LikeHyperopt, library
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

from sksearch import Categorical, Choice, Float, Int, Option, as_space, to_json
from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.search.plan import whole
from sksearch.space import InPlace, native_space
from sksearch.space.reading._foreign_spaces import native_values


@pytest.fixture(params=BOTH)
def hp(request):
    return library(request, LikeHyperopt(), "hyperopt.hp")


@pytest.fixture(params=BOTH)
def cs(request):
    return library(request, LikeConfigSpace(), "ConfigSpace")


class TestHyperopt:
    def test_a_choice_between_ranges(self, hp):
        inner = hp.choice("b", ["x", hp.uniform("c", 0, 1)])
        values = hp.choice("a", [None, hp.randint("d", 5), inner])
        own = Choice([None, Int(0, 4), Choice(["x", Float(0, 1)])])

        assert native_values(values) == own

        assert (
            as_space({"a": values}).hyperparameters
            == as_space({"a": own}).hyperparameters
        )

        assert to_json({"a": values}) == to_json({"a": own})

    def test_a_choice_between_dicts_is_a_list_of_spaces(self, hp):
        svm = {"kernel": "rbf", "C": hp.uniform("C", 0, 1), "t": (1, 2)}
        space = hp.choice("m", [svm, {"degree": hp.randint("d", 3)}])
        own = [
            {"kernel": ["rbf"], "C": Float(0, 1), "t": [(1, 2)]},
            {"degree": Int(0, 2)},
        ]

        assert native_space(space) == own

        assert to_json(space) == to_json(native_space(space))

        assert len(as_space(space)) == 5

    def test_one_expression_is_no_space(self, hp):
        with pytest.raises(SpaceTypeError, match="got an expression of hyperopt"):
            as_space(hp.uniform("C", 0, 1))


def conditional(cs):
    space = cs.ConfigurationSpace()
    kernel = cs.CategoricalHyperparameter("k", ["rbf", "linear", "poly"])
    gamma = cs.UniformFloatHyperparameter("gamma", 0.1, 1)
    degree = cs.OrdinalHyperparameter("degree", [2, 3])
    coef = cs.UniformIntegerHyperparameter("coef0", 1, 5)
    C = cs.UniformFloatHyperparameter("C", 0.1, 10, log=True)
    space.add(kernel, gamma, degree, coef, C)
    return space, kernel, gamma, degree, coef


class TestConfigSpace:
    def test_conditions_are_options(self, cs):
        space, kernel, gamma, degree, coef = conditional(cs)
        space.add(
            cs.InCondition(gamma, kernel, ["rbf", "poly"]),
            cs.EqualsCondition(degree, kernel, "poly"),
            cs.EqualsCondition(coef, degree, 3),
        )
        poly = Option(
            "poly",
            degree=Choice([2, Option(3, coef0=Int(1, 5))]),
            gamma=Float(0.1, 1),
        )
        own = {
            "C": Float(0.1, 10, log=True),
            "k": Choice([Option("rbf", gamma=Float(0.1, 1)), "linear", poly]),
        }

        assert native_space(space) == own

        assert as_space(space).size == as_space(own).size

        assert len(as_space(space)) == 5

        assert to_json(space) == to_json(native_space(space))

    def test_other_conditions_on_one_parent(self, cs):
        space, kernel, gamma, degree, _ = conditional(cs)
        space.add(
            cs.NotEqualsCondition(gamma, kernel, "linear"),
            cs.OrConjunction(
                cs.EqualsCondition(degree, kernel, "rbf"),
                cs.EqualsCondition(degree, kernel, "poly"),
            ),
        )
        found = native_space(space)["k"]

        assert [o.sub_space for o in found.options] == [
            {"degree": Categorical([2, 3], ordered=True), "gamma": Float(0.1, 1)},
            {},
            {"degree": Categorical([2, 3], ordered=True), "gamma": Float(0.1, 1)},
        ]

    @pytest.mark.parametrize(
        "condition",
        [
            lambda cs, k, g, d, c: cs.GreaterThanCondition(g, d, 2),
            lambda cs, k, g, d, c: cs.EqualsCondition(g, c, 2),
            lambda cs, k, g, d, c: cs.AndConjunction(
                cs.EqualsCondition(g, k, "rbf"), cs.EqualsCondition(g, d, 2)
            ),
            lambda cs, k, g, d, c: cs.OrConjunction(
                cs.EqualsCondition(g, k, "rbf"), cs.EqualsCondition(g, d, 2)
            ),
        ],
        ids=["greater", "number", "and", "or"],
    )
    def test_conditions_that_mean_nothing_here(self, cs, condition):
        space, *parts = conditional(cs)
        space.add(condition(cs, *parts))

        with pytest.raises(SpaceError, match=r"The condition .* has no counterpart"):
            as_space(space)

    def test_forbidden_clauses(self, cs):
        space, kernel, *_ = conditional(cs)
        space.add(cs.ForbiddenEqualsClause(kernel, "poly"))

        with pytest.raises(
            SpaceError, match=r"forbidden clauses .* have no counterpart"
        ):
            as_space(space)

    def test_names_below_a_step(self, cs):
        space = cs.ConfigurationSpace()
        kernel = cs.CategoricalHyperparameter("clf__k", ["rbf", "x"])
        gamma = cs.UniformFloatHyperparameter("clf__gamma", 0.1, 1)
        space.add(kernel, gamma, cs.EqualsCondition(gamma, kernel, "rbf"))

        assert [h.name for h in as_space(space)] == ["clf__k", "clf__gamma"]

    def test_a_child_elsewhere(self, cs):
        space = cs.ConfigurationSpace()
        kernel = cs.CategoricalHyperparameter("clf__k", ["rbf", "x"])
        gamma = cs.UniformFloatHyperparameter("other", 0.1, 1)
        space.add(kernel, gamma, cs.EqualsCondition(gamma, kernel, "rbf"))

        with pytest.raises(SpaceError, match=r"rename it to 'clf__...'"):
            as_space(space)

    def test_beside_a_choice_of_estimators(self, cs):
        space, kernel, gamma, *_ = conditional(cs)
        space.add(cs.EqualsCondition(gamma, kernel, "rbf"))
        found = whole(InPlace(Choice([SVC(), LogisticRegression()]), {}), space)

        assert isinstance(found["k"], Choice)

        assert "gamma" not in found


@pytest.mark.parametrize("space", [{"a": [1]}, [], None, 3, Choice([1]), len])
def test_all_else_is_left_alone(space):
    assert native_space(space) is space

    assert native_values(space) is space
