"""Where an acquisition is greatest, over spaces of any kind."""

from __future__ import annotations

import numpy as np
import pytest
import strategies
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import Drawn

from sksearch import Choice, Float, Int, Option, as_space
from sksearch.samplers._encoding import MIDDLE, SpaceEncoding
from sksearch.samplers.gp._maximise import maximise


class Function:
    """An acquisition that is known: any function, with its gradient.

    They take features with their middle at 0.5, so those of numbers are the units.
    """

    def __init__(self, value, slope):
        self.value, self.slope = value, slope

    def __call__(self, features):
        return self.value(features + MIDDLE)

    def with_gradient(self, features):
        return self.value(features + MIDDLE), self.slope(features + MIDDLE)


def near(target):
    """Be greatest at one place, with the value 0."""
    return Function(
        lambda features: -((features - target) ** 2).sum(axis=1),
        lambda features: -2.0 * (features - target),
    )


def peak(target, width):
    """Be level but for a peak that none finds who does not know where it is."""

    def value(features):
        return np.exp(-((features - target) ** 2).sum(axis=1) / (2.0 * width**2))

    return Function(value, lambda x: -value(x)[:, None] * (x - target) / width**2)


def found(space, acquisition, incumbents=None, seed=0):
    """Return the space as it was read, its features, and all rows that were found."""
    space = as_space(space)
    encoding, rng = SpaceEncoding(space), np.random.default_rng(seed)
    if incumbents is None:
        incumbents = space.draw(5, rng)
    return space, encoding, maximise(acquisition, encoding, space, incumbents, rng)


def numbers(d):
    return {f"x{i}": Float(0, 1) for i in range(d)}


def growing(trial):
    """Have axes that the first looks at the space do not find."""
    found = {"a": trial.suggest_float("a", 0, 1)}
    if found["a"] > 0.97:
        found["b"] = trial.suggest_int("b", 1, 9)
        found["c"] = trial.suggest_categorical("c", ["x", "y"])
    return found


def halves(trial):
    """Have an axis in one half of another one only."""
    a = trial.suggest_float("a", 0, 1)
    return {"a": a} if a < 0.5 else {"a": a, "b": trial.suggest_float("b", 0, 1)}


TREE = {
    "clf": Choice(
        {
            "svm": Option(
                "svm",
                C=Float(1e-3, 1e3, log=True),
                kernel=Choice(["linear", Option("rbf", gamma=Float(0, 1))]),
            ),
            "forest": Option("forest", depth=Int(2, 30)),
            "off": "off",
        }
    )
}


class TestRows:
    @given(strategies.spaces(depth=2), st.integers(0, 2**16))
    @settings(max_examples=12)
    def test_are_complete_and_the_best_come_first(self, space, seed):
        compiled = as_space(space)
        encoding = SpaceEncoding(compiled)
        if not len(encoding.starts):
            return
        target = encoding(compiled.draw(1, np.random.default_rng(seed)))

        *_, rows = found(compiled, near(target + MIDDLE), seed=seed)

        values = -((encoding(rows) - target) ** 2).sum(axis=1)
        assert (np.diff(values) <= 0.0).all()

        again = compiled.complete(np.nan_to_num(rows, nan=0.5))
        np.testing.assert_allclose(rows, again, atol=1e-12)

        assert all(
            strategies.is_valid(space, compiled.decode(row)) for row in rows[::100]
        )

    def test_of_an_opaque_axis_are_drawn(self):
        *_, rows = found({"x": Float(0, 1), "a": Drawn()}, near(0.3))

        assert ((rows >= 0.0) & (rows <= 1.0)).all()

        assert len(np.unique(rows[:, 1])) > 100

        assert rows[0, 0] == pytest.approx(0.3, abs=1e-3)

    def test_same_generator_same_rows(self):
        first, second = (found(TREE, near(0.3), seed=3)[-1] for _ in range(2))

        np.testing.assert_array_equal(first, second)

    def test_incumbents_are_not_written_to(self):
        space = as_space(TREE)
        incumbents = space.draw(3, np.random.default_rng(0))
        before = incumbents.copy()

        found(space, near(0.3), incumbents)

        np.testing.assert_array_equal(incumbents, before)

    @pytest.mark.parametrize("target", [0.0, 0.45, 0.99])
    def test_of_a_define_by_run_space_are_complete_after_a_climb(self, target):
        """A number opens an axis; uphill may lead across."""
        space = as_space(halves)

        *_, rows = found(space, near(np.array([[target, 1.0]])))

        again = space.complete(np.nan_to_num(rows, nan=0.5))
        np.testing.assert_allclose(rows, again, atol=1e-12)

        assert all("a" in space.decode(row) for row in rows[:5])

    @pytest.mark.parametrize("target", [0.9, 1.0])
    @pytest.mark.parametrize("seed", [0, 1])
    def test_of_a_space_that_grows_meanwhile(self, target, seed):
        space, _, rows = found(growing, near(target), seed=seed)

        assert rows.shape[1] == len(space) == 3

        assert rows[0, 0] == pytest.approx(target, abs=1e-3)

        assert [len(space.decode(row)) for row in rows[:3]] == [
            1 + 2 * (target > 0.97)
        ] * 3


class TestMaximum:
    @pytest.mark.parametrize(("d", "tolerance"), [(1, 1e-5), (2, 1e-5), (6, 1e-4)])
    def test_of_a_smooth_function(self, d, tolerance):
        target = np.random.default_rng(d).random(d)

        *_, rows = found(numbers(d), near(target))

        np.testing.assert_allclose(rows[0], target, atol=tolerance)

    def test_in_a_corner(self):
        corner = np.array([0.0, 1.0, 1.0, 0.0])

        *_, rows = found(numbers(4), near(corner))

        np.testing.assert_allclose(rows[0], corner, atol=1e-6)

    @pytest.mark.parametrize("seed", range(3))
    def test_of_a_function_with_many_peaks(self, seed):
        """A wave on a slope: 25 peaks, the highest one at 0.9, 0.9."""

        def value(x):
            return (np.cos(10 * np.pi * (x - 0.9)) - 5 * np.abs(x - 0.9)).sum(axis=1)

        def slope(x):
            return -10 * np.pi * np.sin(10 * np.pi * (x - 0.9)) - 5 * np.sign(x - 0.9)

        *_, rows = found(numbers(2), Function(value, slope), seed=seed)

        np.testing.assert_allclose(rows[0], 0.9, atol=0.01)

    def test_in_sixty_dimensions_comes_nearer_than_any_random_point(self):
        target = np.full(60, 0.3)
        random = np.random.default_rng(0).random((5000, 60))

        *_, rows = found(numbers(60), near(target))

        assert ((rows[0] - target) ** 2).sum() < 0.1

        assert ((random - target) ** 2).sum(axis=1).min() > 2.0

    def test_beside_an_incumbent(self):
        """A peak of a hundredth of the range in each of six dimensions."""
        incumbent = np.random.default_rng(0).random((1, 6))

        *_, rows = found(
            numbers(6), peak(incumbent + 0.01, 0.01), np.clip(incumbent, 0, 1)
        )

        np.testing.assert_allclose(rows[0], incumbent[0] + 0.01, atol=1e-3)

    def test_over_integers(self):
        space, _, rows = found({"n": Int(0, 1000), "m": Int(1, 9)}, near([0.3, 0.5]))

        assert space.decode(rows[0]) == {"n": 300, "m": 5}

    def test_over_categories_only(self):
        space = as_space({f"c{i}": list("abcdef") for i in range(6)})
        target = space.encode({f"c{i}": "abcdef"[i] for i in range(6)})

        *_, rows = found(space, near(SpaceEncoding(space)(target[None]) + MIDDLE))

        np.testing.assert_array_equal(rows[0], target)

    @pytest.mark.parametrize(
        "best",
        [
            {"clf": "svm", "C": 10.0, "kernel": "linear"},
            {"clf": "svm", "C": 0.01, "kernel": "rbf", "gamma": 0.7},
            {"clf": "forest", "depth": 9},
            {"clf": "off"},
        ],
        ids=["linear", "rbf", "forest", "off"],
    )
    def test_over_a_tree_from_the_wrong_branch(self, best):
        space = as_space(TREE)
        target = SpaceEncoding(space)(space.encode(best)[None])
        elsewhere = {"clf": "forest", "depth": 3}
        if best["clf"] == "forest":
            elsewhere = {"clf": "off"}

        *_, rows = found(space, near(target + MIDDLE), space.encode(elsewhere)[None])

        np.testing.assert_allclose(rows[0], space.encode(best), atol=1e-3)

    def test_over_a_domain_of_one_value(self):
        space, _, rows = found(
            {"one": ["only"], "n": Int(3, 3), "x": Float(0, 1)}, near(0.3)
        )

        assert space.decode(rows[0]) == {
            "one": "only",
            "n": 3,
            "x": pytest.approx(0.3, abs=1e-3),
        }

    def test_where_all_is_level(self):
        level = Function(lambda x: np.zeros(len(x)), np.zeros_like)

        *_, rows = found(numbers(2), level)

        assert rows.shape[1] == 2

        assert len(np.unique(rows, axis=0)) > 500
