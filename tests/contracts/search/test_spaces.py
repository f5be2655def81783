"""The spaces and values that every face takes."""

from __future__ import annotations

import pickle
import time
from typing import ClassVar

import numpy as np
import pandas as pd
import pytest
from faces import MIXED, X, Y, mixed_pipeline, one_quick_face
from scipy.stats import loguniform, uniform
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import Pipeline
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier

from sksearch import Categorical, Choice, Float, Option


@one_quick_face
class TestSpaces:
    def test_a_list_of_dicts_is_one_space(self, face):
        space = [
            {"kernel": ["linear"], "C": Float(0.1, 1)},
            {"kernel": ["rbf"], "gamma": Float(0.1, 1)},
        ]
        search = face(SVC(), space, n_iter=12).fit(X, Y)
        found = search.cv_results_["params"]

        assert len(found) == 12

        assert {tuple(params) for params in found} == {
            ("kernel", "C"),
            ("kernel", "gamma"),
        }

    def test_a_function_of_a_trial(self, face):
        def space(trial):
            n = trial.suggest_int("clf__max_depth", 1, 4)
            params = {"clf__max_depth": n}
            if n > 2:
                params["clf__min_samples_leaf"] = trial.suggest_int(
                    "clf__min_samples_leaf", 1, 5
                )
            return params

        pipeline = Pipeline([("clf", DecisionTreeClassifier(random_state=0))])
        search = face(pipeline, space, n_iter=10).fit(X, Y)

        found = search.cv_results_["params"]

        assert {p["clf__max_depth"] > 2 for p in found} == {True, False}

        for params in found:
            assert ("clf__min_samples_leaf" in params) == (params["clf__max_depth"] > 2)

    def test_options_open_their_own_parameters(self, face):
        search = face(mixed_pipeline(), MIXED, n_iter=15).fit(X, Y)
        names = {
            "SVC": {"clf__C", "clf__kernel", "clf__gamma"},
            "DecisionTreeClassifier": {"clf__max_depth"},
            "GaussianNB": set(),
        }
        kinds = set()
        for params in search.cv_results_["params"]:
            kind = type(params["clf"]).__name__
            kinds.add(kind)
            own = set(params) - {"scale", "clf"}

            assert own <= names[kind]

            assert ("clf__gamma" in own) == (params.get("clf__kernel") == "rbf")

        assert kinds == set(names)


class Holder(ClassifierMixin, BaseEstimator):
    """Takes any value."""

    def __init__(self, value=None):
        self.value = value

    def fit(self, X, y):
        self.classes_ = np.unique(y)
        return self

    def predict(self, X):
        return np.zeros(len(X), dtype=int)


class Uniform:
    """Can only be drawn from."""

    def rvs(self, random_state=None):
        return random_state.uniform(0.1, 0.9)


HANDED_ON = {
    "dates": np.array(["2020", "2021"], dtype="datetime64[ns]"),
    "durations": np.array([1, 2], dtype="timedelta64[ns]"),
    "records": np.array([(1, 2.0), (3, 4.0)], dtype=[("a", "i4"), ("b", "f8")]),
    "arrays": [np.array(["2020"], dtype="datetime64[ns]"), np.array(1)],
    "complex": np.array([1j, 2.0]),
    "long": np.array([1, 2], dtype=np.longdouble) / 3,
    "pandas": [pd.Timestamp("2020"), pd.Timedelta("1D"), pd.NA, pd.Interval(0, 1)],
    "types": [np.float32, np.dtype("i4"), slice(1, 2), ...],
}


@one_quick_face
class TestValues:
    @pytest.mark.parametrize("values", HANDED_ON.values(), ids=HANDED_ON)
    def test_what_is_no_plain_number_is_handed_on(self, face, values, tmp_path):
        search = face(
            Holder(), {"value": values}, n_iter=len(values), storage=tmp_path / "j"
        ).fit(X, Y)
        found = [params["value"] for params in search.cv_results_["params"]]

        for value in values:
            assert any(
                type(v) is type(value) and pickle.dumps(v) == pickle.dumps(value)
                for v in found
            )

        assert type(search.best_estimator_.value) in set(map(type, values))

        assert type(search.best_params_["value"]) in set(map(type, values))

    @pytest.mark.parametrize(
        ("values", "n"),
        [
            ([1, 1, 2], 2),
            (["a", "a", "a"], 1),
            ([SVC(), SVC(), None], 2),
            ([1, 1.0], 2),
        ],
        ids=["numbers", "words", "estimators", "types"],
    )
    def test_what_is_listed_twice_is_tried_once(self, face, values, n):
        search = face(Holder(), {"value": values}, n_iter=n).fit(X, Y)

        assert len(search.cv_results_["params"]) == n

    def test_one_of_very_many(self, face):
        words = [f"word {i}" for i in range(20_000)]
        start = time.perf_counter()

        search = face(Holder(), {"value": Categorical(words)}, n_iter=8, cv=2)
        search.fit(X, Y)

        assert len({p["value"] for p in search.cv_results_["params"]}) == 8

        assert time.perf_counter() - start < 5.0

    @pytest.mark.parametrize(
        "constant",
        [Float(0.5, 0.5), uniform(0.5, 0), loguniform(0.5, 0.5), Float(0.5, 0.5, True)],
        ids=["Float", "uniform", "loguniform", "log"],
    )
    def test_a_constant(self, face, constant):
        space = {"clf__tol": constant, "clf__C": Float(0.1, 1)}
        search = face(Pipeline([("clf", SVC())]), space, n_iter=3).fit(X, Y)

        assert {p["clf__tol"] for p in search.cv_results_["params"]} == {0.5}


@one_quick_face
class TestOnlyDrawn:
    """Values that have rvs and nothing else."""

    def test_beside_a_default_that_lies_in_the_space(self, face):
        search = face(SVC(), {"C": Uniform(), "kernel": ["rbf", "linear"]}).fit(X, Y)
        found = [params["C"] for params in search.cv_results_["params"]]

        assert search.cv_results_["params"][0]["kernel"] == "rbf"

        assert len(set(found)) == len(found)

        assert 0.1 <= min(found) <= max(found) <= 0.9

    def test_below_an_option(self, face):
        clf = Choice({"svm": Option(SVC(), C=Uniform()), "nb": GaussianNB()})
        search = face(Pipeline([("clf", SVC())]), {"clf": clf}).fit(X, Y)

        for params in search.cv_results_["params"]:
            assert ("clf__C" in params) == isinstance(params["clf"], SVC)

    def test_initial_points(self, face):
        points = [{"C": 0.25, "kernel": "rbf"}, {"kernel": "linear"}]
        space = {"C": Uniform(), "kernel": ["rbf", "linear"]}
        search = face(SVC(), space, initial_points=points).fit(X, Y)
        first, second = search.cv_results_["params"][:2]

        assert first == points[0]

        assert second["kernel"] == "linear"

        assert 0.1 <= second["C"] <= 0.9


@one_quick_face
class TestEqualOptions:
    """Options of one estimator with spaces of their own."""

    SPACE: ClassVar = {
        "clf": Choice(
            {
                "low": Option(SVC(), C=Float(0.1, 1)),
                "high": Option(SVC(), C=Float(10, 20)),
            }
        )
    }

    def test_each_is_tried(self, face):
        search = face(Pipeline([("clf", SVC())]), self.SPACE, n_iter=8).fit(X, Y)
        found = [params["clf__C"] for params in search.cv_results_["params"]]

        assert {c < 5 for c in found} == {True, False}

        assert all(0.1 <= c <= 1 or 10 <= c <= 20 for c in found)

    @pytest.mark.parametrize("clf", ["high", SVC()], ids=["label", "value"])
    def test_initial_point(self, face, clf):
        points = [{"clf": clf, "clf__C": 12.5}]
        pipe = Pipeline([("clf", SVC())])

        search = face(pipe, self.SPACE, initial_points=points).fit(X, Y)

        assert search.cv_results_["params"][0]["clf__C"] == pytest.approx(12.5)
