"""Tests of what a diagnosis knows besides the table."""

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_selection import SelectKBest
from sklearn.linear_model import Ridge
from sklearn.model_selection import GridSearchCV, GroupKFold, TimeSeriesSplit
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
from stand_ins import Knob, data

from sksearch import (
    Float,
    HalvingSearchCV,
    Int,
    TPESearchCV,
    load_history,
)
from sksearch.reports import Results
from sksearch.search.outcome._background import causes_of

X, Y = data()


def test_limits_of_the_estimator():
    """Of the kind of number that is tuned: shares have others than counts."""
    shared = {
        "selectkbest__k": Int(2, 3),
        "randomforestclassifier__min_samples_split": Int(3, 5),
    }
    forest = make_pipeline(SelectKBest(), RandomForestClassifier(2))
    options = [
        {"randomforestclassifier__max_features": Float(0.1, 0.9)},
        {"randomforestclassifier__max_features": Int(1, 2)},
    ]
    found = []
    for own in options:
        search = TPESearchCV(forest, {**shared, **own}, n_iter=2, cv=2, random_state=0)
        search.fit(X, Y)
        ranges = search._results().facts.background["ranges"]
        found.append(
            {n.split("__")[1]: (r["least"], r["most"]) for n, [r] in ranges.items()}
        )
        assert search.best_estimator_[-1].n_features_in_ <= 3

    k = search.best_params_["selectkbest__k"]
    assert found[0] == {
        "k": (0, X.shape[1]),
        "max_features": (0.0, 1.0),
        "min_samples_split": (2, None),
    }

    assert found[1]["max_features"] == (1, k)


@pytest.mark.parametrize(
    ("cv", "y", "words", "folds"),
    [
        (2, Y, {}, "classes"),
        (2, X[:, 0], {}, ""),
        (GroupKFold(2), Y, {"groups": np.arange(len(Y)) // 2}, "groups"),
        (TimeSeriesSplit(2), Y, {}, "times"),
    ],
)
def test_what_folds_respect(cv, y, words, folds):
    model = DecisionTreeClassifier() if y is Y else DecisionTreeRegressor()
    search = TPESearchCV(model, {"max_depth": [1]}, cv=cv).fit(X, y, **words)

    assert search._results().facts.background["folds"] == folds


class Own(Ridge):
    def score(self, X, y):
        return -float(np.abs(y - self.predict(X)).mean())


@pytest.mark.parametrize(
    ("model", "y", "skill"),
    [
        (DecisionTreeRegressor(), X[:, 0], [0.0, 1.0]),
        (make_pipeline(SelectKBest(k=2), KNeighborsClassifier()), Y, [0.5, 1.0]),
        (Own(), X[:, 0], None),
        (make_pipeline(StandardScaler(), Own()), X[:, 0], None),
        (KMeans(2, n_init=1), Y, None),
        (GridSearchCV(Ridge(), {}, scoring="neg_mean_absolute_error"), X[:, 0], None),
    ],
)
def test_only_a_usual_score_is_compared_with_that_of_a_constant(model, y, skill):
    search = TPESearchCV(model, {}, cv=2).fit(X, y)
    found = search._results().facts.background["skill"]

    assert found == ({} if skill is None else {"score": pytest.approx(skill, abs=0.1)})


def test_causes_are_the_ends_of_tracebacks():
    text = "Traceback:\n  File x\nValueError: no\n"

    assert causes_of({"traceback": [text, "KeyError: 1"]}) == [
        "ValueError: no",
        "KeyError: 1",
    ]


def knob(**words):
    words = {"n_iter": 12, "cv": 5, "random_state": 0, **words}
    return TPESearchCV(Knob(), {"level": Float(0.1, 0.5)}, **words)


class TestDiagnosis:
    """The method of a search, of its journal and of its file."""

    def test_before_the_fit(self):
        from sklearn.exceptions import NotFittedError

        with pytest.raises(NotFittedError):
            knob().diagnosis()

    def test_the_same_from_a_file(self, tmp_path):
        search = knob().fit(X, Y)
        search.to_json(tmp_path / "knob.json")
        read = Results.from_json(tmp_path / "knob.json").diagnosis()

        assert read == search.diagnosis()

        assert "edge" in read.kinds

        assert read.unchecked == search.diagnosis().unchecked

    def test_from_a_journal(self, tmp_path):
        path = tmp_path / "knob.jsonl"
        search = knob(storage=path).fit(X, Y)
        edges = [f for f in search.diagnosis() if f.kind == "edge"]

        assert edges

        read = load_history(path).diagnosis()
        assert [f for f in read if f.kind == "edge"] == edges

    def test_an_empty_journal(self):
        assert Results({"params": []}).diagnosis() == []

    def test_several_metrics_by_the_driving_one(self):
        search = knob(scoring=["accuracy", "roc_auc"], refit="accuracy", n_iter=3)
        search.set_params(estimator=DecisionTreeClassifier())
        search.param_distributions = {"max_depth": Int(1, 3)}
        search.fit(X, Y)

        assert search._results().facts.background["skill"] == {
            "accuracy": [0.5, 1.0],
            "roc_auc": [0.5, 1.0],
        }

        assert all(isinstance(f.text, str) for f in search.diagnosis())

    def test_by_rows_where_there_are_predictions(self, monkeypatch):
        search = knob(return_oof=True).fit(X, Y)
        called = []
        estimate = search.estimate_score
        monkeypatch.setattr(
            search, "estimate_score", lambda: called.append(1) or estimate()
        )
        search.diagnosis()

        assert called == [1]

    def test_a_search_without_a_score(self):
        search = TPESearchCV(SVC(kernel="precomputed"), {"C": Float(1, 2)}, n_iter=3)
        with pytest.raises(ValueError, match="square"):
            search.fit(X, Y)
        found = search.diagnosis()

        assert found.kinds == ["failures"]

        assert found[0].cause == "ValueError: X should be a square kernel matrix."

    def test_an_interrupted_search(self):
        def stop(record):
            if record.n_finished == 3:
                raise KeyboardInterrupt

        with pytest.warns(UserWarning, match="Interrupted"):
            search = knob(callbacks=stop).fit(X, Y)

        assert search.diagnosis()[0].numbers == {
            "reason": "interrupted",
            "finished": 3,
            "planned": 12,
        }

    def test_halving(self):
        search = HalvingSearchCV(
            DecisionTreeClassifier(random_state=0),
            {"max_depth": Int(1, 3)},
            n_candidates=3,
            random_state=0,
            cv=2,
        ).fit(X, Y)

        assert search.diagnosis().checked == "3 candidates on 2 folds"
