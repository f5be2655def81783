"""What is not a value is named before any fit, with the line to write."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import loguniform, norm
from sklearn.ensemble import AdaBoostClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from sksearch import (
    Categorical,
    Choice,
    Float,
    Int,
    Option,
    TPESearchCV,
    as_space,
    search_space_summary,
    space_size,
)
from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.space import check_names

PIPE = Pipeline([("scale", StandardScaler()), ("clf", LogisticRegression())])

RANGES = {
    "one": ([None, Int(2, 8)], "Choice([None, Int(2, 8)])"),
    "tuple": ((Int(1, 9), Int(1, 9)), "(trial.suggest_int('a_0', 1, 9), trial.sug"),
    "scipy": ([loguniform(1, 2), 5], "Choice([loguniform(1, 2), 5])"),
    "array": (np.array([Float(0, 1), "x"], dtype=object), "Choice([Float(0.0, 1.0)"),
    "within a tuple": ([(Int(1, 9), 5), (5,)], "(trial.suggest_int('a_0', 1, 9), 5)"),
    "within a list": ([[Float(0, 1, log=False)]], "trial.suggest_int(...)"),
    "within a dict": ([{"b": norm()}], "trial.suggest_int(...)"),
    "of an estimator": ([SVC(C=Float(1, 2))], "Option(SVC(), C=Float(1.0, 2.0))"),
    "listed with a word": (Categorical([1, Int(2, 3)]), "Choice([1, Int(2, 3)])"),
    "in a Choice": (Choice([(Int(1, 9), Int(1, 9))]), "trial.suggest_int('a_1', 1, 9)"),
    "option": ([Option("rbf", gamma=[1])], "Choice([Option('rbf', gamma=[1])])"),
    "choice": ([Choice(["x"]), "y"], "Choice([Choice(['x']), 'y'])"),
    "lone option": (Option(SVC(), C=[1]), "Choice([Option(SVC(), C=[1])])"),
    "pair": (Choice([(SVC(), {"C": [1, 2]})]), "Choice([Option(SVC(), C=[1, 2])"),
    "pair of a class": ([(SVC, {"C": [1]})], "Choice([Option(SVC(), C=[1])"),
    "named pair": (Choice({"x": [SVC(), {"C": [1]}]}), "Option(SVC(), C=[1])"),
}


@pytest.mark.parametrize(("values", "line"), RANGES.values(), ids=RANGES)
def test_range_among_values(values, line):
    with pytest.raises(SpaceTypeError, match="Parameter 'a':") as caught:
        as_space({"a": values})

    assert line in str(caught.value)


def test_distribution_may_be_a_value_if_that_is_said():
    space = as_space({"prior": Categorical([norm(0, 1), norm(0, 2)])})

    assert space.size == 2


CLASSES = {
    "list": ({"clf": [SVC, LogisticRegression]}, PIPE),
    "choice": ({"clf": Choice([SVC])}, PIPE),
    "option": ({"clf": Choice([Option(SVC, C=[1])])}, PIPE),
    "instead of None": ({"estimator": [SVC]}, AdaBoostClassifier()),
    "below": (
        {"clf": Choice([Option(AdaBoostClassifier(), estimator=[SVC])])},
        PIPE,
    ),
    "steps": ({"steps": [[("scale", StandardScaler()), ("clf", SVC)]]}, PIPE),
}


@pytest.mark.parametrize(("space", "estimator"), CLASSES.values(), ids=CLASSES)
def test_class_where_an_estimator_is_wanted(space, estimator):
    with pytest.raises(SpaceTypeError, match=r"the class SVC.* Write SVC\(\)\."):
        check_names(as_space(space), estimator)


def test_class_may_be_a_value_elsewhere():
    check_names(as_space({"kernel": [SVC]}), SVC())


@pytest.mark.parametrize(
    ("choice", "line"),
    [
        (Choice([(SVC(), {"C": [1]})]), "Option(SVC(), C=[1])"),
        (Choice([SVC]), "SVC()"),
        (Choice({"a": (SVC, {"C": [1]})}), "Option(SVC(), C=[1])"),
    ],
    ids=["pair", "class", "named pair"],
)
def test_choice_of_estimators_that_are_none(choice, line):
    search = TPESearchCV(choice, {}, n_iter=2, cv=2)

    with pytest.raises(SpaceTypeError, match="estimator") as caught:
        search.fit([[0], [1], [2], [3]], [0, 1, 0, 1])

    assert f"Write {line}" in str(caught.value) or line in str(caught.value)


@pytest.mark.parametrize(
    ("space", "line"),
    [
        ([("C", [1, 10]), ("kernel", ["rbf"])], "{'C': [1, 10], 'kernel': ['rbf']}"),
        (("C", [1, 10]), "{'C': [1, 10]}"),
        ([["C", Float(0, 1)]], "{'C': Float(0.0, 1.0)}"),
        (["C", "kernel"], '{"name": [1, 2], ...}'),
        ([{"C": [1]}, SVC()], '{"name": [1, 2], ...}'),
    ],
    ids=["tuples", "tuple", "lists", "words", "estimator"],
)
def test_list_that_is_no_space(space, line):
    with pytest.raises(SpaceTypeError, match="A search space") as caught:
        as_space(space)

    assert f"Write {line}" in str(caught.value)


@pytest.mark.parametrize(
    ("make", "line"),
    [
        (lambda: Float("1e-3", 1), "low of Float .* Write 0.001."),
        (lambda: Int(1, 1e3), "high of Int .* got 1000.0. Write 1000."),
        (lambda: Int("1", 5), "low of Int .* Write 1."),
        (lambda: Int(1, 5.5), r"high of Int .* write Float\(low, high\)"),
        (lambda: Float(0, 1, step="0.5"), "step of Float .* Write 0.5."),
    ],
    ids=["text", "whole", "text of a whole", "not whole", "step"],
)
def test_number_of_another_type(make, line):
    with pytest.raises(SpaceTypeError, match=line):
        make()


@pytest.mark.parametrize("points", [{"C": 1}, {"C": 1, "kernel": "rbf"}], ids=repr)
def test_initial_points_that_are_one_dict(points):
    search = TPESearchCV(SVC(), {"C": [1], "kernel": ["rbf"]}, initial_points=points)

    with pytest.raises(SpaceTypeError, match="'initial_points'") as caught:
        search.fit([[0], [1], [2], [3]], [0, 1, 0, 1])

    assert f"Write initial_points=[{points!r}]" in str(caught.value)


def test_choice_between_estimators_can_be_looked_at():
    models = Choice({"svm": Option(SVC(), C=[1, 2]), "log": LogisticRegression()})

    assert space_size(models) == 3

    assert search_space_summary(models).splitlines() == [
        "2 hyperparameters, 3 configurations",
        "estimator: one of 'svm', 'log'",
        "  estimator__C: one of 1, 2 (ordered)  [estimator = svm]",
    ]


def test_choice_between_estimators_is_no_space():
    with pytest.raises(SpaceError, match=r"TPESearchCV\(Choice\(\.\.\.\)\)"):
        as_space(Choice({"svm": Option(SVC(), C=[1, 2])}))
