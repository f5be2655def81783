"""What all methods must do; what each of them does stands with it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from sksearch.ensemble.weights._affine import affine_weights
from sksearch.ensemble.weights._convex import convex_weights
from sksearch.ensemble.weights._greedy import greedy_selection
from sksearch.ensemble.weights._losses import LogLoss, SquaredError
from sksearch.ensemble.weights._methods import METHODS, check_method, check_method_for
from sksearch.ensemble.weights._problem import Problem

SIMPLEX = sorted(set(METHODS) - {"affine"})
LEARNING = sorted(set(SIMPLEX) - {"uniform"})


def rng():
    return np.random.default_rng(0)


@pytest.mark.parametrize("method", SIMPLEX)
@settings(max_examples=12)
@given(
    n=st.integers(2, 25),
    m=st.integers(1, 5),
    seed=st.integers(0, 1000),
    kind=st.sampled_from(["log loss", "squares"]),
)
def test_weights_are_on_the_simplex_and_no_worse_than_one_alone(
    method, n, m, seed, kind
):
    draws = np.random.default_rng(seed)
    loss = (
        LogLoss(np.where(draws.random((n, m)) < 0.2, 0.0, draws.random((n, m))))
        if kind == "log loss"
        else SquaredError(draws.normal(size=(n, m)))
    )
    weights = METHODS[method](Problem(loss), rng())

    assert weights.shape == (m,)

    assert (weights >= 0).all()

    assert weights.sum() == pytest.approx(1)

    if method != "uniform":
        assert loss.value(weights) <= loss.values(np.eye(m)).min() * (1 + 1e-12)


@pytest.mark.parametrize("method", ["greedy", "nelder_mead", "random"])
def test_methods_that_search_make_a_score_of_ones_own_great(method, problem):
    """The score wants the third member, whatever the loss says."""
    wanted = np.array([0, 0, 1.0, 0, 0])
    mine = Problem(problem.loss, lambda w: -float(np.abs(w - wanted).sum()))

    assert_allclose(METHODS[method](mine, rng()), wanted)


def test_the_convex_method_makes_the_loss_small_whatever_the_score(problem):
    """Afterwards `learn_weights` goes from there to the best member, by the score."""
    mine = Problem(problem.loss, lambda w: float(w[2]))
    weights = METHODS["convex"](mine, rng())

    assert_array_equal(weights, convex_weights(problem))

    assert weights[2] < 0.5


@pytest.mark.parametrize("method", LEARNING)
def test_better_than_uniform(method, problem):
    weights = METHODS[method](problem, rng())

    assert problem.score(weights) > problem.score(METHODS["uniform"](problem, rng()))


def test_names():
    loss = SquaredError(rng().normal(size=(30, 3)))
    for name, function in {
        "affine": affine_weights,
        "convex": convex_weights,
        "greedy": greedy_selection,
    }.items():
        assert_array_equal(METHODS[name](Problem(loss), rng()), function(Problem(loss)))

    assert METHODS["uniform"](Problem(loss), rng()).tolist() == [1 / 3] * 3


class TestChecks:
    @pytest.mark.parametrize("method", METHODS)
    def test_methods_that_there_are(self, method):
        assert check_method(method) is None

        assert check_method_for(method, classifier=False) is None

    @pytest.mark.parametrize("method", [None, ["convex"], 3])
    def test_no_name(self, method):
        with pytest.raises(ValueError, match="'method' parameter must be one of 'conv"):
            check_method(method)

    def test_a_name_that_is_nearly_one(self):
        with pytest.raises(ValueError, match=r"'gredy'. Did you mean 'greedy'\?"):
            check_method("gredy")

    def test_affine_is_for_regressors(self):
        with pytest.raises(ValueError, match="'affine' is for regressors"):
            check_method_for("affine", classifier=True)
