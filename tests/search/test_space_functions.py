"""Searches over a space that is a function: what goes wrong, what it was given."""

import pickle

import joblib
import numpy as np
import pytest
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier
from stand_ins import Knob, data, quietly

from sksearch import (
    Choice,
    Float,
    HalvingSearchCV,
    Option,
    TPESearchCV,
    load_history,
)
from sksearch.exceptions import JournalError, SpaceError, SpaceTypeError

X, Y = data()


class TrialPruned(Exception):
    """What Optuna's users raise."""


def trap(kind):
    """Do what a function may do wrong."""
    if kind == "raises":
        raise KeyError("mine")
    if kind == "prunes":
        raise TrialPruned
    return {"no dict": None, "a list": [1]}[kind]


def failing(kind, above=0.6):
    def space(trial):
        found = {"level": trial.suggest_float("level", 0, 1)}
        if found["level"] <= above:
            return found
        if kind == "range":
            found["level"] = trial.suggest_float("other", 1, 0)
        if kind == "unknown method":
            trial.report(0.5, step=1)
        return trap(kind)

    return space


KINDS = {
    "raises": "KeyError",
    "prunes": "TrialPruned",
    "no dict": "SpaceTypeError",
    "a list": "SpaceTypeError",
    "range": "SpaceError",
    "unknown method": "AttributeError",
}


def search(space, face=TPESearchCV, n=10, **words):
    budget = "n_candidates" if face is HalvingSearchCV else "n_iter"
    words = {"estimator": Knob(), "cv": 2, "random_state": 0, budget: n, **words}
    return face(param_distributions=space, **words)


class TestFunctionThatFailsAtSomePoints:
    @pytest.mark.parametrize("kind", KINDS)
    def test_costs_these_candidates(self, kind):
        found = quietly(search(failing(kind)))
        params = found.cv_results_["params"]
        bad = [i for i, p in enumerate(params) if p["level"] > 0.6]

        assert len(params) == 10

        assert 0 < len(bad) < 10

        assert found.failures_["candidate"] == [i for i in bad for _ in range(2)]

        assert set(found.failures_["exception"]) == {KINDS[kind]}

        assert found.failures_["params"] == [params[i] for i in bad for _ in range(2)]

        assert len(set(found.failures_["traceback"])) == 1

        text = found.failures_["traceback"][0]

        assert KINDS[kind] in text.splitlines()[-1]

        assert "_logbook.py" not in text

        assert (__file__ in text) == (kind not in ("no dict", "a list"))

        assert np.isnan(found.cv_results_["mean_test_score"][bad]).all()

        assert found.best_params_["level"] <= 0.6

    def test_another_face(self):
        found = quietly(search(failing("raises"), HalvingSearchCV))
        levels = [p["level"] for p in found.failures_["params"]]

        assert levels

        assert min(levels) > 0.6

        assert found.best_params_["level"] <= 0.6

    def test_is_worth_the_error_score(self):
        found = quietly(search(failing("prunes"), error_score=-3.0))
        scores = found.cv_results_["mean_test_score"]

        assert (scores == -3.0).sum() == len(found.failures_["fold"]) / 2 > 0

    def test_an_error_score_above_all_others_finds_nothing_to_refit(self):
        found = search(failing("raises"), error_score=3.0)

        with pytest.raises(KeyError, match="mine"):
            quietly(found)

        assert found.best_score_ == 3.0

    @pytest.mark.parametrize("kind", ["raises", "range"])
    def test_error_score_raise(self, kind):
        with pytest.raises((KeyError, SpaceError), match=r"mine|'other'.*low=1.0"):
            search(failing(kind), error_score="raise").fit(X, Y)

    def test_keyboard_interrupt_is_no_failure(self):
        def space(trial):
            if trial.suggest_float("level", 0, 1) > 0.6:
                raise KeyboardInterrupt
            return {"level": 0.5}

        with pytest.raises(KeyboardInterrupt):
            search(space).fit(X, Y)

    def test_two_jobs_are_repeatable(self):
        found = []
        for _ in range(2):
            with joblib.parallel_config("threading"):
                found.append(quietly(search(failing("raises"), n_jobs=2)))

        assert found[0].cv_results_["params"] == found[1].cv_results_["params"]

        assert found[0].failures_["candidate"] == found[1].failures_["candidate"] != []

    @pytest.mark.parametrize("face", [TPESearchCV, HalvingSearchCV])
    @pytest.mark.parametrize("kind", ["raises", "no dict"])
    def test_a_journal_goes_on(self, tmp_path, kind, face):
        path = tmp_path / "search.jsonl"
        words = {"storage": path, "space": failing(kind), "face": face}
        whole = quietly(search(failing(kind), face))
        first = quietly(search(**words, n=10 if face is HalvingSearchCV else 6))
        size = path.stat().st_size
        again = quietly(search(**words))

        assert first.failures_["candidate"]

        assert again.cv_results_["params"] == whole.cv_results_["params"]

        assert again.failures_["exception"] == whole.failures_["exception"]

        assert (path.stat().st_size == size) == (face is HalvingSearchCV)

        assert load_history(path)["params"] == whole.cv_results_["params"]

    def test_a_distribution_of_the_users_that_raises(self):
        class Drawn:
            def rvs(self, random_state=None):
                level = float(random_state.uniform())
                if level > 0.6:
                    raise KeyError("mine")
                return level

        found = quietly(search({"level": Drawn()}, initial_points=None))

        assert set(found.failures_["exception"]) == {"KeyError"}

        assert found.best_params_["level"] <= 0.6


class TestFunctionThatIsWrong:
    """An error, before any fit."""

    @pytest.fixture(autouse=True)
    def never_fitted(self, monkeypatch):
        def fit(*_):
            pytest.fail("a fit was made")

        monkeypatch.setattr(Knob, "fit", fit)

    @pytest.mark.parametrize(
        ("space", "kind", "message"),
        [
            (lambda _: 1 / 0, ZeroDivisionError, "division by zero"),
            (
                lambda t: 0.1 * t.suggest_float("level", 0, 1),
                SpaceTypeError,
                r"got 0\.\d+ of type float; the search fits.*return \{'level': level\}",
            ),
            (
                lambda t: [
                    t.suggest_float("a", 0, 1),
                    t.suggest_int("b", 0, 1),
                ].clear(),
                SpaceTypeError,
                r"got None.*Write: return \{'a': a, 'b': b\}",
            ),
            (lambda _: {"levle": 1}, SpaceError, "'levle'.*Did you mean 'level'"),
            (
                lambda t: {"level": t.should_prune()},
                AttributeError,
                "'should_prune'.*suggest_float.*write prune_folds=True",
            ),
        ],
        ids=["raises", "score", "nothing", "name", "method"],
    )
    def test_at_every_point(self, space, kind, message):
        with pytest.raises(kind, match=message):
            search(space).fit(X, Y)

    def test_an_objective_is_run_once_or_twice(self):
        calls = []

        def objective(trial):
            calls.append(trial.suggest_float("level", 0, 1))
            return calls[-1]

        with pytest.raises(SpaceTypeError, match="the search fits and scores"):
            search(objective).fit(X, Y)

        assert len(calls) == 2

    def test_questions_that_depend_on_chance(self):
        def space(trial):
            found = {"level": trial.suggest_float("level", 0, 1)}
            if np.random.random() > 0.5:  # noqa: NPY002 - the user's slip
                trial.suggest_float("other", 0, 1)
            return found

        with pytest.raises(SpaceError, match=r"asks for \['other'\] at one call"):
            search(space).fit(X, Y)

    def test_a_resource_that_the_function_sets(self):
        with pytest.raises(
            ValueError, match=r"level as the resource.*part of the sear"
        ):
            search(
                lambda t: {"level": t.suggest_int("x", 1, 9)},
                HalvingSearchCV,
                resource="level",
                max_resources=9,
            ).fit(X, Y)


def test_values_that_depend_on_chance_are_those_that_were_fitted():
    rng = np.random.default_rng()

    def space(trial):
        return {"level": trial.suggest_float("x", 0, 1) + rng.random()}

    found = search(space).fit(X, Y)

    assert found.best_estimator_.level == found.best_params_["level"]


def test_a_journal_of_bounds_that_depend_on_chance_is_refused(tmp_path):
    rng = np.random.default_rng()

    def space(trial):
        return {"level": trial.suggest_int("x", 1, int(rng.integers(100, 10_000)))}

    words = {"storage": tmp_path / "search.jsonl"}
    search(space, n=5, **words).fit(X, Y)

    with pytest.raises(
        JournalError, match=r"another search|has tried candidate 0 with"
    ):
        search(space, n=6, **words).fit(X, Y)


class TestMovingBounds:
    @staticmethod
    def space(trial):
        level = trial.suggest_float("level", 0, 1)
        return {
            "level": level,
            "seconds": trial.suggest_float("seconds", 0, level) / 1e9,
        }

    @pytest.mark.parametrize("face", [TPESearchCV, HalvingSearchCV])
    def test_a_journal_goes_on(self, tmp_path, face):
        words = {"face": face, "estimator": Knob()}
        words["space"] = lambda t: {"level": self.space(t)["level"]}
        whole = search(**words).fit(X, Y)
        words["storage"] = tmp_path / "search.jsonl"
        if face is not HalvingSearchCV:
            search(**words, n=7).fit(X, Y)
        search(**words).fit(X, Y)
        again = search(**words).fit(X, Y)

        assert again.cv_results_["params"] == whole.cv_results_["params"]

        assert again.suggestions_ == whole.suggestions_

        assert {*again.suggestions_[0]} == {"level", "seconds"}


CHOICE = Choice(
    {
        "svm": Option(SVC(), C=Float(0.1, 1), kernel=["linear", "rbf"]),
        "tree": DecisionTreeClassifier(random_state=0),
    }
)


def own_choice(trial):
    name = trial.suggest_categorical("estimator", ["svm", "tree"])
    found = {"estimator": name}
    if name == "tree":
        found["estimator__max_depth"] = trial.suggest_int("depth", 1, 4)
    return found


def layers(trial):
    n = trial.suggest_int("n", 1, 3)
    return {"level": tuple(trial.suggest_int(f"u{i}", 4, 64) for i in range(n))}


def narrowing_layers(trial):
    units = [trial.suggest_int("u0", 8, 64, step=8)]
    for i in range(1, trial.suggest_int("n", 1, 4)):
        units.append(trial.suggest_int(f"u{i}", 4, units[-1], log=True))
    return {"level": tuple(units)}


def mapped(trial):
    name = trial.suggest_categorical("kind", ["small", "large"])
    return {"level": {"small": SVC(C=0.25), "large": SVC(C=4.0)}[name]}


def built(trial):
    c = trial.suggest_float("c", 0.1, 10, log=True)
    return {"level": SVC(C=c, gamma=trial.suggest_float("g", c / 100, c))}


def made_anew(trial):
    return {"level": trial.suggest_categorical("f", [lambda x: x, np.abs, [SVC()]])}


class TestInitialPoints:
    """What a search has tried can be given to another one."""

    SPACES = (layers, narrowing_layers, mapped, built, made_anew)

    @pytest.mark.parametrize("space", SPACES, ids=lambda s: s.__name__)
    @pytest.mark.parametrize("which", ["suggestions_", "params"])
    def test_of_a_function(self, space, which):
        class Anything(Knob):
            def fit(self, X, y=None):
                self.mean_ = 0.0
                self.classes_ = np.unique(y)
                return self

        words = {"estimator": Anything(), "scoring": lambda *_: 0.5, "refit": False}
        first = quietly(search(space, n=4, **words))
        points = getattr(first, which, first.cv_results_["params"])
        again = quietly(search(space, n=4, initial_points=points, **words))

        assert list(map(repr_of, again.suggestions_)) == list(
            map(repr_of, first.suggestions_)
        )

        assert {*first.suggestions_[0]} != {"level"}

    def test_values_that_do_not_tell_what_led_to_them(self):
        def space(trial):
            return {"level": 10 ** trial.suggest_float("log_level", -2, 0)}

        first = search(space, n=3).fit(X, Y)

        with pytest.raises(SpaceError, match=r"no value for 'log_level'.*suggestions_"):
            search(space, initial_points=[dict(first.best_params_)]).fit(X, Y)

        best = search(space, n=1, initial_points=[first.best_params_]).fit(X, Y)
        assert best.best_params_ == first.best_params_

        points = first.suggestions_
        again = search(space, n=3, initial_points=points).fit(X, Y)

        assert again.cv_results_["params"] == first.cv_results_["params"]

    def test_are_known_by_labels_where_no_file_could_hold_them(self):
        def space(trial):
            f = trial.suggest_categorical("f", [lambda x: x, np.square, lambda x: -x])
            return {"level": f(trial.suggest_float("x", 0, 1))}

        found = search(space, n=8).fit(X, Y)
        points = pickle.loads(pickle.dumps(found.suggestions_))
        again = search(space, n=8, initial_points=points).fit(X, Y)

        assert {p["f"] for p in points} == {"<lambda>", "square", "<lambda>-2"}

        assert again.cv_results_["params"] == found.cv_results_["params"]

    def test_are_known_for_dicts_too(self):
        found = search({"level": [0.25, 0.5]}, n=2).fit(X, Y)

        assert found.suggestions_ == found.cv_results_["params"]

    @pytest.mark.parametrize(
        ("estimator", "space"),
        [
            (SVC(), {"C": Float(0.1, 9, log=True), "gamma": ["scale", 0.1, 1]}),
            (SVC(), [{"kernel": ["linear"], "C": [1]}, {"C": Float(2, 3)}]),
            (SVC(), {"gamma": Choice([Float(0.1, 1), "scale"])}),
            (SVC(), {"class_weight": [None, {0: 1, 1: 2}, "balanced"]}),
            (CHOICE, None),
            (CHOICE, [{"estimator": ["svm"]}, {"estimator": ["tree"]}]),
            (CHOICE, own_choice),
            (CHOICE, lambda _: {}),
        ],
        ids=["dict", "list", "range", "dicts", "Choice", "parts", "own", "beside"],
    )
    @pytest.mark.parametrize(
        "face",
        [TPESearchCV, pytest.param(HalvingSearchCV, marks=pytest.mark.slow)],
    )
    def test_of_every_space(self, face, estimator, space):
        words = {"face": face, "estimator": estimator, "n": 5, "refit": False}
        words["scoring"] = lambda *_: 0.5
        first = quietly(search(space, **words))
        n = (first.cv_results_.get("iter", np.zeros(5)) == 0).sum()
        points = first.cv_results_["params"][:n]
        again = quietly(search(space, initial_points=points, **words))

        # A range maps to its middle and back with an error in the last digit.
        found, wanted = (
            [
                {k: round(v, 12) if isinstance(v, float) else v for k, v in p.items()}
                for p in params
            ]
            for params in (again.cv_results_["params"][:n], points)
        )
        assert repr(found) == repr(wanted)

    def test_with_the_resource_of_a_halving_search(self):
        space = {"max_depth": [1, 2, 3, 4]}
        words = {"face": HalvingSearchCV, "estimator": DecisionTreeClassifier()}
        words |= {"resource": "max_leaf_nodes", "min_resources": 2, "max_resources": 8}
        best = quietly(search(space, n=4, **words)).best_params_
        again = quietly(search(space, n=4, initial_points=[best], **words))

        assert "max_leaf_nodes" in best

        assert again.cv_results_["params"][0]["max_depth"] == best["max_depth"]


def repr_of(suggestions):
    return {
        name: getattr(value, "__code__", repr(value))
        for name, value in suggestions.items()
    }
