from __future__ import annotations

import inspect
import math
import time
from collections import Counter

import joblib
import numpy as np
import pytest
from sklearn.ensemble import (
    GradientBoostingClassifier,
    HistGradientBoostingClassifier,
    RandomForestClassifier,
)
from sklearn.exceptions import FitFailedWarning
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.linear_model import Ridge, SGDClassifier
from sklearn.model_selection import (
    GroupKFold,
    HalvingRandomSearchCV,
    ShuffleSplit,
    TimeSeriesSplit,
)
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from stand_ins import (
    Counting,
    Erratic,
    Growing,
    Knob,
    Locked,
    Slow,
    Sturdy,
    two_metrics,
)

from sksearch import Choice, Float, HalvingSearchCV, Int, Option
from sksearch.evaluation import FoldModels
from sksearch.exceptions import ResourceError, SpaceExhaustedWarning
from sksearch.samplers import GPSampler, RandomSampler, TPESampler
from sksearch.search.halving import _halving_parameters

# Forks of a process with threads are deprecated; that is the user's choice here.
pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")

N = 180
RNG = np.random.default_rng(0)
Y = np.arange(N) % 2
X = RNG.normal(size=(N, 3)) + Y[:, None]
ROWS = np.c_[np.arange(N), X]  # the first column is the number of the row
LEVEL = {"level": Float(0, 1)}


class Patient(Slow):
    """Has a parameter that may be a resource; its score grows with it."""

    def __init__(self, level=0.5, seconds=0.0, rounds=1):
        super().__init__(level, seconds)
        self.rounds = rounds

    def score(self, X, y=None):
        return float(self.level) * (1 - 0.5**self.rounds)


def make(estimator=None, space=None, **words):
    """Return a search with rungs of 9, 3 and 1 candidates."""
    defaults = {"n_candidates": 9, "cv": 3, "random_state": 0}
    if "resource" not in words:
        defaults["min_resources"] = "exhaust"
    return HalvingSearchCV(
        estimator if estimator is not None else Knob(),
        space or LEVEL,
        **{**defaults, **words},
    )


def rungs_of(search):
    """Return the rows of each rung."""
    rungs = search.cv_results_["iter"]
    return [np.flatnonzero(rungs == rung) for rung in range(rungs.max() + 1)]


def levels(search):
    return [p["level"] for p in search.cv_results_["params"]]


class TestDropIn:
    def test_defaults_are_scikit_learns(self):
        ours = inspect.signature(HalvingSearchCV).parameters
        theirs = inspect.signature(HalvingRandomSearchCV).parameters

        assert list(ours)[:2] == list(theirs)[:2]

        assert ours["min_resources"].default == "auto"

        for name, parameter in theirs.items():
            if name not in ("param_distributions", "min_resources"):
                default = ours[name].default

                assert (
                    default is parameter.default
                    or default == parameter.default
                    or (math.isnan(default) and math.isnan(parameter.default))
                ), name

    @pytest.mark.parametrize(
        "words",
        [
            {"n_candidates": 30, "factor": 3, "min_resources": "exhaust"},
            {"n_candidates": 12, "factor": 2, "min_resources": 20},
            {"n_candidates": 9, "factor": 1.5, "min_resources": 20},
            {"n_candidates": 30, "min_resources": "smallest", "max_resources": 60},
            {
                "n_candidates": 30,
                "min_resources": "smallest",
                "max_resources": 60,
                "aggressive_elimination": True,
            },
            {
                "n_candidates": 8,
                "factor": 2,
                "resource": "rounds",
                "max_resources": 30,
                "min_resources": "exhaust",
            },
        ],
        ids=str,
    )
    def test_attributes_are_scikit_learns(self, words):
        found, expected = (
            face(Patient(), {"level": [i / 30 for i in range(30)]}, cv=3)
            .set_params(random_state=0, **words)
            .fit(X, Y)
            for face in (HalvingSearchCV, HalvingRandomSearchCV)
        )

        for name in (
            "n_resources_",
            "n_candidates_",
            "n_remaining_candidates_",
            "max_resources_",
            "min_resources_",
            "n_iterations_",
            "n_required_iterations_",
            "n_possible_iterations_",
            "n_splits_",
        ):
            assert getattr(found, name) == getattr(expected, name), name

        assert set(found.cv_results_) == set(expected.cv_results_)

        for name in ("iter", "n_resources"):
            assert (
                found.cv_results_[name].tolist() == expected.cv_results_[name].tolist()
            )


class TestRungs:
    @pytest.mark.parametrize("n_jobs", [1, 2])
    def test_the_best_go_on(self, n_jobs):
        with joblib.parallel_config("threading"):
            search = make(n_jobs=n_jobs).fit(X, Y)
        first, second, last = rungs_of(search)
        found = np.array(levels(search))

        assert search.n_candidates_ == [9, 3, 1]

        assert search.n_resources_ == [20, 60, 180]

        assert sorted(found[second]) == sorted(found[first])[-3:]

        assert found[last] == [found[first].max()]

        assert search.best_index_ == last[0]

    def test_rows_of_a_rung_are_rows_of_the_next(self):
        seen = {}

        def watch(estimator, X, y):
            seen.setdefault(len(X), []).append(set(X[:, 0]))
            return estimator.level

        make(scoring=watch, return_train_score=True).fit(ROWS, Y)
        by_size = [seen[size] for size in sorted(seen)]

        # 20, 60, 180 rows in 3 folds: two thirds to fit to, and as many for testing.
        assert sorted(seen) == [13, 40, 60, 120]

        for small, large in ((0, 1), (1, 3)):
            for rows in by_size[small]:
                assert any(rows <= more for more in by_size[large] + by_size[2])

    def test_no_class_is_lost(self):
        y = np.r_[np.zeros(150), np.ones(20), np.full(10, 2)]

        def n_classes(estimator, X, y):
            return float(len(set(y)))

        search = make(scoring=n_classes, min_resources=6, max_resources=54).fit(X, y)

        for name in ("mean_test_score", "mean_train_score"):
            assert set(search.cv_results_[name]) == {3.0}

    def test_groups_stay_whole(self):
        groups = np.repeat(np.arange(36), 5)

        def whole(estimator, X, y):
            _, counts = np.unique(groups[X[:, 0].astype(int)], return_counts=True)
            return float(set(counts) == {5})

        search = make(scoring=whole, cv=GroupKFold(3)).fit(ROWS, Y, groups=groups)

        for name in ("mean_test_score", "mean_train_score"):
            assert set(search.cv_results_[name]) == {1.0}

    def test_time_stays_in_order(self):
        def run(estimator, X, y):
            return float((np.diff(X[:, 0]) == 1).all())

        search = make(scoring=run, cv=TimeSeriesSplit(3)).fit(ROWS, Y)

        for name in ("mean_test_score", "mean_train_score"):
            assert set(search.cv_results_[name]) == {1.0}

    def test_a_parameter_as_the_resource(self):
        search = make(Patient(), resource="rounds", max_resources=9).fit(X, Y)

        assert search.n_resources_ == [1, 3, 9]

        assert search.cv_results_["param_rounds"].tolist() == [1] * 9 + [3] * 3 + [9]

        assert search.best_params_ == {
            "level": max(levels(search)),
            "rounds": 9,
        }

        assert search.best_estimator_.rounds == 9

    def test_a_parameter_of_a_step(self):
        pipeline = make_pipeline(
            StandardScaler(), RandomForestClassifier(random_state=0)
        )
        search = make(
            pipeline,
            {"randomforestclassifier__max_depth": Int(1, 5)},
            n_candidates=4,
            factor=2,
            resource="randomforestclassifier__n_estimators",
            max_resources=4,
        ).fit(X, Y)

        assert len(search.best_estimator_[-1].estimators_) == 4

    def test_a_parameter_of_all_options(self):
        options = Choice({"a": Option(Patient(), level=Float(0, 1)), "b": Patient(0.1)})
        search = make(
            options, {}, resource="estimator__rounds", max_resources=9
        ).set_params(param_distributions=None)
        search.fit(X, Y)

        assert search.best_estimator_.rounds == 9

    def test_epochs(self):
        search = make(
            SGDClassifier(random_state=0),
            {"alpha": Float(1e-5, 1, log=True)},
            resource="epochs",
            max_resources=9,
        ).fit(X, Y)

        assert search.n_resources_ == [1, 3, 9]

        assert list(search.best_params_) == ["alpha"]

        assert search.best_estimator_.t_ == 1 + 9 * N

    def test_a_parameter_called_epochs_goes_first(self):
        class Deep(Knob):
            def __init__(self, level=0.5, epochs=1):
                super().__init__(level)
                self.epochs = epochs

        search = make(Deep(), resource="epochs", max_resources=9).fit(X, Y)

        assert search.best_params_["epochs"] == 9

    def test_where_all_fail_at_the_top_the_best_below_wins(self):
        class Tired(Patient):
            def fit(self, X, y=None):
                if self.rounds == 9:
                    msg = "too much"
                    raise RuntimeError(msg)
                return super().fit(X, y)

        search = make(Tired(), resource="rounds", max_resources=9, refit=False)
        with (
            pytest.warns(UserWarning, match="non-finite"),
            pytest.warns(FitFailedWarning, match="3 fits failed"),
        ):
            search.fit(X, Y)

        assert search.best_params_ == {"level": max(levels(search)), "rounds": 3}

    def test_a_better_score_with_less_is_not_the_best(self):
        search = make(scoring=lambda estimator, X, y: -float(len(X))).fit(X, Y)

        assert search.cv_results_["iter"][search.best_index_] == 2

        assert search.best_score_ == search.cv_results_["mean_test_score"].min()

    def test_too_few_rows_are_all_taken_at_once(self):
        search = make(n_candidates=3, min_resources="smallest").fit(X[:9], Y[:9])

        assert search.n_resources_ == [9]

        assert search.n_candidates_ == [3]


def grow(estimator=None, **words):
    """Return a search with 9, 3 and 1 candidates that get 1, 3 and 9 rounds."""
    Growing.grown.clear()
    words = {"resource": "n_estimators", "max_resources": 9, **words}
    return make(Growing() if estimator is None else estimator, **words)


class TestGoingOn:
    @pytest.fixture(autouse=True)
    def _leave_nothing_behind(self, tmp_path, monkeypatch):
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        yield
        assert list(tmp_path.glob("sksearch-*")) == []

    @pytest.mark.parametrize("words", [{}, {"asynchronous": True}, {"n_jobs": 2}])
    def test_a_rung_costs_the_difference(self, words):
        with joblib.parallel_config("threading"):
            grow(**words).fit(X, Y)

        # Three folds of 9, 3 and 1 candidates; and the last fit, from nothing.
        assert sorted(Growing.grown[:-1]) == sorted(27 * [1] + 9 * [2] + 3 * [6])

        assert Growing.grown[-1] == 9

    def test_in_brackets(self):
        search = grow(brackets="hyperband", refit=False).fit(X, Y)

        assert search.n_candidates_ == [9, 8, 6]

        # 9, 3, 1; then 5, 2; then 3 candidates.
        assert Counter(Growing.grown) == {1: 27, 2: 9, 6: 3 + 6, 3: 15, 9: 9}

    @pytest.mark.parametrize(
        "words", [{"continue_fits": False}, {"estimator": Locked()}], ids=str
    )
    def test_or_all_of_it(self, words):
        grow(**words, refit=False).fit(X, Y)

        assert Growing.grown == 27 * [1] + 9 * [3] + 3 * [9]

    def test_rungs_that_are_repeated_cost_nothing(self):
        grow(
            n_candidates=9,
            min_resources=3,
            aggressive_elimination=True,
            refit=False,
        ).fit(X, Y)

        assert Growing.grown == 27 * [3] + 3 * [6]

    def test_what_is_shown_is_what_was_given_in_all(self):
        estimator = Growing()
        search = grow(estimator).fit(X, Y)

        assert search.cv_results_["param_n_estimators"].tolist() == (
            9 * [1] + 3 * [3] + [9]
        )

        assert search.best_params_["n_estimators"] == 9

        assert search.best_estimator_.get_params() == {
            **estimator.get_params(),
            **search.best_params_,
        }

        assert search.best_estimator_.n_fits_ == 1

        assert vars(estimator) == vars(Growing())

    def test_the_same_on_any_backend(self):
        # The scores of models that went on are others than from nothing.
        searches = [grow(Growing(drift=0.1)).fit(X, Y)]
        for backend, n_jobs in (("threading", 2), ("threading", 3)):
            with joblib.parallel_config(backend):
                searches.append(grow(Growing(drift=0.1), n_jobs=n_jobs).fit(X, Y))
        scores = [s.cv_results_["mean_test_score"].tolist() for s in searches]

        assert scores[0] == scores[1] == scores[2]

        level = searches[0].best_params_["level"]

        assert searches[0].best_score_ == pytest.approx(level + 0.3)

    @pytest.mark.slow
    @pytest.mark.parametrize("backend", ["loky", "multiprocessing"])
    def test_in_processes(self, backend):
        alone = grow(Growing(drift=0.1)).fit(X, Y)
        with joblib.parallel_config(backend):
            found = grow(Growing(drift=0.1), n_jobs=2).fit(X, Y)

        assert (
            found.cv_results_["mean_test_score"].tolist()
            == alone.cv_results_["mean_test_score"].tolist()
        )

    @pytest.mark.parametrize(
        ("estimator", "space", "resource"),
        [
            (
                RandomForestClassifier(random_state=0),
                {"max_depth": Int(1, 9)},
                "n_estimators",
            ),
            (
                make_pipeline(
                    StandardScaler(), GradientBoostingClassifier(random_state=0)
                ),
                {"gradientboostingclassifier__learning_rate": Float(0.1, 1)},
                "gradientboostingclassifier__n_estimators",
            ),
            pytest.param(
                HistGradientBoostingClassifier(random_state=0),
                {"learning_rate": Float(0.01, 1, log=True)},
                "max_iter",
                marks=pytest.mark.slow,
            ),
            (
                SGDClassifier(random_state=0),
                {"alpha": Float(1e-5, 1, log=True)},
                "epochs",
            ),
        ],
        ids=["forest", "pipeline", "histograms", "epochs"],
    )
    def test_the_scores_are_those_of_one_fit(self, estimator, space, resource):
        words = {"resource": resource, "min_resources": 3, "max_resources": 9}
        words |= {"n_candidates": 3, "refit": False, "cv": 2}
        words["scoring"] = "neg_log_loss" if resource != "epochs" else None
        found, expected = (
            make(estimator, space, continue_fits=on, **words).fit(X, Y)
            for on in (True, False)
        )

        np.testing.assert_allclose(
            found.cv_results_["mean_test_score"],
            expected.cv_results_["mean_test_score"],
            rtol=1e-10,
        )

    def test_the_chosen_one_goes_on(self):
        options = Choice({"a": Option(Growing(), level=Float(0, 1))})
        grow(resource="estimator__n_estimators", refit=False).set_params(
            estimator=options, param_distributions=None
        ).fit(X, Y)

        assert Counter(Growing.grown) == {1: 27, 2: 9, 6: 3}

    def test_without_its_model_a_candidate_begins_anew(self, monkeypatch):
        monkeypatch.setattr(FoldModels, "load", lambda self, fold: None)
        grow(refit=False).fit(X, Y)

        assert Growing.grown == 27 * [1] + 9 * [3] + 3 * [9]

    @pytest.mark.skipif(
        not hasattr(HalvingSearchCV, "set_callbacks"), reason="since scikit-learn 1.9"
    )
    def test_estimators_with_callbacks_begin_anew(self):
        class Listener:
            def setup(self, *args, **kwargs):
                pass

            on_fit_task_begin = on_fit_task_end = teardown = setup

        estimator = Growing()
        estimator._skl_callbacks = [Listener()]
        grow(estimator, refit=False).fit(X, Y)

        assert Growing.grown == 27 * [1] + 9 * [3] + 3 * [9]

    def test_where_going_on_fails_a_candidate_begins_anew(self):
        class Proud(Growing):
            def fit(self, X, y=None):
                if self.warm_start:
                    msg = "not in this way"
                    raise RuntimeError(msg)
                return super().fit(X, y)

        grow(Proud(), refit=False, error_score="raise").fit(X, Y)

        assert Growing.grown == 27 * [1] + 9 * [3] + 3 * [9]

    @pytest.mark.filterwarnings("ignore:One or more of the")
    @pytest.mark.filterwarnings("ignore::sklearn.exceptions.FitFailedWarning")
    def test_a_failed_rung_has_no_model(self):
        class Late(Growing):
            def fit(self, X, y=None):
                if self.n_estimators == 1:
                    msg = "not enough"
                    raise RuntimeError(msg)
                return super().fit(X, y)

        grow(Late(), refit=False).fit(X, Y)

        # One fit with all there is has told that it is not in vain.
        assert Growing.grown == [9] + 9 * [3] + 3 * [6]

    @pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
    def test_nothing_stays_behind(self, error, tmp_path):
        class Breaking(Growing):
            def fit(self, X, y=None):
                if self.n_estimators == 3:
                    assert len(list(tmp_path.rglob("*.model"))) == 9

                    raise error
                return super().fit(X, y)

        search = grow(Breaking(), error_score="raise", continue_fits=True, refit=False)
        if error is KeyboardInterrupt:
            with pytest.warns(UserWarning, match="Interrupted"):
                search.fit(X, Y)
        else:
            with pytest.raises(error):
                search.fit(X, Y)

    def test_no_files_where_none_are_of_use(self, monkeypatch):
        def save(*args):
            raise AssertionError

        monkeypatch.setattr(FoldModels, "save", save)
        make(n_candidates=3).fit(X, Y)
        make(Patient(), n_candidates=3, resource="rounds", max_resources=3).fit(X, Y)
        grow(continue_fits=False).fit(X, Y)
        grow(n_candidates=1, min_resources=9).fit(X, Y)


class TestSelection:
    @pytest.mark.parametrize("metric", ["up", "down"])
    def test_the_metric_of_refit_drives(self, metric):
        search = make(scoring=two_metrics, refit=metric).fit(X, Y)
        extreme = {"up": max, "down": min}[metric]

        assert search.best_params_["level"] == extreme(levels(search))

        assert search.cv_results_["iter"][search.best_index_] == 2

    def test_a_callable_may_choose_any_row(self):
        search = make(refit=lambda results: 4).fit(X, Y)

        assert search.best_index_ == 4

    @pytest.mark.filterwarnings("ignore:One or more of the")
    @pytest.mark.filterwarnings("ignore::sklearn.exceptions.FitFailedWarning")
    def test_failures_are_not_promoted(self):
        space = {"mood": ["fit fails", "good"], "level": Float(0, 1)}
        search = make(Sturdy(), space).fit(ROWS, Y)
        moods = search.cv_results_["param_mood"]

        assert set(moods[search.cv_results_["iter"] > 0]) == {"good"}

    def test_callbacks_see_the_rungs(self):
        records = []
        search = make(callbacks=records.append).fit(X, Y)

        assert [r.rung for r in records] == search.cv_results_["iter"].tolist()

        assert [r.number for r in records] == list(range(13))

        assert records[-1].best_number == search.best_index_

    def test_a_callback_stops_it(self):
        search = make(callbacks=lambda r: r.rung == 1).fit(X, Y)

        assert search.n_candidates_ == [9, 1]

        assert search.best_index_ == 9

    def test_a_timeout_stops_it(self):
        start = time.monotonic()
        search = make(
            Slow(seconds=0.02), n_candidates=10_000, min_resources=6, timeout=0.3
        ).fit(X, Y)

        assert time.monotonic() - start < 20

        assert 1 <= sum(search.n_candidates_) < 100

    def test_initial_points_come_first(self):
        points = [{"level": 1.0}, {"level": 0.25}]
        search = make(initial_points=points).fit(X, Y)

        assert levels(search)[:2] == [1.0, 0.25]

        assert search.best_params_ == {"level": 1.0}


class TestParallel:
    WORDS = ({}, {"asynchronous": True}, {"brackets": "hyperband"}, {"sampler": "tpe"})

    @pytest.mark.parametrize("words", WORDS, ids=str)
    def test_timing_makes_no_difference(self, words):
        found = set()
        for n_jobs in (2, 3):
            with joblib.parallel_config("threading"):
                search = make(Erratic(), n_candidates=12, n_jobs=n_jobs, **words)
                search.fit(X, Y)
            found.add(
                (tuple(levels(search)), tuple(search.cv_results_["iter"].tolist()))
            )

        assert len(found) == 1

    @pytest.mark.slow
    @pytest.mark.parametrize("resource", ["n_samples", "n_estimators"])
    def test_backends_find_the_same(self, resource):
        found = []
        for backend in ("threading", "loky"):
            search = make(
                RandomForestClassifier(n_estimators=2, random_state=0),
                {"max_depth": Int(1, 9)},
                n_candidates=6,
                resource=resource,
                min_resources=12,
                max_resources=36,
                n_jobs=2,
            )
            with joblib.parallel_config(backend):
                search.fit(X, Y)
            found.append(search.cv_results_["mean_test_score"].tolist())

        assert len(found[0]) == 8

        assert found[0] == found[1]


class TestSchedules:
    def test_hyperband(self):
        search = make(brackets="hyperband").fit(X, Y)

        # 9, 3, 1; then 5, 2; then 3.
        assert search.n_candidates_ == [9, 8, 6]

        assert search.cv_results_["bracket"].tolist() == [0] * 13 + [1] * 7 + [2] * 3

        assert search.best_params_["level"] == max(levels(search))

    def test_two_brackets(self):
        search = make(brackets=2).fit(X, Y)

        assert set(search.cv_results_["bracket"]) == {0, 1}

    def test_one_bracket_is_not_worth_a_column(self):
        assert "bracket" not in make().fit(X, Y).cv_results_

    def test_more_brackets_than_rungs(self):
        with pytest.raises(ResourceError, match=r"brackets=4.*from 1 to 3"):
            make(brackets=4).fit(X, Y)

    def test_asynchronous(self):
        search = make(asynchronous=True, n_candidates=27, min_resources=6)
        search.fit(X, Y)
        rungs = search.cv_results_["iter"].tolist()

        assert search.n_candidates_ == [27, 9, 3, 1]

        assert rungs != sorted(rungs)  # somebody went up before all were down

        assert search.best_params_["level"] == max(levels(search))

    @pytest.mark.parametrize(
        ("words", "n_candidates"),
        [({"brackets": 2}, [27, 21, 7, 3]), ({"n_full": 4}, [27, 9, 3, 5])],
    )
    def test_asynchronous_with_more_than_a_halving_run(self, words, n_candidates):
        words = {"n_candidates": 27, "min_resources": 6, **words}
        with_barriers = make(**words).fit(X, Y)
        search = make(asynchronous=True, **words).fit(X, Y)
        first = search.cv_results_["bracket"] == 0
        rungs = search.cv_results_["iter"][first].tolist()

        assert search.n_candidates_ == with_barriers.n_candidates_ == n_candidates

        assert rungs != sorted(rungs)


class TestFull:
    def test_candidates_that_get_everything_at_once(self):
        search = make(n_full=4, sampler="gp").fit(X, Y)

        assert search.n_candidates_ == [9, 3, 5]

        assert search.cv_results_["bracket"].tolist() == [0] * 13 + [1] * 4

        assert search.cv_results_["n_resources"][-4:].tolist() == [180] * 4

    def test_the_process_goes_on_from_the_halving_run(self):
        search = make(n_full=6, sampler="gp").fit(X, Y)
        rungs = search.cv_results_["bracket"]

        assert max(np.array(levels(search))[rungs == 1]) > 0.99

        assert search.best_params_["level"] > 0.99

    def test_timing_makes_no_difference(self):
        found = set()
        for n_jobs in (2, 3, 2):
            with joblib.parallel_config("threading"):
                search = make(Erratic(), n_full=4, sampler="gp", n_jobs=n_jobs)
                search.fit(X, Y)
            found.add(tuple(levels(search)))

        assert len(found) == 1

    def test_a_finite_space_is_used_up(self):
        space = {"level": [0.1, 0.2, 0.3, 0.4]}
        with pytest.warns(SpaceExhaustedWarning):
            search = make(space=space, n_full=4, sampler="gp").fit(X, Y)

        assert search.best_params_ == {"level": 0.4}

    @pytest.mark.parametrize("words", [{"brackets": 2}, {"brackets": "hyperband"}])
    def test_takes_one_bracket(self, words):
        with pytest.raises(ValueError, match="n_full=3 takes one bracket"):
            make(n_full=3, **words).fit(X, Y)


class TestSamplers:
    @pytest.mark.parametrize(
        ("name", "kind"),
        [("random", RandomSampler), ("tpe", TPESampler), ("gp", GPSampler)],
    )
    def test_it_is_told_all_rungs(self, name, kind, monkeypatch):
        made = []

        class Watched(kind):
            def __init__(self, *args, **words):
                super().__init__(*args, **words)
                made.append(self)

        monkeypatch.setitem(_halving_parameters.SAMPLERS, name, Watched)
        search = make(
            Patient(),
            sampler=name,
            resource="rounds",
            max_resources=9,
            asynchronous=True,
            n_candidates=27,
        ).fit(X, Y)
        [sampler] = made
        told = {(t.number, t.resource) for t in sampler.history.observations}

        assert len({resource for _, resource in told}) > 1

        assert len(told) == len(sampler.history.observations)

        assert search.best_params_["level"] > 0.8

    def test_settings(self):
        make(sampler="tpe", sampler_params={"n_startup": 2}).fit(X, Y)

        with pytest.raises(TypeError, match="unknown setting 'n_startup'"):
            make(sampler="random", sampler_params={"n_startup": 2}).fit(X, Y)


class TestFiniteSpaces:
    def test_a_small_space_is_tried_completely(self):
        space = {"level": [0.1, 0.2, 0.3]}
        with pytest.warns(SpaceExhaustedWarning, match="only 3 .*n_candidates=9"):
            search = make(space=space).fit(X, Y)

        assert search.n_candidates_ == [3, 1]

        assert search.n_resources_ == [60, 180]

    def test_exhaust_is_no_number_and_no_reason_to_warn(self):
        search = make(
            space={"level": [0.1, 0.2, 0.3]},
            n_candidates="exhaust",
            min_resources="smallest",
        ).fit(X, Y)

        assert search.n_candidates_ == [3, 1]

    def test_brackets_share_the_space(self):
        space = {"level": [i / 10 for i in range(10)]}
        with pytest.warns(SpaceExhaustedWarning, match="only 10 configurations"):
            search = make(space=space, brackets="hyperband").fit(X, Y)

        assert search.best_params_ == {"level": 0.9}


@pytest.mark.usefixtures("no_fit")
class TestBadInput:
    @pytest.mark.parametrize(
        ("words", "message"),
        [
            ({"factor": 1}, "'factor' parameter.*Got 1"),
            ({"factor": 0.5}, "'factor' parameter.*Got 0.5"),
            ({"n_candidates": "all"}, "'n_candidates' parameter.*Got 'all'"),
            ({"min_resources": 0}, "'min_resources' parameter.*Got 0"),
            ({"max_resources": "all"}, "'max_resources' parameter.*Got 'all'"),
            ({"min_resources": 9, "max_resources": 8}, "9 is greater than.*8"),
            (
                {"min_resources": 9, "max_resources": 999},
                "999 .*samples, 180",
            ),
            ({"n_candidates": "exhaust"}, "cannot be both set to 'exhaust'"),
            (
                {"n_candidates": "exhaust", "space": {"level": [0, 1]}},
                "HalvingGridSearchCV does, write n_candidates=2[.]",
            ),
            ({"resource": 3}, "'resource' parameter"),
            (
                {"resource": "epochs", "max_resources": 9},
                "resource=epochs.*Counting.*no partial_fit",
            ),
            ({"resource": "levle", "max_resources": 9}, "resource=levle.*'level'"),
            ({"resource": "level", "max_resources": 9}, "part of the searched"),
            ({"sampler": "grid"}, "'sampler' parameter.* 'tpe', or .* got 'grid'"),
            ({"brackets": 0}, "'brackets' parameter.*Got 0"),
            ({"brackets": "all"}, "'brackets' parameter.*Got 'all'"),
            ({"asynchronous": "yes"}, "'asynchronous' parameter"),
            ({"cv": ShuffleSplit(3)}, "must yield consistent folds"),
        ],
        ids=str,
    )
    def test_parameters(self, words, message):
        with pytest.raises(ValueError, match=f"(?s){message}"):
            make(Counting(), **words).fit(X, Y)

    def test_only_rows_know_how_many_there_are(self):
        search = make(Counting(), {"seconds": [0]}, resource="level")

        with pytest.raises(ValueError, match="'seconds'"):
            search.fit(X, Y)

        with pytest.raises(ValueError, match="resource can only be 'n_samples'"):
            make(Counting(), {}, resource="level").set_params(
                param_distributions={}
            ).fit(X, Y)

    def test_a_resource_that_an_option_does_not_have(self):
        options = Choice({"a": Counting(), "b": Ridge()})

        with pytest.raises(ResourceError, match=r"not supported by.*option 'b'"):
            make(options, resource="estimator__level", max_resources=9).set_params(
                param_distributions=None
            ).fit(X, Y)
