"""Several workers and their backends, in every face."""

from __future__ import annotations

import os
import threading

import joblib
import pytest
from faces import (
    LEVEL,
    MIXED,
    X,
    Y,
    assert_same_results,
    mixed_pipeline,
    one_quick_face,
)
from stand_ins import Erratic, Knob

# Forks of a process with threads are deprecated; that is the user's choice here.
pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")


@one_quick_face
class TestParallel:
    @pytest.mark.parametrize(
        "backend",
        [
            pytest.param("loky", marks=pytest.mark.slow),
            "multiprocessing",
        ],
    )
    def test_backends_find_the_same(self, face, backend):
        words = {"n_iter": 6, "n_jobs": 2, "cv": 3, "refit": False}
        with joblib.parallel_config("threading"):
            expected = face(mixed_pipeline(), MIXED, **words).fit(X, Y)
        with joblib.parallel_config(backend):
            found = face(mixed_pipeline(), MIXED, **words).fit(X, Y)

        assert_same_results(found.cv_results_, expected.cv_results_)

    def test_two_and_three_jobs_find_the_same(self, face):
        with joblib.parallel_config("threading"):
            one, other = (
                face(Erratic(), LEVEL, n_iter=16, n_jobs=n_jobs, cv=3).fit(X, Y)
                for n_jobs in (2, 3)
            )

        assert_same_results(one.cv_results_, other.cv_results_)

    def test_with_the_same_window_n_jobs_makes_no_difference(self, face):
        words = {"n_iter": 16, "window": 3, "random_state": 0}
        alone = face(Knob(), LEVEL, n_jobs=1, **words).fit(X, Y)
        with joblib.parallel_config("threading"):
            found = face(Erratic(), LEVEL, n_jobs=2, **words).fit(X, Y)

        assert found.cv_results_["params"] == alone.cv_results_["params"]

    @pytest.mark.parametrize("window", [0, -1, 1.5, "all"])
    def test_bad_windows(self, face, window):
        with pytest.raises(ValueError, match="'window' parameter"):
            face(Knob(), LEVEL, window=window).fit(X, Y)

    @pytest.mark.parametrize("pre_dispatch", ["all", "n_jobs", 1, "3*n_jobs"])
    def test_pre_dispatch_makes_no_difference(self, face, pre_dispatch):
        words = {"n_iter": 10, "n_jobs": 2, "cv": 3}
        with joblib.parallel_config("threading"):
            expected = face(Erratic(), LEVEL, **words).fit(X, Y)
            found = face(Erratic(), LEVEL, pre_dispatch=pre_dispatch, **words)
            found.fit(X, Y)

        assert_same_results(found.cv_results_, expected.cv_results_)

    def test_jobs_of_the_active_config(self, face):
        seen = set()

        class Watched(Knob):
            def fit(self, X, y=None):
                seen.add(threading.current_thread() is threading.main_thread())
                return super().fit(X, y)

        with joblib.parallel_config("threading", n_jobs=2):
            face(Watched(), LEVEL, n_jobs=None, refit=False).fit(X, Y)

        assert seen == {False}


@one_quick_face
def test_environment_is_left_as_it_was(face):
    before = dict(os.environ)
    with joblib.parallel_config("threading"):
        face(Knob(), LEVEL, n_jobs=2, n_iter=2).fit(X, Y)

    assert dict(os.environ) == before
