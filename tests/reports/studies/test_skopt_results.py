"""The trials of a search as results of scikit-optimize."""

import sys
from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.stats import norm
from sklearn.svm import SVC

from sksearch import Choice, Float, Int, Option, as_space
from sksearch.reports import flat_parts, skopt_results

NAN = float("nan")
FLAT = {"n": Int(1, 9, log=True), "C": Float(0.5, 2.0), "kind": ["b", "a"]}
POINTS = [
    {"n": 3, "C": 1.0, "kind": "a"},
    {"n": 1, "C": 0.5, "kind": "b"},
    {"n": 9, "C": 2.0, "kind": "b"},
]


class Optimizer:
    """Keeps what it is told; its model is the number of points."""

    def __init__(self, dimensions, base_estimator, **words):
        self.space, self.base_estimator, self.words = dimensions, base_estimator, words

    def tell(self, points, losses, fit):
        assert all(np.isfinite(losses))
        assert (fit, self.base_estimator) == (True, "GP")
        return SimpleNamespace(models=[len(points)])


@pytest.fixture
def skopt(monkeypatch):
    kinds = {
        kind: partial(lambda kind, *args, **words: (kind, *args, words), kind)
        for kind in ("Real", "Integer", "Categorical")
    }
    space = SimpleNamespace(**kinds)
    module = SimpleNamespace(Optimizer=Optimizer, space=space)
    monkeypatch.setitem(sys.modules, "skopt", module)
    monkeypatch.setitem(sys.modules, "skopt.space", space)


def test_values_by_name_and_losses():
    [result] = skopt_results(as_space(FLAT), POINTS, [0.25, NAN, 0.5])

    assert result.x_iters == [[1.0, "a", 3], [0.5, "b", 1], [2.0, "b", 9]]

    assert result.func_vals.tolist() == [-0.25, np.inf, -0.5]

    assert (result.x, result.fun) == ([2.0, "b", 9], -0.5)

    assert (result["space"], result.models) == (None, [])


def test_dimensions_and_a_model_of_scikit_optimize(skopt):
    [result] = skopt_results(as_space(FLAT), POINTS, [0.25, NAN, 0.5])

    assert result.space == [
        ("Real", 0.5, 2.0, {"prior": "uniform", "name": "C"}),
        ("Categorical", ["b", "a"], {"name": "kind"}),
        ("Integer", 1, 9, {"prior": "log-uniform", "name": "n"}),
    ]

    assert result.models == [2]  # without the failure

    [one] = skopt_results(as_space(FLAT), POINTS[:1], [0.25])

    assert one.models == []


def test_dimensions_of_distributions_span_the_tried_values(skopt):
    points = [{"C": 0.2}, {"C": 0.6}]
    [result] = skopt_results(as_space({"C": norm()}), points, [1.0, 2.0])

    assert result.space == [("Real", 0.2, 0.6, {"name": "C"})]

    [result] = skopt_results(as_space({"C": norm()}), points[:1], [1.0])

    assert result.space == [("Categorical", [0.2], {"name": "C"})]


def test_a_result_for_each_dict_of_a_list():
    spaces = as_space([{"C": Float(0.0, 1.0)}, {"C": Float(2.0, 3.0), "n": Int(1, 4)}])
    points = [{"C": 2.5, "n": 1}, {"C": 0.5}, {"C": 2.0, "n": 2}]
    first, second = skopt_results(spaces, points, [0.1, 0.2, 0.3])

    assert (first.x_iters, first.fun) == ([[0.5]], -0.2)

    assert (second.x_iters, second.fun) == ([[2.5, 1], [2.0, 2]], -0.3)

    _, none = skopt_results(spaces, points[1:2], [0.2])

    assert (none.x, none.x_iters) == (None, [])


def test_trials_without_a_configuration_are_left_out():
    [result] = skopt_results(as_space(FLAT), [{}, *POINTS], [NAN, 0.25, 0.3, 0.5])

    assert result.func_vals.tolist() == [-0.25, -0.3, -0.5]


def test_a_space_that_scikit_optimize_refuses(skopt):
    def refusing(*_, **__):
        raise TypeError("unhashable type: 'dict'")

    sys.modules["skopt"].Optimizer = refusing
    [result] = skopt_results(as_space(FLAT), POINTS, [0.25, 0.3, 0.5])

    assert (result.fun, result["space"], result.models) == (-0.5, None, [])


@pytest.mark.parametrize(
    "space",
    [
        {"kernel": Choice(["linear", Option("rbf", gamma=Float(0.0, 1.0))])},
        [{"clf": Choice([SVC(), Option(SVC(), C=Float(0.0, 1.0))])}, {"C": [1, 2]}],
        lambda trial: {"C": trial.suggest_float("C", 0.0, 1.0)},
    ],
)
def test_trees_have_no_result(space):
    assert flat_parts(as_space(space)) is None

    assert skopt_results(as_space(space), [], []) is None
