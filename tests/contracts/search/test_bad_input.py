"""What every face refuses before the first fit."""

from __future__ import annotations

import math

import numpy as np
import pytest
from faces import LEVEL, X, Y
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import Pipeline
from sklearn.svm import SVC
from stand_ins import Counting

from sksearch import Choice, Option
from sksearch.exceptions import SpaceError


@pytest.mark.usefixtures("no_fit")
class TestBadInput:
    @pytest.mark.parametrize(
        ("words", "error", "message"),
        [
            ({"n_iter": 0}, ValueError, "'n_iter' parameter.*Got 0"),
            ({"n_iter": -1}, ValueError, "'n_iter' parameter.*Got -1"),
            ({"n_iter": "5"}, ValueError, "'n_iter' parameter.*Got '5'"),
            ({"n_iter": 2.5}, ValueError, "'n_iter' parameter.*Got 2.5"),
            ({"scoring": "acuracy"}, ValueError, "'acuracy'.*'accuracy'"),
            ({"scoring": ["f1", "acuracy"], "refit": "f1"}, ValueError, "'accuracy'"),
            ({"scoring": {"a": "acuracy"}, "refit": "a"}, ValueError, "'accuracy'"),
            ({"scoring": 3}, ValueError, "'scoring' parameter"),
            ({"cv": "kfold"}, ValueError, "cv.*'?kfold"),
            ({"cv": 1}, ValueError, "'cv' parameter|n_splits=1"),
            ({"cv": 500}, ValueError, "n_splits=500"),
            ({"cv": []}, ValueError, "No fits were performed"),
            ({"n_jobs": "2"}, ValueError, "'n_jobs' parameter"),
            ({"timeout": 0}, ValueError, "'timeout' parameter"),
            ({"timeout": -1.0}, ValueError, "'timeout' parameter"),
            ({"timeout": "1h"}, ValueError, "'timeout' parameter"),
            ({"error_score": "ignore"}, ValueError, "'error_score' parameter"),
            ({"random_state": "0"}, ValueError, "'random_state' parameter"),
            ({"refit": 3}, ValueError, "'refit' parameter"),
            ({"verbose": -1}, ValueError, "'verbose' parameter"),
            (
                {"sampler_params": {"unknown": 1}},
                TypeError,
                "unknown setting 'unknown'",
            ),
            ({"sampler_params": {"random_state": 1}}, TypeError, "'random_state'"),
            ({"sampler_params": [1]}, ValueError, "'sampler_params' parameter"),
            ({"callbacks": 3}, TypeError, "'callbacks' parameter.*got 3"),
            ({"callbacks": "print"}, TypeError, "'callbacks' parameter.*got 'print'"),
            ({"callbacks": [print, 3]}, TypeError, "'callbacks' parameter.*got 3"),
            ({"initial_points": "none"}, ValueError, "'initial_points' parameter"),
            ({"initial_points": 3}, ValueError, "'initial_points' parameter"),
            ({"initial_points": [3]}, SpaceError, "must be a dict.*got 3"),
            ({"initial_points": {"level": 1}}, SpaceError, "must be a dict"),
            ({"initial_points": [{"level": 7.0}]}, SpaceError, "level=7.0 is not in"),
            ({"initial_points": [{"level": "x"}]}, SpaceError, "level='x' is not in"),
            ({"initial_points": [{"levle": 0.5}]}, SpaceError, "(?i)'levle'.*'level'"),
            (
                {"initial_points": [{"level": 0.5}, {"level": math.nan}]},
                SpaceError,
                "level=nan is not in",
            ),
        ],
        ids=str,
    )
    def test_parameters(self, face, words, error, message):
        message = message.replace("n_iter", face.budget)
        with pytest.raises(error, match=f"(?s){message}"):
            face(Counting(), LEVEL, **words).fit(X, Y)

    @pytest.mark.parametrize("n_jobs", [0])
    def test_no_jobs(self, face, n_jobs):
        with pytest.raises(ValueError, match=r"got 0\. Write n_jobs=1"):
            face(Counting(), LEVEL, n_jobs=n_jobs).fit(X, Y)

    @pytest.mark.parametrize(
        ("space", "message"),
        [
            ({"levle": [1]}, "'levle'.*is not a parameter of Counting.*'level'"),
            ({"level__C": [1]}, "level__C"),
            ({"level": 3}, "level"),
            ({"level": "abc"}, "level"),
            ({"level": []}, "level"),
            ({"level": np.ones((2, 2))}, "level"),
            ({3: [1]}, "3"),
            ([], ""),
            ("level", ""),
            (None, ""),
            (7, ""),
        ],
        ids=str,
    )
    def test_spaces(self, face, space, message):
        with pytest.raises(SpaceError, match=f"(?s){message}"):
            face(Counting(), space).fit(X, Y)

    def test_names_below_an_option(self, face):
        space = {"clf": Choice({"a": Option(SVC(), max_depth=[1]), "b": Counting()})}
        pipeline = Pipeline([("clf", Counting())])

        with pytest.raises(SpaceError, match=r"'clf__max_depth'.*option 'a' of 'clf'"):
            face(pipeline, space).fit(X, Y)

    @pytest.mark.parametrize("estimator", [None, "svc", object(), 3], ids=type)
    def test_no_estimator(self, face, estimator):
        with pytest.raises((TypeError, ValueError), match="'estimator' parameter"):
            face(estimator, LEVEL).fit(X, Y)

    def test_an_estimator_without_a_score(self, face):
        class Mute(Counting):
            score = property()

        with pytest.raises(TypeError, match="no scoring is specified"):
            face(Mute(), LEVEL).fit(X, Y)

    def test_data_of_different_lengths(self, face):
        with pytest.raises(ValueError, match="inconsistent numbers of samples"):
            face(Counting(), LEVEL).fit(X, Y[:-1])

    def test_groups_that_are_missing(self, face):
        with pytest.raises(ValueError, match="'groups' parameter should not be None"):
            face(Counting(), LEVEL, cv=GroupKFold(3)).fit(X, Y)

    @pytest.mark.parametrize("refit", [True, "unknown"])
    def test_many_metrics_need_a_name(self, face, refit):
        with pytest.raises(ValueError, match="refit must be set to a scorer key"):
            face(Counting(), LEVEL, scoring=["f1", "recall"], refit=refit).fit(X, Y)
