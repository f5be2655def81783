"""A Choice in the place of the estimator, in every face."""

from __future__ import annotations

import numpy as np
import pytest
from faces import CHOICE, X, Y, one_quick_face
from sklearn.base import clone, is_classifier, is_regressor
from sklearn.ensemble import StackingClassifier
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import cross_val_score
from sklearn.naive_bayes import GaussianNB
from stand_ins import Erratic, Knob

from sksearch import Choice, Float, Option
from sksearch.exceptions import SpaceError


@one_quick_face
class TestChoice:
    """A Choice in the place of the estimator."""

    def test_the_winner_comes_bare(self, face):
        search = face(CHOICE, None, n_iter=8).fit(X, Y)

        assert type(search.best_estimator_) in {type(v) for v in CHOICE.values}

        assert type(search.best_params_["estimator"]) is type(search.best_estimator_)

        assert search.score(X, Y) == search.best_estimator_.score(X, Y)

        assert len({type(p["estimator"]) for p in search.cv_results_["params"]}) == 3

        for params in search.cv_results_["params"]:
            names = {name.removeprefix("estimator__") for name in params} - {
                "estimator"
            }

            assert names <= {"C", "max_depth"}

    def test_scores_are_those_of_the_bare_estimators(self, face):
        search = face(CHOICE, None, n_iter=6).fit(X, Y)
        for i, params in enumerate(search.cv_results_["params"]):
            bare = clone(params["estimator"]).set_params(
                **{
                    name.removeprefix("estimator__"): value
                    for name, value in params.items()
                    if name != "estimator"
                }
            )

            assert search.cv_results_["mean_test_score"][i] == pytest.approx(
                cross_val_score(bare, X, Y, cv=2).mean()
            )

    def test_tags_and_methods_before_the_fit(self, face):
        search = face(CHOICE, None)

        assert is_classifier(search)

        assert hasattr(search, "predict")

        assert hasattr(search, "predict_proba")

        assert not hasattr(search, "transform")

        assert not hasattr(search, "classes_")

        assert is_regressor(face(Choice([Ridge()]), None))

    def test_methods_after_the_fit_are_those_of_the_winner(self, face):
        """The first option has predict_proba, and the winner has not."""
        options = Choice(
            {"first": Option(LogisticRegression()), "winner": Option(Knob(2.0))}
        )
        search = face(options, None, n_iter=2).fit(X, Y)

        assert isinstance(search.best_estimator_, Knob)

        assert hasattr(search, "predict")

        assert not hasattr(search, "predict_proba")

    def test_a_fitted_option_is_not_the_search(self, face):
        options = Choice([LogisticRegression().fit(X, Y), Ridge()])
        search = face(options, None)

        with pytest.raises(NotFittedError):
            search.predict(X)

        assert not hasattr(search, "classes_")

    def test_without_refit_there_is_no_predict(self, face):
        search = face(CHOICE, None, refit=False, n_iter=2).fit(X, Y)

        assert not hasattr(search, "predict")

    def test_in_a_stack(self, face):
        stack = StackingClassifier(
            [("search", face(CHOICE, None, n_iter=2)), ("bayes", GaussianNB())],
            cv=2,
        ).fit(X, Y)

        assert stack.score(X, Y) > 0.5

    def test_with_more_parameters_for_all(self, face):
        options = Choice({"a": Knob(), "b": Erratic()})
        search = face(options, {"estimator__level": Float(0, 1)}, n_iter=5).fit(X, Y)

        assert all("estimator__level" in p for p in search.cv_results_["params"])

        assert search.best_estimator_.level == search.best_params_["estimator__level"]

    def test_regressors_have_plain_folds(self, face):
        search = face(
            Choice([Ridge(), Ridge(2.0)]),
            None,
            n_iter=2,
            scoring=lambda estimator, X, y: float(y.sum()),
        ).fit(X, np.r_[np.zeros(20), np.ones(20)])

        assert [search.cv_results_[f"split{i}_test_score"][0] for i in range(2)] == [
            0,
            20,
        ]

    def test_an_option_that_is_no_estimator(self, face):
        with pytest.raises(SpaceError, match="'b' has no fit"):
            face(Choice({"a": Ridge(), "b": "ridge"}), None).fit(X, Y)
