"""Which candidate is the simplest."""

import pytest
from sklearn.linear_model import Ridge
from sklearn.tree import DecisionTreeRegressor

from sksearch.search.selection._simplicity import simplest


@pytest.mark.parametrize(
    ("complex_one", "simple_one"),
    [
        ({"C": 10.0}, {"C": 0.1}),
        ({"alpha": 0.1}, {"alpha": 10.0}),
        ({"svc__C": 10.0}, {"svc__C": 0.1}),
        ({"max_depth": None}, {"max_depth": 30}),
        ({"max_depth": -1}, {"max_depth": 30}),
        ({"min_samples_leaf": 1}, {"min_samples_leaf": 20}),
        ({"n_neighbors": 1}, {"n_neighbors": 9}),
        ({"hidden_layer_sizes": (50, 50)}, {"hidden_layer_sizes": (80,)}),
        ({"select__k": 9, "C": 0.1}, {"select__k": 3, "C": 10.0}),
        ({"n_estimators": 10, "max_depth": 9}, {"n_estimators": 90, "max_depth": 2}),
        ({"C": 2.0, "other": 1}, {"C": 1.0, "other": 9}),
    ],
)
def test_the_order_of_hyperparameters(complex_one, simple_one):
    """Although the simple one takes longer."""
    assert simplest([complex_one, simple_one], [1.0, 2.0]) == 1

    assert simplest([simple_one, complex_one], [2.0, 1.0]) == 0


def test_equal_ones_by_their_time_then_the_first():
    same = {"C": 1.0, "other": 3}

    assert simplest([same, same, same], [2.0, 1.0, 1.0]) == 1


def test_what_is_not_known_is_left_to_the_time():
    assert simplest([{"strange": 1}, {"strange": 2}], [2.0, 1.0]) == 1


def test_estimators_are_compared_by_the_time_of_their_simplest():
    params = [
        {"model": Ridge(), "model__alpha": 0.1},
        {"model": Ridge(), "model__alpha": 9.0},
        {"model": DecisionTreeRegressor(), "model__max_depth": 9},
        {"model": DecisionTreeRegressor(), "model__max_depth": 2},
    ]

    assert simplest(params, [1.0, 3.0, 1.0, 4.0]) == 1

    assert simplest(params, [1.0, 4.0, 1.0, 3.0]) == 3


def test_options_are_compared_by_their_time():
    params = [{"kernel": "rbf", "C": 0.1}, {"kernel": "linear", "C": 5.0}]

    assert simplest(params, [2.0, 1.0]) == 1
