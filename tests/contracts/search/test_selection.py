"""How every face chooses the best."""

from __future__ import annotations

import pytest
from faces import LEVEL, X, Y
from sklearn.naive_bayes import GaussianNB
from stand_ins import Knob, two_metrics

from sksearch import Float


def worst_of(results):
    return int(results["mean_test_score"].argmin())


class TestSelection:
    def test_refit_false(self, face):
        search = face(Knob(), LEVEL, refit=False).fit(X, Y)

        assert search.best_score_ == pytest.approx(search.best_params_["level"])

        assert not hasattr(search, "best_estimator_")

        assert not hasattr(search, "predict")

        with pytest.raises(AttributeError, match="refit=False"):
            search.score(X, Y)

    def test_refit_callable(self, face):
        search = face(Knob(), LEVEL, refit=worst_of).fit(X, Y)
        worst = search.cv_results_["mean_test_score"].argmin()

        assert search.best_index_ == worst

        assert (
            search.best_estimator_.level == search.cv_results_["params"][worst]["level"]
        )

        assert not hasattr(search, "best_score_")

    @pytest.mark.parametrize(
        ("answer", "error"), [(99, IndexError), (-1, IndexError), ("0", TypeError)]
    )
    def test_refit_callable_that_is_wrong(self, face, answer, error):
        with pytest.raises(error, match="best_index_"):
            face(Knob(), LEVEL, refit=lambda results: answer).fit(X, Y)

    @pytest.mark.parametrize("metric", ["up", "down"])
    def test_the_metric_of_refit_chooses(self, face, metric):
        search = face(Knob(), LEVEL, scoring=two_metrics, refit=metric).fit(X, Y)
        means = search.cv_results_[f"mean_test_{metric}"]

        assert search.multimetric_

        assert search.best_index_ == means.argmax()

        assert search.best_score_ == means.max()

    @pytest.mark.parametrize(
        "scoring",
        [["accuracy", "f1"], {"a": "accuracy"}, two_metrics],
        ids=["list", "dict", "callable"],
    )
    @pytest.mark.parametrize("refit", [True, "unknown"])
    def test_many_metrics_need_a_name(self, face, scoring, refit):
        with pytest.raises(
            ValueError, match="the parameter refit must be set to a scorer"
        ):
            face(Knob(), LEVEL, scoring=scoring, refit=refit).fit(X, Y)

    def test_many_metrics_without_refit(self, face):
        search = face(Knob(), LEVEL, scoring=two_metrics, refit=False).fit(X, Y)

        assert {"mean_test_up", "mean_test_down", "rank_test_up"} <= set(
            search.cv_results_
        )

        for name in ("best_index_", "best_params_", "best_score_", "best_estimator_"):
            assert not hasattr(search, name)

    def test_many_metrics_with_a_callable(self, face):
        search = face(
            Knob(),
            LEVEL,
            scoring=two_metrics,
            refit=lambda results: int(results["mean_test_down"].argmax()),
        ).fit(X, Y)

        assert search.best_index_ == search.cv_results_["mean_test_down"].argmax()

    @pytest.mark.parametrize(
        ("refit", "driving"),
        [("up", "up"), ("down", "down"), (False, "up"), (lambda results: 0, "up")],
        ids=["up", "down", "false", "callable"],
    )
    def test_which_metric_drives(self, face, refit, driving):
        records = []
        search = face(
            Knob(), LEVEL, scoring=two_metrics, refit=refit, callbacks=[records.append]
        ).fit(X, Y)

        assert [record.score for record in records] == pytest.approx(
            search.cv_results_[f"mean_test_{driving}"].tolist()
        )

    def test_scorer_of_one_metric(self, face):
        search = face(GaussianNB(), {"var_smoothing": Float(0, 1)}, scoring="recall")
        search.fit(X, Y)

        assert search.scorer_(search, X, Y) == search.score(X, Y)

    def test_scorers_of_many_metrics(self, face):
        search = face(
            GaussianNB(),
            {"var_smoothing": Float(0, 1)},
            scoring=["recall", "f1"],
            refit="f1",
        ).fit(X, Y)

        assert set(search.scorer_) == {"recall", "f1"}

        assert search.score(X, Y) == search.scorer_["f1"](search.best_estimator_, X, Y)
