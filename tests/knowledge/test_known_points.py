"""Where to begin, in spaces of many shapes."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import pytest
from sklearn.compose import ColumnTransformer
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier

from sksearch import Categorical, Choice, Float, Int, Option, as_space
from sksearch.knowledge import known_points
from sksearch.knowledge._known_points import MORE
from sksearch.knowledge._table import Table

# Levels: "0" is the best, "u" the median, "z" worse.
TEXT = """\
sets	a b c d e
metrics	accuracy roc_auc
SVC	best	00000	00000
SVC	{"C":8.0,"gamma":0.25,"kernel":"rbf","scaler":"standard"}	000uu	zzzzz
SVC	{"C":0.5,"kernel":"linear","scaler":"minmax"}	zzz0u	zzzzz
SVC	{"C":100.0,"gamma":0.25,"kernel":"rbf","scaler":"none"}	zzzzz	00000
LogisticRegression	best	00000	00000
LogisticRegression	{"C":4.0,"scaler":"standard"}	zzzu0	uuuuu
LogisticRegression	{"C":0.25,"scaler":"minmax"}	zzzzz	zzzzz
"""
LOG = Float(1e-3, 1e3, log=True)


@pytest.fixture(autouse=True)
def planted(monkeypatch):
    table = Table(TEXT)
    monkeypatch.setattr(
        "sksearch.knowledge._known_points.read_table", lambda task: table
    )


def found(space, estimator, k=4, **options):
    known = known_points(as_space(space), estimator, k, task="classifiers", **options)
    return [
        {n: round(v, 6) if isinstance(v, float) else v for n, v in point.items()}
        for point in known.points
    ]


class TestOneLearner:
    def test_values_of_the_table_the_best_first(self):
        space = {"C": LOG, "gamma": LOG, "kernel": ["rbf", "linear"]}

        points = found(space, SVC(), k=2)

        assert points[0] == {"C": 8.0, "gamma": 0.25, "kernel": "rbf"}

        assert points[1] == {"C": 0.5, "gamma": 1.0, "kernel": "linear"}

    def test_values_outside_are_moved_to_the_nearest(self):
        space = {"svc__C": Float(1.0, 2.0), "svc__gamma": [1e-3, 1e-2, 0.2]}
        scaled = make_pipeline(StandardScaler(), SVC())

        points = found(space, scaled, k=1)

        assert points == [{"svc__C": 2.0, "svc__gamma": 0.2}]

    def test_of_what_is_moved_to_one_point_the_nearest_counts(self):
        # That was measured without a scaler is nearer than that C is.
        space = {"C": Float(1.0, 2.0), "gamma": [1e-3, 1e-2, 0.2]}

        points = found(space, SVC(), k=2)

        assert points[-1] == {"C": 2.0, "gamma": 0.2}

    def test_what_the_table_does_not_know_is_as_the_estimator_has_it(self):
        space = {"C": LOG, "tol": Float(1e-4, 1.0), "cache_size": Int(1, 99)}

        points = found(space, SVC(), k=1)

        assert points == [{"C": 8.0, "tol": 1e-3, "cache_size": 50}]

    def test_by_the_metric_of_the_search(self):
        assert found({"C": LOG}, SVC(), k=1, scoring="roc_auc") == [{"C": 100.0}]

    def test_what_the_user_has_fixed_counts(self):
        assert found({"C": LOG}, SVC(kernel="linear"), k=1) == [{"C": 0.5}]

        scaled = make_pipeline(MinMaxScaler(), SVC(kernel="linear"))

        assert found({"svc__C": LOG}, scaled, k=1) == [{"svc__C": 0.5}]

    def test_no_point_twice(self):
        space = {"C": [1.0, 2.0]}

        assert sorted(p["C"] for p in found(space, SVC(), k=4)) in ([1.0, 2.0], [2.0])

    def test_what_is_tried_in_any_case_is_not_chosen(self):
        space = {"C": LOG, "gamma": LOG, "kernel": ["rbf", "linear"]}
        best = {"C": 8.0, "gamma": 0.25, "kernel": "rbf"}

        [point] = found(space, SVC(), k=1, tried=[best])

        assert point == {"C": 0.5, "gamma": 1.0, "kernel": "linear"}

    def test_unknown_estimators_have_none(self):
        assert found({"strategy": ["prior"]}, DummyClassifier()) == []

        assert found({}, SVC()) == []

        assert found({"C": LOG}, SVC(), k=0) == []

    def test_subclasses_are_what_they_are_made_from(self):
        class Own(SVC):
            pass

        assert found({"C": LOG}, Own(), k=1) == [{"C": 8.0}]


STANDARD, MINMAX, LOGISTIC, SVM = (
    StandardScaler(),
    MinMaxScaler(),
    LogisticRegression(),
    SVC(),
)
PIPE = Pipeline([("scaler", StandardScaler()), ("clf", DummyClassifier())])
MODELS = {
    "svm": Option(SVM, C=LOG, kernel=Choice(["linear", Option("rbf", gamma=LOG)])),
    "logistic": Option(LOGISTIC, C=LOG),
    "tree": Option(DecisionTreeClassifier(), max_depth=Int(1, 9)),
}


class TestScores:
    SPACE: ClassVar = {"C": LOG, "gamma": LOG, "kernel": ["rbf", "linear"]}

    def known(self, space=None, **options):
        space = as_space(space or self.SPACE)
        return known_points(space, SVC(), 8, task="classifiers", **options)

    def test_a_row_and_scores_for_each_configuration_of_the_table(self):
        known = self.known()

        space = as_space(self.SPACE)
        rows = [space.place(point) for point in known.points]
        assert {row.tobytes() for row in rows} <= {row.tobytes() for row in known.rows}

        assert known.scores.shape == (len(known.rows), known.n_sets)

        assert known.doubts.shape == (len(known.rows),)

    def test_the_first_point_has_the_greatest_mean(self):
        known = self.known()

        best = known.rows[known.scores.mean(axis=1).argmax()]

        np.testing.assert_array_equal(best, as_space(self.SPACE).place(known.points[0]))

    def test_what_the_space_does_not_have_is_doubted(self):
        all_of_it, part = self.known(), self.known({"C": Float(1e2, 1e3, log=True)})

        assert part.doubts.min() > all_of_it.doubts.min()


def test_points_are_few_where_learners_are_few():
    levels = ["".join("0" if s == i else "u" for s in range(9)) for i in range(9)]
    rows = [f'SVC\t{{"C": {2.0**i}}}\t{levels[i]}' for i in range(9)]
    text = "\n".join(["sets\t" + " ".join("abcdefghi"), "metrics\tscore", *rows])
    table = Table(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sksearch.knowledge._known_points.read_table", lambda _: table)

        known = known_points(as_space({"C": LOG}), SVC(), 8, task="classifiers")

    assert len(known.points) == MORE + 1


class TestManyLearners:
    def test_portfolio_across_learners_and_scalers(self):
        space = {
            "clf": Choice(MODELS),
            "scaler": Choice([STANDARD, MINMAX, "passthrough"]),
        }

        points = found(space, PIPE, k=3)

        assert {p["clf"] for p in points} == {SVM, LOGISTIC}

        assert points[0] == {
            "clf": SVM,
            "clf__C": 8.0,
            "clf__kernel": "rbf",
            "clf__gamma": 0.25,
            "scaler": STANDARD,
        }

        linear = next(p for p in points if p.get("clf__kernel") == "linear")

        assert linear["scaler"] is MINMAX

        assert linear["clf__C"] == 0.5

    def test_list_of_dicts(self):
        space = [
            {"clf": [SVM], "clf__C": LOG, "clf__kernel": ["linear"]},
            {"clf": [LOGISTIC], "clf__C": [0.1, 1.0, 10.0]},
        ]

        points = found(space, PIPE, k=4)

        assert {"clf": SVM, "clf__C": 0.5, "clf__kernel": "linear"} in points

        assert {"clf": LOGISTIC, "clf__C": 10.0} in points

    def test_deep_in_columns(self):
        columns = ColumnTransformer([("numbers", Pipeline([("s", MINMAX)]), [0])])
        model = make_pipeline(columns, SVC(kernel="linear"))
        space = {
            "columntransformer__numbers__s": Choice([STANDARD, MINMAX]),
            "svc__C": LOG,
        }

        points = found(space, model, k=1)

        assert points == [{"columntransformer__numbers__s": MINMAX, "svc__C": 0.5}]


class TestFunctions:
    def test_names_that_match(self):
        def function(trial):
            return {
                "C": trial.suggest_float("C", 1e-3, 1e3, log=True),
                "kernel": trial.suggest_categorical("kernel", ["rbf", "linear"]),
            }

        space = as_space(function)
        known = known_points(space, SVC(), 2, task="classifiers")

        assert [space.decode(p.row)["C"] for p in known.points] == pytest.approx(
            [8.0, 0.5]
        )

    def test_learners_behind_any_question(self):
        def function(trial):
            if trial.suggest_categorical("model", ["a", "b"]) == "a":
                return {"clf": SVM, "clf__C": trial.suggest_float("C", 0.1, 50.0)}
            return {"clf": LOGISTIC, "clf__C": trial.suggest_float("C", 0.1, 50.0)}

        space = as_space(function)
        known = known_points(space, PIPE, 4, task="classifiers")
        made = [space.decode(p.row) for p in known.points]

        assert {m["clf"] for m in made} == {SVM, LOGISTIC}

        assert made[0]["clf__C"] == pytest.approx(8.0)

    def test_function_that_raises(self):
        def function(trial):
            C = trial.suggest_float("C", 0.1, 50.0)
            if C < 1.0:
                raise ValueError
            return {"C": C}

        known = known_points(as_space(function), SVC(), 4, task="classifiers")

        assert known.points

        assert all(p["C"] >= 1.0 for p in known.points)


def test_says_what_it_took():
    space = {"clf": Choice(MODELS)}
    known = known_points(as_space(space), PIPE, 2, task="classifiers")

    assert str(known) == (
        "2 points (1 of SVC, 1 of LogisticRegression) measured on 5 data sets"
    )


def test_listed_twice_are_one():
    space = as_space({"C": Categorical([8.0, 8.0]), "kernel": ["rbf"]})

    assert len(known_points(space, SVC(), 4, task="classifiers").points) == 1
