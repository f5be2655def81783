"""Spaces that a function describes while it runs."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st

from sksearch import as_space, expand, search_space_summary, space_size
from sksearch.exceptions import SpaceError, SpaceTypeError


def layers(trial):
    n = trial.suggest_int("n", 1, 3)
    units = [trial.suggest_int(f"units{i}", 4, 64, log=True) for i in range(n)]
    space = {"hidden_layer_sizes": tuple(units)}
    space["solver"] = trial.suggest_categorical("solver", ["adam", "sgd"])
    if space["solver"] == "sgd":
        space["momentum"] = trial.suggest_float("momentum", 0.1, 0.9, step=0.1)
    space["alpha"] = trial.suggest_float("alpha", 1e-5, 1.0, log=True)
    return space


def is_of_layers(found):
    sgd = found["solver"] == "sgd"
    return (
        found.keys()
        == {"hidden_layer_sizes", "solver", "alpha"} | ({"momentum"} if sgd else set())
        and 1 <= len(found["hidden_layer_sizes"]) <= 3
        and all(type(n) is int and 4 <= n <= 64 for n in found["hidden_layer_sizes"])
        and type(found["alpha"]) is float
        and 1e-5 <= found["alpha"] <= 1.0
        and (not sgd or found["momentum"] in [round(0.1 * i, 1) for i in range(1, 10)])
    )


def rare(trial):
    """Ask for `b` in one of a thousand points only."""
    found = {"a": trial.suggest_float("a", 0, 1)}
    if found["a"] > 0.999:
        found["b"] = trial.suggest_int("b", 1, 9)
    return found


@given(st.integers(0, 500))
def test_drawn_configuration_is_what_the_function_returns(seed):
    space = as_space(layers)
    [row] = space.draw(1, np.random.default_rng(seed))

    assert is_of_layers(space.decode(row))


def test_row_is_active_where_the_function_asked():
    space = as_space(layers)
    rows = space.draw(50, np.random.default_rng(0))
    names = [h.name for h in space]

    for row in rows:
        found = space.decode(row)
        asked = {name for name, unit in zip(names, row, strict=True) if unit >= 0}
        units = {f"units{i}" for i in range(len(found["hidden_layer_sizes"]))}

        assert asked == units | {"n", "solver", "alpha"} | ({"momentum"} & found.keys())


def test_all_branches_are_reached():
    space = as_space(layers)

    found = [space.decode(row) for row in space.draw(100, np.random.default_rng(0))]

    assert {len(c["hidden_layer_sizes"]) for c in found} == {1, 2, 3}

    assert {c["solver"] for c in found} == {"adam", "sgd"}


def test_complete_is_idempotent():
    space = as_space(layers)
    rows = space.draw(50, np.random.default_rng(0))

    again = space.complete(np.nan_to_num(rows, nan=0.4))

    assert np.allclose(rows, again, atol=1e-12, equal_nan=True)


class TestGrowth:
    def test_new_axes_are_added_at_the_end(self):
        space = as_space(rare)

        assert [h.name for h in space] == ["a"]

        old = space.complete([[0.5]])[0]
        [new] = space.complete([[0.9995]])

        assert [h.name for h in space] == ["a", "b"]

        assert space.decode(old) == {"a": 0.5}

        assert space.decode(new).keys() == {"a", "b"}

        assert len(new) == 2

    def test_same_row_grows_in_the_same_way(self):
        first, second = as_space(rare), as_space(rare)

        a, b = first.complete([[0.9995]])[0], second.complete([[0.9995]])[0]

        assert first.decode(a) == second.decode(b)

    def test_encode_finds_new_axes(self):
        space = as_space(rare)

        row = space.encode({"a": 0.9995, "b": 3})

        assert space.decode(row) == {"a": 0.9995, "b": 3}


class TestEncode:
    def test_names_are_those_that_are_asked_for(self):
        space = as_space(layers)
        asked = {"n": 2, "units0": 8, "units1": 16, "solver": "adam", "alpha": 0.1}

        found = space.decode(space.encode(asked))

        assert found.pop("alpha") == pytest.approx(0.1)

        assert found == {"hidden_layer_sizes": (8, 16), "solver": "adam"}

    @pytest.mark.parametrize(
        ("change", "parts"),
        [
            ({"units1": None}, ["'units1'", "no value"]),
            ({"momentum": 0.5}, ["'momentum'", "does not ask for"]),
            ({"alhpa": 1.0}, ["'alhpa'", "Did you mean 'alpha'"]),
            ({"alpha": 5.0}, ["alpha=5.0", "Float(1e-05, 1.0, log=True)"]),
            ({"solver": "lbfgs"}, ["solver='lbfgs'", "['adam', 'sgd']"]),
        ],
        ids=["missing", "inactive", "unknown", "outside", "no option"],
    )
    def test_what_is_outside_is_named(self, change, parts):
        asked = {"n": 2, "units0": 8, "units1": 16, "solver": "adam", "alpha": 0.1}
        asked = {k: v for k, v in {**asked, **change}.items() if v is not None}

        with pytest.raises(SpaceError) as caught:
            as_space(layers).encode(asked)

        assert [part for part in parts if part not in str(caught.value)] == []


def test_one_name_with_two_ranges_in_two_branches_is_one_axis():
    def function(trial):
        if trial.suggest_categorical("kind", ["low", "high"]) == "low":
            return {"C": trial.suggest_float("C", 0, 1)}
        return {"C": trial.suggest_float("C", 10, 11)}

    space = as_space(function)
    found = [space.decode(row)["C"] for row in space.draw(50, np.random.default_rng(0))]

    assert [h.name for h in space] == ["kind", "C"]

    assert {value >= 10 for value in found} == {True, False}


def test_asking_twice_gives_the_same_answer():
    def function(trial):
        return {
            "a": trial.suggest_float("x", 0, 1),
            "b": trial.suggest_float("x", 0, 1),
        }

    space = as_space(function)
    [found] = map(space.decode, space.draw(1, np.random.default_rng(0)))

    assert len(space) == 1

    assert found["a"] == found["b"]


@pytest.mark.parametrize(
    ("ask", "kind"),
    [
        (lambda t: t.suggest_float("x", 0, 1), float),
        (lambda t: t.suggest_float("x", 0, 1, step=0.5), float),
        (lambda t: t.suggest_int("x", 0, 8, step=2), int),
        (lambda t: t.suggest_int("x", 1, 8, log=True), int),
        (lambda t: t.suggest_categorical("x", np.array([1, 2])), int),
        (lambda t: np.float64(t.suggest_float("x", 0, 1)), float),
    ],
    ids=["float", "float step", "int step", "int log", "array", "computed"],
)
def test_values_are_plain(ask, kind):
    space = as_space(lambda trial: {"a": ask(trial)})
    [found] = map(space.decode, space.draw(1, np.random.default_rng(0)))

    assert type(found["a"]) is kind


def test_function_that_asks_nothing():
    space = as_space(lambda _: {})

    assert len(space) == 0

    assert space.decode(space.draw(1, np.random.default_rng(0))[0]) == {}


def test_class_with_call_is_a_function():
    class Function:
        def __call__(self, trial):
            return {"a": trial.suggest_int("a", 1, 2)}

    assert [h.name for h in as_space(Function())] == ["a"]


def test_size_is_not_known():
    assert space_size(layers) == float("inf")


def test_cannot_be_expanded():
    with pytest.raises(SpaceError, match="define-by-run space cannot be expanded"):
        expand(layers)


def test_summary_shows_what_was_met():
    assert "alpha: Float(1e-05, 1.0, log=True)" in search_space_summary(layers)


def test_repr_names_the_function():
    assert "layers" in repr(as_space(layers))


@pytest.mark.parametrize("copied", ["deepcopy", "pickle"])
def test_copies_give_the_same_rows(copied):
    space = as_space(rare)
    copies = {
        "deepcopy": copy.deepcopy,
        "pickle": lambda s: pickle.loads(pickle.dumps(s)),
    }

    rows = copies[copied](space).draw(20, np.random.default_rng(0))

    assert np.array_equal(rows, space.draw(20, np.random.default_rng(0)))


def test_examples_are_returned_by_the_function():
    examples = as_space(layers).examples

    assert len(examples) > 5

    assert all(map(is_of_layers, examples))

    assert all(map(strategies.is_plain, examples))


BAD = {
    "no dict": (lambda _: 3, SpaceTypeError, "must return a dict.*got 3"),
    "nothing": (lambda _: None, SpaceTypeError, "must return a dict.*got None"),
    "two specifications": (
        lambda t: {"a": t.suggest_float("x", 0, 1) + t.suggest_int("x", 0, 1)},
        SpaceError,
        r"'x' was asked for twice.*Float\(0.0, 1.0\).*Int\(0, 1\)",
    ),
    "string": (
        lambda t: {"a": t.suggest_categorical("kernel", "rbf")},
        SpaceTypeError,
        "'kernel'.*must be a list.*'rbf'",
    ),
    "empty list": (
        lambda t: {"a": t.suggest_categorical("kernel", [])},
        SpaceError,
        "'kernel'.*at least one value.*empty list",
    ),
    "reversed bounds": (
        lambda t: {"a": t.suggest_float("gamma", 1, 0)},
        SpaceError,
        "'gamma'.*low=1.0, high=0.0",
    ),
    "log of zero": (
        lambda t: {"a": t.suggest_int("depth", 0, 8, log=True)},
        SpaceError,
        "'depth'.*positive.*low=0",
    ),
}


@pytest.mark.parametrize(("function", "kind", "message"), BAD.values(), ids=BAD)
def test_bad_function_is_named(function, kind, message):
    with pytest.raises(kind, match=message) as caught:
        as_space(function)

    assert type(caught.value) is kind


def test_errors_of_the_function_are_its_own():
    def function(trial):
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        as_space(function)
