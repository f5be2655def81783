"""What a search tries first."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.compose import TransformedTargetRegressor
from sklearn.datasets import make_classification
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.naive_bayes import ComplementNB, GaussianNB
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.svm import SVC, SVR

from sksearch import (
    Choice,
    Float,
    HalvingSearchCV,
    Int,
    Option,
    TPESearchCV,
    as_space,
)
from sksearch.engine import FoldKeeper
from sksearch.exceptions import SpaceTypeError
from sksearch.samplers import KnownScores, RandomSampler, TPESampler
from sksearch.search.plan._initial_points import N_KNOWN, beginning
from sksearch.search.plan._tuned import Tuned
from sksearch.search.selection import driving_metric

X, Y = make_classification(60, 5, random_state=0)
LOG = Float(1e-3, 1e3, log=True)
SVM_SPACE = {"C": LOG, "gamma": LOG}


def points_of(search, X=X, y=Y):
    data = search._read(X, y, {}, FoldKeeper())
    tuned = Tuned(
        search.estimator, as_space(search.param_distributions), search.estimator
    )
    return beginning(
        search.initial_points,
        tuned,
        data,
        metric=driving_metric(search.scoring, search.refit),
        resource=getattr(search, "resource", None),
        verbose=search.verbose,
    ).points


def given(points, estimator=None, space=None, **options):
    search = TPESearchCV(
        estimator or GaussianNB(),
        space or {"var_smoothing": [0.25, 0.5]},
        initial_points=points,
        **options,
    )
    return points_of(search)


class TestGiven:
    def test_own_settings(self):
        estimator = GaussianNB(var_smoothing=0.25)

        assert given("default", estimator) == [{"var_smoothing": 0.25}]

    def test_own_settings_in_numbers(self):
        point = given("default", SVC(), SVM_SPACE)[0]

        assert point["gamma"] == pytest.approx(1 / (X.shape[1] * X.var()))

    def test_points_of_the_user_are_filled_in_with_them(self):
        point = given([{"C": 1.0}], SVC(), SVM_SPACE)[0]

        assert point["gamma"] == pytest.approx(1 / (X.shape[1] * X.var()))

    @pytest.mark.parametrize("points", ["default", "auto"])
    def test_texts_have_no_columns_yet(self, points):
        texts = np.array(["one text", "another"] * 30)
        steps = make_pipeline(TfidfVectorizer(), RandomForestClassifier())
        space = {
            "tfidfvectorizer__max_features": Int(100, 9000),
            "randomforestclassifier__max_features": Float(0.01, 1.0),
        }
        search = TPESearchCV(steps, space, initial_points=points)

        point = points_of(search, texts, [0, 1] * 30)[0]

        assert point["tfidfvectorizer__max_features"] == 9000

        assert point["randomforestclassifier__max_features"] < 0.5

    def test_points_of_the_user(self):
        assert given([{"var_smoothing": 0.5}]) == [{"var_smoothing": 0.5}]

    @pytest.mark.parametrize("points", [None, (), []], ids=repr)
    def test_nothing(self, points):
        assert given(points) == []

    def test_one_dict_is_no_list(self):
        with pytest.raises(SpaceTypeError, match=r"Write initial_points=\[\{"):
            given({"var_smoothing": 0.5})

    def test_a_result_of_scikit_optimize(self):
        result = {"x": [0.5], "fun": 0.1, "x_iters": [[0.5], [0.2]]}

        with pytest.raises(
            SpaceTypeError, match=r"\[dict\(zip\(result.space.dimension"
        ):
            given(result)

    def test_points_without_names(self):
        with pytest.raises(
            SpaceTypeError, match=r"got \[0.5\]. Write {'var_smoothing'"
        ):
            given([[0.5]])

        with pytest.raises(SpaceTypeError, match=r"got \[0.5, 1\]\.$"):
            given([[0.5, 1]])

    def test_resource_of_halving_is_left_out(self):
        search = HalvingSearchCV(
            SVC(),
            SVM_SPACE,
            resource="max_iter",
            initial_points=[{"C": 1.0, "max_iter": 9}],
        )

        assert points_of(search)[0]["C"] == 1.0


class TestAuto:
    def test_own_settings_then_known_points(self):
        found = points_of(TPESearchCV(SVC(C=3.0), SVM_SPACE))

        assert found[0]["C"] == pytest.approx(3.0)

        assert 2 <= len(found) <= 1 + N_KNOWN

        assert all(set(point) == {"C", "gamma"} for point in found)

    def test_the_face_begins_with_them(self):
        search = TPESearchCV(SVC(), SVM_SPACE, n_iter=6, cv=2, random_state=0)

        search.fit(X, Y)

        tried = [p["C"] for p in search.cv_results_["params"][:3]]
        assert tried == [p["C"] for p in points_of(search)[:3]]

    def test_the_sampler_knows_the_scores_of_the_table(self, monkeypatch):
        made = []

        class Noted(TPESampler):
            def __init__(self, space, *, known_scores=None, **settings):
                super().__init__(space, known_scores=known_scores, **settings)
                made.append(known_scores)

        monkeypatch.setattr("sksearch.search._tpe.TPESampler", Noted)
        own = KnownScores(np.zeros((1, 2)), np.zeros((1, 1)))
        for options in (
            {},
            {"initial_points": "default"},
            {"initial_points": [{"C": 1.0}]},
            {"sampler_params": {"known_scores": own}},
        ):
            TPESearchCV(SVC(), SVM_SPACE, n_iter=1, cv=2, **options).fit(X, Y)

        known, none, neither, given = made
        assert len(known.rows) > N_KNOWN

        assert none is neither is None

        assert given is own

    def test_a_sampler_that_takes_no_scores_is_given_none(self, monkeypatch):
        monkeypatch.setattr("sksearch.search._tpe.TPESampler", RandomSampler)

        search = TPESearchCV(SVC(), SVM_SPACE, n_iter=2, cv=2).fit(X, Y)

        assert len(search.cv_results_["params"]) == 2

    def test_unknown_estimators_begin_with_their_settings(self):
        space = {"norm": [False, True], "alpha": Float(0.0, 1.0)}

        found = points_of(TPESearchCV(ComplementNB(), space))

        assert found == [{"norm": False, "alpha": 1.0}]

    def test_no_predictor_of_classes_or_numbers(self):
        found = points_of(TPESearchCV(KMeans(), {"tol": Float(1e-6, 1.0, log=True)}))

        assert len(found) == 1

    def test_unknown_ones_of_a_choice_are_left_to_the_sampler(self):
        pipe = Pipeline([("scale", MinMaxScaler()), ("clf", SVC())])
        bayes = ComplementNB()
        space = {
            "clf": Choice(
                [
                    Option(SVC(), C=LOG),
                    Option(LogisticRegression(), C=LOG),
                    Option(bayes, alpha=Float(0.0, 1.0)),
                ]
            )
        }

        found = points_of(TPESearchCV(pipe, space))

        assert bayes not in [point["clf"] for point in found]

        search = TPESearchCV(pipe, space, n_iter=len(found) + 1, cv=2).fit(X, Y)
        assert search.cv_results_["params"][-1] == {"clf": bayes, "clf__alpha": 0.5}

    def test_says_in_a_line_what_it_took(self, capsys):
        points_of(TPESearchCV(Ridge(), {"alpha": LOG}, verbose=1))

        said = capsys.readouterr().out

        assert said.startswith("Beginning with the estimator's own settings and ")

        assert said.count("\n") == 1

        assert "of Ridge) measured on" in said

    @pytest.mark.parametrize(
        ("scoring", "refit"),
        [
            ("roc_auc", True),
            (["roc_auc", "accuracy"], "roc_auc"),
            ({"a": "roc_auc", "b": "accuracy"}, "a"),
        ],
        ids=str,
    )
    def test_by_the_metric_that_drives_the_search(self, scoring, refit):
        plain = points_of(TPESearchCV(SVC(), SVM_SPACE, scoring="roc_auc"))
        search = TPESearchCV(SVC(), SVM_SPACE, scoring=scoring, refit=refit)

        assert points_of(search) == plain

    def test_in_units_of_the_target(self):
        target = X[:, 0] - X[:, 1]
        log = Float(1e-9, 1e9, log=True)
        search = TPESearchCV(SVR(), {"C": log, "epsilon": log})

        one, ten = (points_of(search, y=y)[1] for y in (target, 10.0 * target))

        assert ten["C"] == pytest.approx(10.0 * one["C"], rel=1e-3)

        assert ten["epsilon"] == pytest.approx(10.0 * one["epsilon"], rel=1e-3)

    @pytest.mark.parametrize("transformer", [StandardScaler(), None], ids=repr)
    @pytest.mark.parametrize("by_function", [False, True])
    def test_a_target_that_is_scaled_has_no_units(self, transformer, by_function):
        target = X[:, 0] - X[:, 1]
        log = Float(1e-9, 1e9, log=True)
        space = {"regressor__C": log, "regressor__epsilon": log}

        def function(trial):
            return {n: trial.suggest_float(n, 1e-9, 1e9, log=True) for n in space}

        search = TPESearchCV(
            TransformedTargetRegressor(SVR(), transformer=transformer),
            function if by_function else space,
        )

        one, ten = (
            {tuple(point.row) for point in points_of(search, y=y)}
            for y in (target, 10.0 * target)
        )

        # Without a scaler only the learner's own settings are the same.
        assert len(one & ten) == (len(one) if transformer else 1)
