"""Every face inside of others, and of pipelines."""

from __future__ import annotations

import pytest
from faces import LEVEL, X, Y, one_quick_face
from scipy.stats import loguniform
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from stand_ins import Knob

from sksearch import Float, Int


@one_quick_face
class TestNesting:
    def test_in_cross_val_score(self, face):
        scores = cross_val_score(
            face(LogisticRegression(), {"C": loguniform(0.01, 10)}), X, Y, cv=2
        )

        assert scores.shape == (2,)

        assert scores.min() > 0.5

    @pytest.mark.slow
    def test_in_cross_val_score_with_workers_within_workers(self, face):
        scores = cross_val_score(
            face(Knob(), LEVEL, n_jobs=2), X, Y, cv=2, n_jobs=2, error_score="raise"
        )

        assert (scores > 0.5).all()

    def test_in_a_pipeline(self, face):
        inner = face(LogisticRegression(), {"C": loguniform(0.01, 10)})
        pipeline = make_pipeline(StandardScaler(), inner).fit(X, Y)

        assert pipeline.score(X, Y) > 0.5

    def test_inside_of_another_search(self, face):
        inner = face(LogisticRegression(), {"C": loguniform(0.01, 10)}, n_iter=3)
        budget = face.budget
        space = {budget: Int(1, 3), "estimator__tol": Float(1e-4, 1e-2)}
        outer = face(inner, space, n_iter=3).fit(X, Y)

        assert getattr(outer.best_estimator_, budget) == outer.best_params_[budget]

        assert isinstance(outer.best_estimator_.best_estimator_, LogisticRegression)

        assert not hasattr(inner, "cv_results_")

    def test_inside_of_grid_search(self, face):
        inner = face(LogisticRegression(), {"C": loguniform(0.01, 10)}, n_iter=2)
        outer = GridSearchCV(inner, {face.budget: [1, 2]}, cv=2).fit(X, Y)

        assert outer.best_params_[face.budget] in {1, 2}
