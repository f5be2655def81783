"""Tests of the ranges and the estimator types of a space."""

from scipy.stats import loguniform, norm
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier

from sksearch import Choice, Float, Int, as_space
from sksearch.space.views._outline import ranges_of, types_of

OPEN = {"least": None, "most": None}


def test_ranges():
    space = as_space(
        {
            "a": Float(1e-3, 1.0, log=True),
            "b": Int(1, 9, step=2),
            "c": [0.1, 100, 1],
            "d": ["x", "y"],
            "e": [1, 2],
            "f": norm(),
            "g": Float(2.0, 2.0),
            "h": loguniform(1, 10),
        }
    )
    found = ranges_of(space)

    assert list(found) == ["a", "b", "c", "h"]

    assert found["b"] == [
        {"low": 1, "high": 9, "log": False, "n_values": 5, "values": None, **OPEN}
    ]

    assert found["c"] == [
        {
            "low": 0.1,
            "high": 100,
            "log": True,
            "n_values": 3,
            "values": [0.1, 1, 100],
            **OPEN,
        }
    ]

    asked = as_space(lambda trial: {"a": trial.suggest_int("a", 1, 3)})
    assert ranges_of(asked) is None


def test_types():
    space = as_space({"clf": Choice({"svm": SVC(), "tree": DecisionTreeClassifier()})})

    assert types_of(space, "clf") == ("svm", "tree")

    assert types_of(as_space({"clf": [1, 2]}), "clf") == ()
