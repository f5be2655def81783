"""What every face tries first."""

from __future__ import annotations

import joblib
import pytest
from faces import CHOICE, LEVEL, MIXED, X, Y, mixed_pipeline
from sklearn.naive_bayes import GaussianNB
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier
from stand_ins import Knob, Slow

from sksearch import Float


class TestInitialPoints:
    @pytest.mark.parametrize("n_jobs", [1, 2])
    def test_the_estimators_own_settings_come_first(self, face, n_jobs):
        space = {"level": Float(0, 1)}
        with joblib.parallel_config("threading"):
            search = face(Knob(0.125), space, n_jobs=n_jobs).fit(X, Y)

        assert search.cv_results_["params"][0] == {"level": 0.125}

    def test_each_option_comes_soon_after_them(self, face):
        search = face(mixed_pipeline(), MIXED, n_iter=8, initial_points="default")
        search.fit(X, Y)
        first = search.cv_results_["params"][:5]

        assert [type(value) for value in first[0].values()] == [
            StandardScaler,
            GaussianNB,
        ]

        assert {type(p["clf"]) for p in first} == {
            SVC,
            DecisionTreeClassifier,
            GaussianNB,
        }

    def test_settings_outside_of_the_space_are_not_tried(self, face):
        search = face(Knob(5.0), LEVEL).fit(X, Y)

        assert max(search.cv_results_["param_level"]) <= 1

    @pytest.mark.parametrize("points", [(), [], None], ids=repr)
    def test_none_at_all(self, face, points):
        search = face(Knob(0.125), LEVEL, initial_points=points).fit(X, Y)

        assert 0.125 not in list(search.cv_results_["param_level"])

    def test_the_users_own(self, face):
        points = [{"level": 0.75}, {"level": 0.25}]
        search = face(Knob(0.125), LEVEL, initial_points=points).fit(X, Y)

        assert search.cv_results_["params"][:2] == points

        assert len(search.cv_results_["params"]) == 5

    def test_more_than_n_iter(self, face):
        points = [{"level": level / 10} for level in range(8)]
        search = face(Knob(), LEVEL, initial_points=points, n_iter=3).fit(X, Y)

        assert search.cv_results_["params"] == points[:3]

    def test_what_is_left_out_is_the_estimators_own_setting(self, face):
        space = {"level": Float(0, 1), "seconds": [0.0, 0.001]}
        search = face(
            Slow(0.125, seconds=0.001), space, initial_points=[{"seconds": 0.0}]
        ).fit(X, Y)

        assert search.cv_results_["params"][0] == {"level": 0.125, "seconds": 0.0}

    def test_options_by_their_labels(self, face):
        points = [{"clf": "tree", "clf__max_depth": 3, "scale": "passthrough"}]
        search = face(mixed_pipeline(), MIXED, initial_points=points, n_iter=2).fit(
            X, Y
        )
        first = search.cv_results_["params"][0]

        assert isinstance(first["clf"], DecisionTreeClassifier)

        assert first["clf__max_depth"] == 3

        assert first["scale"] == "passthrough"

    def test_estimators_of_a_choice_by_their_labels(self, face):
        points = [{"estimator": "tree", "estimator__max_depth": 2}]
        search = face(CHOICE, None, initial_points=points, n_iter=2)
        search.fit(X, Y)

        assert isinstance(
            search.cv_results_["params"][0]["estimator"], DecisionTreeClassifier
        )

        assert search.cv_results_["params"][0]["estimator__max_depth"] == 2
