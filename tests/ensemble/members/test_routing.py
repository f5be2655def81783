"""Parameters of ``fit``, and who gets them."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from sklearn.compose import TransformedTargetRegressor
from sklearn.linear_model import Ridge
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from sksearch.ensemble.members._routing import route, row_weights_of

X = np.zeros((4, 1))
WEIGHTS = np.array([1.0, 2.0, 3.0, 4.0])
PIPE = make_pipeline(StandardScaler(), GaussianNB())
MEMBERS = [("plain", GaussianNB()), ("pipe", PIPE)]


def test_weights_of_samples_are_for_all_and_for_the_last_step_of_pipelines():
    routed = route(None, MEMBERS, X, {"sample_weight": WEIGHTS})

    assert routed.members == {
        "plain": {"sample_weight": WEIGHTS},
        "pipe": {"gaussiannb__sample_weight": WEIGHTS},
    }

    assert_array_equal(routed.row_weights, WEIGHTS)


def test_a_regressor_inside_is_looked_for():
    inner = TransformedTargetRegressor(make_pipeline(StandardScaler(), Ridge()))
    routed = route(None, [("log", inner)], X, {"sample_weight": WEIGHTS})

    assert list(routed.members["log"]) == ["ridge__sample_weight"]


def test_parameters_of_steps_are_for_pipelines_that_have_them():
    routed = route(None, MEMBERS, X, {"standardscaler__colour": "red"})

    assert routed.members == {"plain": {}, "pipe": {"standardscaler__colour": "red"}}

    assert routed.row_weights is None


def test_groups_are_for_the_splitter():
    routed = route(None, MEMBERS, X, {"groups": [0, 0, 1, 1]})

    assert routed.split == {"groups": [0, 0, 1, 1]}

    assert routed.members == {"plain": {}, "pipe": {}}


def test_parameters_of_the_search_are_kept():
    kept = [{"sample_weight": WEIGHTS}, {"gaussiannb__sample_weight": WEIGHTS}]
    routed = route(None, MEMBERS, X, {}, kept)

    assert routed.members == {
        "plain": {"sample_weight": WEIGHTS},
        "pipe": {"gaussiannb__sample_weight": WEIGHTS},
    }

    assert_array_equal(routed.row_weights, WEIGHTS)


def test_searches_with_weights_and_without():
    kept = [{"sample_weight": WEIGHTS}, {}]

    with pytest.raises(TypeError, match="members 'pipe' had no weights of samples in"):
        route(None, MEMBERS, X, {}, kept)


def test_the_first_weights_count():
    own = [{"colour": 1}, {"step__sample_weight": WEIGHTS}, {"sample_weight": X[:, 0]}]

    assert_array_equal(row_weights_of({}, own, 4), WEIGHTS)

    assert_array_equal(
        row_weights_of({"sample_weight": 2 * WEIGHTS}, own, 4), 2 * WEIGHTS
    )

    assert row_weights_of({}, [{}], 4) is None


def test_one_weight_for_each_row():
    with pytest.raises(
        ValueError, match=r"each of the 4 samples, got the shape \(3,\)"
    ):
        row_weights_of({"sample_weight": np.ones(3)}, [], 4)
