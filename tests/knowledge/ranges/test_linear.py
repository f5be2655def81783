"""Linear models: which penalties there are."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import (
    ElasticNet,
    Lasso,
    LogisticRegression,
    OrthogonalMatchingPursuit,
    Perceptron,
    SGDClassifier,
    SGDRegressor,
)

from sksearch import Choice, Float, Int, suggest_space
from sksearch.exceptions import SpaceError

X = np.random.default_rng(0).normal(size=(60, 5))

#: Since scikit-learn 1.8 the share says which penalty there is.
BY_SHARE = LogisticRegression().penalty == "deprecated"


class TestLogisticRegression:
    def test_default(self):
        assert suggest_space(LogisticRegression()) == {"C": Float(1e-3, 1e3, log=True)}

    @pytest.mark.parametrize("solver", ["newton-cg", "sag", "newton-cholesky"])
    def test_solvers_with_one_penalty(self, solver):
        assert list(suggest_space(LogisticRegression(solver=solver))) == ["C"]

    @pytest.mark.parametrize("solver", ["saga", "liblinear"])
    def test_solvers_with_more(self, solver):
        space = suggest_space(LogisticRegression(solver=solver))

        assert list(space) == ["C", "l1_ratio" if BY_SHARE else "penalty"]

    def test_the_dual_has_one(self):
        model = LogisticRegression(solver="liblinear", dual=True)

        assert list(suggest_space(model)) == ["C"]

    def test_a_penalty_that_was_chosen(self):
        model = LogisticRegression(solver="saga", penalty="l1")

        assert list(suggest_space(model)) == ["C"]

    def test_a_mixture_that_was_chosen(self):
        model = LogisticRegression(solver="saga", penalty="elasticnet", l1_ratio=0.5)

        assert list(suggest_space(model)) == ["C", "l1_ratio"]

    def test_no_penalty(self):
        with pytest.raises(SpaceError, match="no penalty"):
            suggest_space(LogisticRegression(penalty=None))


def test_lasso_has_the_unit_of_the_target():
    found = suggest_space(Lasso(), X, 100 * np.tile([-1.0, 1.0], 30))["alpha"]

    assert found == Float(0.01, 100.0, log=True)


def test_a_small_share_is_not_proposed():
    assert suggest_space(ElasticNet())["l1_ratio"] == Float(0.05, 1.0)


def test_matching_pursuit_takes_no_more_columns_than_there_are():
    found = suggest_space(OrthogonalMatchingPursuit(), X)

    assert found == {"n_nonzero_coefs": Choice([None, Int(1, 5)])}

    with pytest.raises(SpaceError, match="tol decides"):
        suggest_space(OrthogonalMatchingPursuit(tol=0.1), X)


class TestDescent:
    def test_default(self):
        space = suggest_space(SGDClassifier())

        assert list(space) == ["alpha", "penalty"]

        assert space["penalty"].labels == ("l2", "l1", "elasticnet")

        assert list(space["penalty"].options[2].sub_space) == ["l1_ratio"]

    def test_a_penalty_that_was_chosen(self):
        assert list(suggest_space(SGDClassifier(penalty="l1"))) == ["alpha"]

        found = list(suggest_space(SGDClassifier(penalty="elasticnet")))
        assert found == ["alpha", "l1_ratio"]

    def test_steps(self):
        assert suggest_space(SGDRegressor(), X)["eta0"] == Float(1e-3, 0.03, log=True)

    def test_steps_are_shorter_with_many_columns(self):
        wide = np.ones((10, 1000))

        assert suggest_space(SGDRegressor(), wide)["eta0"].high == pytest.approx(1e-3)

    def test_passive_aggressive(self):
        model = SGDClassifier(penalty=None, learning_rate="pa1", eta0=1.0)

        assert suggest_space(model) == {"eta0": Float(1e-4, 10.0, log=True)}

    def test_nothing(self):
        with pytest.raises(SpaceError, match="it sets its steps itself"):
            suggest_space(SGDClassifier(penalty=None))

    def test_a_perceptron_may_have_no_penalty(self):
        found = suggest_space(Perceptron())["penalty"]

        assert found.values == (None, "l2", "elasticnet")
