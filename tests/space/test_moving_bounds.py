"""Define-by-run spaces whose bounds, and lists, depend on what was asked before."""

import pickle

import numpy as np
import pytest
from sklearn.linear_model import Ridge
from sklearn.svm import SVC

from sksearch import as_space
from sksearch.exceptions import SpaceError
from sksearch.samplers import GPSampler, RandomSampler, TPESampler


def triangle(trial):
    a = trial.suggest_float("a", 0.1, 1)
    return {"a": a, "b": trial.suggest_float("b", a, 1)}


def logarithmic(trial):
    a = trial.suggest_float("a", 1e-3, 1, log=True)
    return {"a": a, "b": trial.suggest_float("b", a / 10, a, log=True)}


def narrowing(trial):
    a = trial.suggest_int("a", 1, 64)
    b = trial.suggest_int("b", 1, a)
    return {"a": a, "b": b, "c": trial.suggest_int("c", 1, b, log=True)}


def stepped(trial):
    a = trial.suggest_int("a", 1, 9)
    return {
        "a": a,
        "b": trial.suggest_int("b", 0, a, step=2),
        "c": trial.suggest_float("c", 0, a / 4, step=0.1),
    }


def listed(trial):
    n = trial.suggest_int("n", 1, 12)
    return {"n": n, "b": trial.suggest_categorical("b", [2**i for i in range(n)])}


def switched(trial):
    low = trial.suggest_categorical("kind", ["low", "high"]) == "low"
    return {
        "low": low,
        "C": trial.suggest_float("C", 0, 1) if low else trial.suggest_float("C", 5, 6),
    }


def reaches_its_end(trial):
    a = trial.suggest_int("a", 0, 2)
    return {"a": a, "b": trial.suggest_float("b", a / 2, 1)}


SPACES = {
    "float": (triangle, ["a", "b"], lambda c: c["a"] <= c["b"] <= 1),
    "log": (logarithmic, ["a", "b"], lambda c: c["a"] / 10.001 <= c["b"] <= c["a"]),
    "int": (narrowing, ["a", "b", "c"], lambda c: 1 <= c["c"] <= c["b"] <= c["a"]),
    "step": (
        stepped,
        ["a", "b", "c"],
        lambda c: (
            c["b"] in range(0, c["a"] + 1, 2)
            and c["c"] in [round(0.1 * i, 1) for i in range(25)]
            and c["c"] <= c["a"] / 4
        ),
    ),
    "numbers": (listed, ["n", "b"], lambda c: c["b"] in [2**i for i in range(c["n"])]),
    "branches": (switched, ["kind", "C"], lambda c: (c["C"] <= 1) == c["low"]),
    "one value": (reaches_its_end, ["a", "b"], lambda c: c["a"] / 2 <= c["b"] <= 1),
}


@pytest.fixture(params=SPACES)
def case(request):
    return SPACES[request.param]


def test_a_name_is_one_axis_and_values_are_between_the_bounds_of_the_moment(case):
    function, names, is_right = case
    space = as_space(function)
    rows = space.draw(60, np.random.default_rng(0))

    assert [h.name for h in space] == names

    assert all(is_right(space.decode(row)) for row in rows)


def test_both_ends_of_the_moment_are_reached(case):
    function, names, _ = case
    space = as_space(function)
    ends = space.complete([[0.5] * (len(names) - 1) + [u] for u in (0.0, 1.0)])
    low, high = (space.decode(row)[names[-1]] for row in ends)

    assert low < high

    assert space.decode(space.complete([[0.5] * len(names)])[0])[names[-1]] <= high


def test_rows_stay_as_they_are(case):
    function, *_ = case
    space = as_space(function)
    rows = space.draw(40, np.random.default_rng(1))

    assert np.array_equal(space.complete(rows), rows, equal_nan=True)

    for row in rows:
        made = space.realise(row)

        assert np.array_equal(made.row, row, equal_nan=True)

        assert made.configuration == space.decode(row)


def test_what_was_suggested_leads_to_the_same_row(case):
    function, *_ = case
    space = as_space(function)

    for row in space.draw(40, np.random.default_rng(2)):
        made = space.realise(row)
        again = space.encode(made.suggestions)

        assert again == pytest.approx(row, abs=1e-9, nan_ok=True)

        assert space.decode(again) == pytest.approx(made.configuration)


def test_a_copy_goes_on_alike(case):
    function, *_ = case
    space = as_space(function)
    rows = space.draw(5, np.random.default_rng(0))
    copied = pickle.loads(pickle.dumps(space))

    assert [copied.decode(row) for row in rows] == [space.decode(row) for row in rows]


@pytest.mark.parametrize(
    "make",
    [RandomSampler, TPESampler, pytest.param(GPSampler, marks=pytest.mark.slow)],
)
def test_samplers_repeat_themselves(make, case):
    function, _, is_right = case
    found = []
    for _ in range(2):
        sampler = make(function, random_state=3)
        for _ in range(6):
            trial = sampler.ask()
            sampler.tell(trial, -sum(map(float, trial.configuration.values())))
        found.append([trial.configuration for trial in sampler.history])

        assert len(sampler.space) <= 3

    assert found[0] == found[1]

    assert all(map(is_right, found[0]))


def test_a_sampler_learns_where_between_the_bounds_it_is_good():
    sampler = TPESampler(triangle, random_state=0)
    for _ in range(50):
        trial = sampler.ask()
        a, b = trial.configuration.values()
        sampler.tell(trial, -abs(a - 0.3) - abs(b - 0.65))

    assert sampler.history.incumbent.score > -0.12


def test_what_is_kept_does_not_grow_with_the_trials():
    space = as_space(triangle)
    space.draw(3000, np.random.default_rng(0))

    assert len(pickle.dumps(space)) < 200_000


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (lambda t: t.suggest_float("x", 1, 2), lambda t: t.suggest_int("x", 1, 2)),
        (
            lambda t: t.suggest_float("x", 1, 2),
            lambda t: t.suggest_float("x", 1, 2, log=True),
        ),
        (
            lambda t: t.suggest_int("x", 1, 2),
            lambda t: t.suggest_categorical("x", ["a", "b"]),
        ),
        (
            lambda t: t.suggest_categorical("x", [1, "b"]),
            lambda t: t.suggest_categorical("x", [1.0, "b"]),
        ),
    ],
    ids=["int", "log", "list", "type"],
)
def test_values_of_another_kind_are_another_axis(first, second):
    space = as_space(
        lambda t: {
            "x": (first if t.suggest_categorical("k", ["p", "q"]) == "p" else second)(t)
        }
    )

    assert [h.name for h in space] == ["k", "x", "x"]


@pytest.mark.parametrize(
    ("one", "two"),
    [((0, 1), (0, 2)), ((0, 1), (0.5, 1))],
)
def test_asking_twice_for_other_bounds(one, two):
    with pytest.raises(SpaceError, match=r"'x' was asked for twice, as Float\(0"):
        as_space(
            lambda t: {"x": t.suggest_float("x", *one) + t.suggest_float("x", *two)}
        )


def test_lists_that_depend_on_numbers_share_an_axis_in_the_end():
    def function(trial):
        a = trial.suggest_float("a", 0, 1)
        return {"a": a, "b": trial.suggest_categorical("b", [f"{a:.6f}", "z"])}

    space = as_space(function)
    rows = space.draw(200, np.random.default_rng(0))
    found = [space.decode(row) for row in rows]

    assert len(space) <= 1 + 17

    assert {c["b"] == "z" for c in found} == {True, False}

    assert all(c["b"] in {"z", f"{c['a']:.6f}"} for c in found)


class TestObjectsMadeAnew:
    """The function makes its options each time that it is called."""

    CASES = (
        (lambda: [SVC(), Ridge()], [0, 1]),
        (lambda: [SVC(C=1), SVC(C=2)], [0, 1]),
        (lambda: [lambda x: x, np.log1p, None], [0, 1, 2]),
        (lambda: [lambda x: x, lambda x: -x], [0, 1]),
        (lambda: [np.array([1, 2]), np.array([3, 4])], [0, 1]),
        (lambda: [SVC, Ridge], [0, 1]),
        (lambda: [[1, 2], [3]], [0, 1]),
        (lambda: [{"a": 1}, None], [0, 1]),
        (lambda: [object(), object(), "x"], [0, 1, 2]),
        (lambda: [float("nan"), "x"], [0, 1]),
        (lambda: [(1, float("nan")), SVC], [0, 1]),
    )

    @pytest.mark.parametrize(("make", "positions"), CASES, ids=range(len(CASES)))
    def test_it_gets_an_object_of_this_call(self, make, positions):
        made, given = [], []

        def function(trial):
            made.append(make())
            given.append(trial.suggest_categorical("x", made[-1]))
            return {"x": given[-1]}

        space = as_space(function)
        rows = space.draw(30, np.random.default_rng(0))
        made.clear()
        given.clear()
        for row in rows:
            space.decode(row)
        found = [
            next(i for i, option in enumerate(options) if option is value)
            for options, value in zip(made, given, strict=True)
        ]

        assert len(space) == 1

        assert found == [int(row[0] * len(positions)) for row in rows]

        assert sorted(set(found)) == positions

    def test_they_are_initial_points_by_what_they_are_made_of(self):
        def function(trial):
            options = [SVC(C=2), lambda x: x, lambda x: -x, np.abs]
            return {"x": trial.suggest_categorical("x", options)}

        space = as_space(function)
        rows = [space.complete([[unit]])[0] for unit in (0.1, 0.4, 0.6, 0.9)]

        for row in rows:
            assert np.array_equal(space.encode(space.realise(row).suggestions), row)

        assert np.array_equal(space.encode({"x": "absolute"}), rows[3])
