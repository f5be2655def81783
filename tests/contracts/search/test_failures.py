"""What fails in fits and scores, in every face."""

from __future__ import annotations

import math
import warnings

import joblib
import pytest
from faces import LEVEL
from sklearn.exceptions import FitFailedWarning
from sklearn.metrics import make_scorer
from sklearn.model_selection import KFold
from stand_ins import Sturdy, fragile_metrics, rows


@pytest.mark.filterwarnings("ignore:(?s)Scoring failed")
@pytest.mark.filterwarnings("ignore:One or more of the test scores are non-finite")
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.FitFailedWarning")
class TestFailures:
    MOODS = (
        "fit fails",
        "score fails",
        "nan",
        "nan once",
        "-inf",
        "inf, -inf",
        "text",
        "none",
        "array",
    )

    @pytest.mark.parametrize("n_jobs", [1, 2])
    @pytest.mark.parametrize("mood", MOODS)
    def test_one_bad_candidate_costs_one_candidate(self, face, mood, n_jobs):
        space = {"mood": ["good", mood, "fine", "well"]}
        with joblib.parallel_config("threading"):
            search = face(
                Sturdy(), space, n_iter=4, cv=KFold(2), initial_points=(), n_jobs=n_jobs
            ).fit(*rows())
        ranks = dict(
            zip(
                search.cv_results_["param_mood"],
                search.cv_results_["rank_test_score"],
                strict=True,
            )
        )

        assert ranks == {"good": 1, "fine": 1, "well": 1, mood: 4}

        assert search.best_params_["mood"] != mood

        assert search.best_score_ == 0.5

    @pytest.mark.parametrize("mood", ["fit fails", "text"])
    def test_a_number_as_error_score(self, face, mood):
        search = face(
            Sturdy(), {"mood": [mood, "good"]}, n_iter=2, error_score=-3.0
        ).fit(*rows())
        scores = dict(
            zip(
                search.cv_results_["param_mood"],
                search.cv_results_["mean_test_score"],
                strict=True,
            )
        )

        assert scores == {"good": 0.5, mood: -3.0}

    @pytest.mark.parametrize("n_jobs", [1, 2])
    @pytest.mark.parametrize("mood", ["fit fails", "score fails"])
    def test_errors_raise_where_they_shall(self, face, mood, n_jobs):
        search = face(
            Sturdy(),
            {"mood": ["good", mood]},
            n_iter=2,
            error_score="raise",
            n_jobs=n_jobs,
        )
        with (
            joblib.parallel_config("threading"),
            pytest.raises(RuntimeError, match="in this mood"),
        ):
            search.fit(*rows())

        assert not hasattr(search, "cv_results_")

    @pytest.mark.parametrize("error_score", [math.nan, 0.0], ids=["nan", "number"])
    def test_when_all_fail(self, face, error_score):
        search = face(Sturdy(mood="fit fails"), LEVEL, error_score=error_score)

        # With a number for failures nobody knows that they are failures.
        n = 10 if error_score == 0.0 else r"[2-6]"
        with pytest.raises(ValueError, match=f"All the ({n}) fits failed") as caught:
            search.fit(*rows())

        assert str(caught.value).startswith("RuntimeError: no fit in this mood\n")

    def test_failures_are_judged_once_for_the_whole_search(self, face):
        space = {"mood": ["fit fails", "good"], "level": [0.1, 0.2, 0.3]}
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            face(Sturdy(), space, n_iter=6).fit(*rows())
        kinds = [w.category for w in caught]

        assert kinds.count(FitFailedWarning) == 1

        [failed] = [w for w in caught if w.category is FitFailedWarning]

        assert "6 fits failed out of a total of 12" in str(failed.message)

        assert sum("non-finite" in str(w.message) for w in caught) == 1

    @pytest.mark.parametrize("first", ["good", "other"])
    def test_a_callable_with_many_metrics_fails_for_one_candidate(self, face, first):
        space = {"mood": ["good", "other"], "level": [0.25, 0.5]}
        search = face(
            Sturdy(mood=first),
            space,
            n_iter=4,
            scoring=fragile_metrics,
            refit="up",
        ).fit(*rows())

        assert search.best_params_ == {"mood": "good", "level": 0.5}

        assert search.best_score_ == 0.5

    def test_a_metric_that_fails_for_one_candidate(self, face):
        scoring = {
            "up": make_scorer(lambda y, p: 0.5),
            "fragile": level_or_failure,
        }
        search = face(
            Sturdy(),
            {"mood": ["good", "other"]},
            n_iter=2,
            scoring=scoring,
            refit="fragile",
        ).fit(*rows())

        assert search.best_params_ == {"mood": "good"}

        assert search.cv_results_["mean_test_up"].tolist() == [0.5, 0.5]


def level_or_failure(estimator, X, y):
    return fragile_metrics(estimator, X, y)["up"]
