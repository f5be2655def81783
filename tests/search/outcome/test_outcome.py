"""Tests of what is on a search when it has ended, above all with an error."""

import warnings
from decimal import Decimal
from fractions import Fraction

import joblib
import numpy as np
import pytest
from sklearn.model_selection import cross_val_score
from stand_ins import Growing, Interrupting, Knob, Sturdy, data, two_metrics

from sksearch import BayesSearchCV, Float, HalvingSearchCV, TPESearchCV
from sksearch.exceptions import SpaceExhaustedWarning

X, Y = data()
LEVELS = [0.1, 0.2, 0.3, 0.4]
FACES = [TPESearchCV, HalvingSearchCV]


def search_over(values, name="level", estimator=None, face=TPESearchCV, **words):
    words = {"cv": 2, "random_state": 0, "initial_points": (), **words}
    if face is HalvingSearchCV:
        words = {"n_candidates": len(values), "factor": 2, **words}
    else:
        words = {"n_iter": len(values), **words}
    return face(estimator or Knob(), {name: values}, **words)


def scores_of(values, **words):
    """Return a search in which each level has a score of its own."""
    known = dict(zip(LEVELS, values, strict=True))
    return search_over(
        LEVELS, scoring=lambda estimator, X, y: known[estimator.level], **words
    )


def kept(search):
    return {"cv_results_", "failures_", "scorer_"} <= set(vars(search))


@pytest.mark.parametrize("face", FACES)
class TestRefitByAFunction:
    def test_that_raises(self, face):
        def choose(results):
            raise ZeroDivisionError

        search = search_over(LEVELS, face=face, refit=choose)
        with pytest.raises(ZeroDivisionError):
            search.fit(X, Y)

        assert kept(search)

        assert not hasattr(search, "best_index_")

    @pytest.mark.parametrize(
        ("index", "error"),
        [
            (1.0, TypeError),
            ("1", TypeError),
            (None, TypeError),
            (99, IndexError),
            (-1, IndexError),
        ],
    )
    def test_that_returns_no_row(self, face, index, error):
        search = search_over(LEVELS, face=face, refit=lambda results: index)
        with pytest.raises(error, match="best_index_"):
            search.fit(X, Y)

        assert kept(search)


class TestErrorsAfterTheFits:
    @pytest.mark.parametrize("refit", [True, "upp"])
    def test_a_dict_of_scores_and_no_metric_named(self, refit):
        """It is known after the first candidate."""
        search = search_over(LEVELS, scoring=two_metrics, refit=refit)
        with pytest.raises(ValueError, match="The metrics are 'up', 'down': write"):
            search.fit(X, Y)

        assert len(search.cv_results_["params"]) == 1

    def test_the_last_fit(self):
        class Fragile(Knob):
            def fit(self, X, y=None):
                if len(X) == len(Y):
                    msg = "too many rows"
                    raise RuntimeError(msg)
                return super().fit(X, y)

        search = search_over(LEVELS, estimator=Fragile())
        with pytest.raises(RuntimeError, match="too many rows"):
            search.fit(X, Y)

        assert kept(search)

        assert search.best_params_ == {"level": 0.4}

    def test_nothing_of_an_earlier_fit_stays_beside_new_tables(self):
        search = search_over(LEVELS, return_oof=True).fit(X, Y)
        search.set_params(refit=lambda results: 99, return_oof=False)
        with pytest.raises(IndexError):
            search.fit(X, Y)

        left = {name for name in vars(search) if name.startswith(("best_", "oof_"))}
        assert left == set()

        assert not hasattr(search, "refit_time_")

    @pytest.mark.parametrize("face", FACES)
    def test_the_rungs_are_told_too(self, face):
        search = search_over(LEVELS, face=face, refit=lambda results: 99)
        with pytest.raises(IndexError):
            search.fit(X, Y)

        assert hasattr(search, "n_resources_") == (face is HalvingSearchCV)


class TestWarningsAsErrors:
    """All is done and kept, and then the warning is raised."""

    @staticmethod
    def raised(search, kind):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with pytest.raises(kind) as caught:
                search.fit(X, Y)

        assert kept(search)

        assert search.best_estimator_.level == search.best_params_.get("level", 0.5)

        return str(caught.value)

    @pytest.mark.parametrize("n_jobs", [1, 2])
    def test_a_space_that_is_used_up(self, n_jobs):
        search = search_over(LEVELS, n_iter=9, n_jobs=n_jobs)
        with joblib.parallel_config("threading"):
            self.raised(search, SpaceExhaustedWarning)

        assert len(search.cv_results_["params"]) == 4

    @pytest.mark.parametrize("face", FACES)
    @pytest.mark.parametrize(
        ("mood", "words"),
        [
            ("fit fails", "fits failed out of"),
            ("score fails", "Scoring failed"),
            ("nan", "non-finite"),
            ("inf, -inf", "non-finite"),
        ],
    )
    def test_failures(self, face, mood, words):
        values = ["good", mood, "well"]
        search = search_over(values, "mood", Sturdy(), face)
        if mood == "inf, -inf":
            search.set_params(scoring=lambda e, X, y: -np.inf if e.mood == mood else 1)

        assert words in self.raised(search, Warning)

        assert len(search.cv_results_["params"]) >= 3

    def test_a_callback(self):
        def broken(record):
            raise LookupError

        message = self.raised(search_over(LEVELS, callbacks=broken), UserWarning)

        assert "broken raised LookupError" in message

    def test_ctrl_c(self):
        search = search_over(
            LEVELS, estimator=Interrupting(at=0.3), initial_points=POINTS, refit=True
        )
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with pytest.raises(UserWarning, match="Interrupted: 2 candidates"):
                search.fit(X, Y)

        assert search.cv_results_["mean_test_score"].tolist() == [0.1, 0.2]


POINTS = [{"level": level} for level in LEVELS]


class TestCallbacks:
    @pytest.mark.parametrize("face", FACES)
    @pytest.mark.parametrize("error", [LookupError("why"), AssertionError(), Warning()])
    def test_one_that_raises_costs_itself(self, face, error):
        def broken(record):
            raise error

        seen = []
        search = search_over(LEVELS, face=face, callbacks=[broken, seen.append])
        with pytest.warns(UserWarning, match=f"broken raised {type(error).__name__}"):
            search.fit(X, Y)

        assert len(seen) == len(search.cv_results_["params"])

        assert search.best_estimator_.level == 0.4

    @pytest.mark.parametrize("face", FACES)
    def test_a_keyboard_interrupt_is_a_ctrl_c(self, face):
        def press(record):
            if record.number == 1:
                raise KeyboardInterrupt

        search = search_over(LEVELS, face=face, callbacks=press)
        with pytest.warns(UserWarning, match="Interrupted: 2 candidates? finished"):
            search.fit(X, Y)

        assert len(search.cv_results_["params"]) == 2

        assert hasattr(search, "best_estimator_")


class TestInfinity:
    @pytest.mark.parametrize("face", FACES)
    @pytest.mark.filterwarnings("ignore:.*non-finite")
    def test_is_the_best(self, face):
        search = scores_of([0.1, np.inf, 0.3, -np.inf], face=face).fit(X, Y)

        assert search.best_params_ == {"level": 0.2}

        assert search.best_score_ == np.inf

    @pytest.mark.filterwarnings("ignore:.*non-finite")
    def test_ranks_of_all_that_is_not_finite(self):
        records = []
        search = scores_of([-np.inf, np.inf, 0.3, np.nan], callbacks=records.append)
        search.set_params(initial_points=POINTS).fit(X, Y)

        assert search.cv_results_["rank_test_score"].tolist() == [3, 1, 2, 4]

        assert [r.best_number for r in records] == [0, 1, 1, 1]

    @pytest.mark.parametrize("face", [TPESearchCV, BayesSearchCV])
    @pytest.mark.filterwarnings("ignore:.*non-finite")
    def test_samplers_go_on(self, face):
        def score(estimator, X, y):
            return np.inf if 0.4 < estimator.level < 0.6 else estimator.level

        search = face(Knob(), {"level": Float(0, 1)}, n_iter=20, cv=2, random_state=0)
        search.set_params(scoring=score).fit(X, Y)

        assert search.best_score_ == np.inf


class TestNoScoreAtAll:
    @pytest.mark.parametrize("face", FACES)
    @pytest.mark.parametrize("refit", [True, False])
    @pytest.mark.parametrize(
        "score",
        [np.nan, "text", None, 1j, {}, 10**400],
        ids=["nan", "text", "none", "complex", "empty dict", "huge"],
    )
    def test_it_raises_and_keeps(self, face, refit, score):
        search = scores_of([score] * 4, face=face, refit=refit)
        with pytest.raises(ValueError, match=r"nan|must return a number"):
            search.fit(X, Y)

        assert kept(search)

        assert not hasattr(search, "best_index_")

    @pytest.mark.filterwarnings("ignore:.*non-finite")
    def test_minus_infinity_is_one(self):
        search = scores_of([-np.inf, np.nan, -np.inf, np.nan]).fit(X, Y)

        assert search.best_score_ == -np.inf

    @pytest.mark.filterwarnings("ignore:.*non-finite")
    def test_a_function_may_choose_all_the_same(self):
        search = scores_of([np.nan] * 4, refit=lambda results: 2).fit(X, Y)

        assert search.best_index_ == 2

    def test_on_the_last_rung_the_one_below_counts(self):
        search = search_over(
            [0.1, 0.2, 0.3, 0.4],
            estimator=Growing(),
            face=HalvingSearchCV,
            resource="n_estimators",
            min_resources=1,
            max_resources=4,
            scoring=lambda e, X, y: np.nan if e.n_estimators == 4 else e.level,
        )
        with pytest.warns(UserWarning, match="non-finite"):
            search.fit(X, Y)

        assert np.isfinite(search.best_score_)

    @pytest.mark.filterwarnings("ignore::UserWarning")
    def test_with_a_number_for_failures_it_is_as_in_scikit_learn(self):
        search = search_over(LEVELS, scoring=lambda e, X, y: 1 / 0, error_score=-3.0)

        assert search.fit(X, Y).best_score_ == -3.0


class TestKindsOfScores:
    @pytest.mark.parametrize("n_jobs", [1, 2])
    @pytest.mark.parametrize(
        "score",
        [
            0.25,
            np.float32(0.25),
            np.array(0.25),
            np.array([0.25]),
            Decimal("0.25"),
            Fraction(1, 4),
            {"score": 0.25},
            {"score": np.array(0.25)},
        ],
        ids=["float", "single", "0-d", "1-d", "decimal", "fraction", "dict", "both"],
    )
    def test_are_numbers(self, score, n_jobs):
        search = search_over(LEVELS, scoring=lambda e, X, y: score, n_jobs=n_jobs)
        with joblib.parallel_config("threading"):
            search.fit(X, Y)

        assert search.cv_results_["mean_test_score"].tolist() == [0.25] * 4

        assert float(search.score(X, Y)) == 0.25

        assert np.ndim(search.score(X, Y)) == 0

    @pytest.mark.parametrize("names", [["score"], ["acc"], ["acc", "other"]])
    @pytest.mark.parametrize("refit", ["named", "function"])
    def test_dicts(self, names, refit):
        def scoring(estimator, X, y):
            values = {"acc": estimator.level, "score": estimator.level, "other": -1.0}
            return {name: values[name] for name in names}

        chosen = names[0] if refit == "named" else lambda results: 3
        search = search_over(LEVELS, scoring=scoring, refit=chosen)
        search.set_params(initial_points=POINTS).fit(X, Y)

        assert search.best_index_ == 3

        assert search.score(X, Y) == 0.4

        assert cross_val_score(search, X, Y, cv=2).tolist() == [0.4, 0.4]
