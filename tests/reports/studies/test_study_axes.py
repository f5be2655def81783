"""How hyperparameters are written in a study: ranges, lists, labels."""

import pytest
from scipy.stats import norm, randint
from sklearn.svm import SVC, LinearSVC

from sksearch.reports.studies._study_axes import (
    ListAxis,
    NumberAxis,
    axis_of,
    study_axes,
)
from sksearch.space import Categorical, Choice, Float, Int, as_space


def axes(tried, *specs, label=None):
    """Return the axes of a hyperparameter, by name."""
    domains = [h.domain for spec in specs for h in as_space({"a": spec}) if h.name]
    column = [(value, label) for value in tried]
    return study_axes({"a": column}, {"a": domains} if specs else {})["a"]


@pytest.mark.parametrize(
    ("spec", "tried", "expected"),
    [
        (Float(0.1, 10.0, log=True), [1.0], NumberAxis(0.1, 10.0, log=True)),
        (Float(0.0, 1.0, step=0.25), [0.5], NumberAxis(0.0, 1.0, step=0.25)),
        (Int(1, 9), [3], NumberAxis(1, 9, whole=True)),
        (Int(1, 9, step=2), [3], NumberAxis(1, 9, whole=True, step=2)),
        (Int(1, 900, log=True), [3], NumberAxis(1, 900, whole=True, log=True)),
        (randint(2, 20), [3], NumberAxis(2, 19, whole=True)),
    ],
)
def test_ranges(spec, tried, expected):
    assert axes(tried, spec) == {"a": expected}


def test_a_range_without_ends_holds_what_was_tried():
    [axis] = axes([9.0, -1.0], norm(0, 1)).values()

    assert axis == NumberAxis(pytest.approx(-2.5758, abs=1e-4), 9.0)


def test_ranges_of_one_name_are_one():
    found = axes([2, 300.0], Int(1, 5), Float(100.0, 500.0, log=True))

    assert found == {"a": NumberAxis(1, 500.0)}


@pytest.mark.parametrize(
    ("tried", "expected"),
    [
        ([1, 999], NumberAxis(1, 999, whole=True)),
        ([0.001, 1.0], NumberAxis(0.001, 1.0, log=True)),
        ([1, 2.5], NumberAxis(1, 2.5)),
        ([-1000.0, 1.0], NumberAxis(-1000.0, 1.0)),
    ],
)
def test_without_a_space_what_was_tried_tells_the_range(tried, expected):
    assert axes(tried) == {"a": expected}


@pytest.mark.parametrize(
    ("spec", "choices"),
    [
        ([5, 1, 9], (1, 5, 9)),
        ([None, "x", 0.5, True], (None, "x", 0.5, True)),
        ([1, True, 1.0], ("1", "True", "1.0")),
        ([(50,), (100, 50)], ("(50,)", "(100, 50)")),
        ([SVC(), SVC(C=2), "passthrough"], ("SVC", "SVC-2", "passthrough")),
        (Choice({"few": 5, "many": 50}), ("few", "many")),
        (Categorical([1, 2, 3], ordered=True), (1, 2, 3)),
    ],
)
def test_lists(spec, choices):
    [(name, axis)] = axes([], spec).items()

    assert name == "a"

    assert axis.choices == choices


@pytest.mark.parametrize(
    ("spec", "value", "label", "written"),
    [
        ([5, 1], 1, None, 1),
        ([(50,), (100, 50)], (100, 50), None, "(100, 50)"),
        (Choice({"few": 5, "many": 50}), 50, None, "many"),
        (Choice({"svm": SVC(), "line": LinearSVC()}), SVC(), "svm", "svm"),
        ([1, True], True, None, "True"),
    ],
)
def test_values_of_lists(spec, value, label, written):
    own = axes([value], spec, label=label)
    name, axis = axis_of(own, value, label)

    assert name == "a"

    assert axis.written(value, label) == written

    assert type(axis.written(value, label)) is type(written)

    assert written in axis.choices


def test_numbers_and_texts_of_one_name():
    own = axes([0.5, "sqrt"], Float(0.1, 1.0), ["sqrt", 7])

    assert {k: type(v) for k, v in own.items()} == {
        "a": NumberAxis,
        "a (listed)": ListAxis,
    }

    assert [axis_of(own, v, None)[0] for v in (0.5, "sqrt", 7)] == [
        "a",
        "a (listed)",
        "a (listed)",
    ]

    assert own["a (listed)"].choices == ("sqrt", 7)


def test_without_a_space_values_are_choices():
    assert axes(["b", "a", "b"])["a"].choices == ("b", "a")

    assert axes([True, False])["a"].choices == (True, False)


def test_a_range_that_depends_on_other_answers():
    def space(trial):
        n = trial.suggest_int("n", 1, 3)
        return {"n": n, "m": trial.suggest_float("m", 0.1, float(n), log=True)}

    domains = {h.name: [h.domain] for h in as_space(space)}
    column = [(0.1, None), (2.9, None)]

    found = study_axes({"m": column}, domains)["m"]["m"]

    assert (found.whole, found.log, found.low) == (False, True, 0.1)

    assert found.high >= 2.9
