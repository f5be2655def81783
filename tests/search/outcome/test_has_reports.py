"""Tests of the methods of a search that show what it has found."""

import pickle
import sys
import warnings

import numpy as np
import pytest
from faces import CHOICE, MIXED, mixed_pipeline
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier
from sklearn.utils.validation import check_is_fitted
from stand_ins import Growing, Knob, Sturdy, data

from sksearch import (
    Choice,
    Float,
    HalvingSearchCV,
    Int,
    Option,
    TPESearchCV,
    candidate_estimator,
    load_history,
)
from sksearch.reports import Results

X, Y = data()
TWINS = Choice(
    {
        "shallow": Option(DecisionTreeClassifier(random_state=0), max_depth=Int(1, 2)),
        "deep": Option(DecisionTreeClassifier(random_state=0), max_depth=Int(3, 9)),
    }
)


def tpe(estimator, space=None, **words):
    words = {"n_iter": 5, "cv": 2, "random_state": 0, **words}
    return TPESearchCV(estimator, space, **words).fit(X, Y)


def layers(trial):
    n = trial.suggest_int("n", 1, 3)
    depth = sum(trial.suggest_int(f"u{i}", 1, 3) for i in range(n))
    kind = trial.suggest_categorical("kind", ["best", "random"])
    return {"max_depth": depth, "splitter": kind}


@pytest.fixture(scope="module")
def mixed():
    return tpe(mixed_pipeline(), MIXED, n_iter=8)


@pytest.fixture(scope="module")
def asked():
    return tpe(DecisionTreeClassifier(random_state=0), layers)


class TestResultsFrame:
    def test_flat(self):
        search = tpe(Knob(), {"level": Float(0.0, 1.0)})
        frame = search.results_frame("dict")

        table = search.cv_results_
        assert frame["candidate"][0] == search.best_index_

        order = frame["candidate"]
        scores = table["mean_test_score"][order]
        assert (np.diff(scores) <= 0).all()

        assert frame["level"].tolist() == table["param_level"][order].tolist()

        assert frame["mean_fit_time"].tolist() == table["mean_fit_time"][order].tolist()

    def test_conditional(self, mixed):
        frame = mixed.results_frame("dict")

        for row, kind in enumerate(frame["clf"]):
            params = mixed.cv_results_["params"][frame["candidate"][row]]
            assert kind == {"SVC": "svm", "GaussianNB": "bayes"}.get(
                type(params["clf"]).__name__, "tree"
            )

            active = {
                name.partition(".")[2]
                for name, column in frame.items()
                if "." in name and not np.ma.getmaskarray(column)[row]
            }
            assert active == {
                name.removeprefix("clf__")
                for name in params
                if name.startswith("clf__")
            }

    def test_pandas_is_what_there_is(self, mixed):
        pandas = pytest.importorskip("pandas")
        frame = mixed.results_frame()

        assert isinstance(frame, pandas.DataFrame)

        assert frame["svm.C"].isna().tolist() == (frame["clf"] != "svm").tolist()

    def test_without_pandas_and_polars(self, mixed, monkeypatch):
        for name in ("pandas", "polars"):
            monkeypatch.setitem(sys.modules, name, None)

        assert type(mixed.results_frame()) is dict

        assert type(mixed.leaderboard()) is dict

    def test_equal_estimators_have_the_labels_of_their_options(self):
        frame = tpe(TWINS).results_frame("dict")

        assert set(frame["estimator"]) == {"shallow", "deep"}

        shallow = np.ma.getmaskarray(frame["shallow.max_depth"])
        assert shallow.tolist() == [kind == "deep" for kind in frame["estimator"]]

    def test_halving(self):
        search = HalvingSearchCV(
            Growing(),
            {"level": Float(0.0, 1.0)},
            resource="n_estimators",
            max_resources=9,
            n_candidates=9,
            cv=2,
            random_state=0,
        ).fit(X, Y)
        frame = search.results_frame("dict")

        assert frame["iter"].tolist() == [2, 1, 1, 1, *[0] * 9]

        assert frame["candidate"][0] == search.best_index_

        assert frame["n_estimators"].tolist() == frame["n_resources"].tolist()

        assert search.leaderboard("dict")["n_trials"].tolist() == [9]

    def test_failed(self):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            search = tpe(Sturdy(), {"mood": ["good", "fit fails"]}, n_iter=2)
        frame = search.results_frame("dict")

        assert frame["mood"].tolist() == ["good", "fit fails"]

        assert frame["n_failed_folds"].tolist() == [0, 2]

        assert np.isnan(frame["mean_test_score"][1])

        assert search.leaderboard("dict")["n_failed"].tolist() == [1]

        assert search.top_params() == [{"mood": "good"}]

    def test_several_metrics(self):
        search = tpe(
            SVC(), {"C": Float(0.1, 9)}, scoring=["accuracy", "f1"], refit="f1"
        )
        frame = search.results_frame("dict")

        assert list(frame)[2] == "mean_test_f1"

        assert frame["candidate"][0] == search.best_index_

        assert "mean_test_accuracy" in frame

        assert search.leaderboard("dict")["mean_test_f1"][0] == search.best_score_

    def test_what_was_suggested_is_in_the_table(self, asked):
        frame = asked.results_frame("dict")

        first = asked.suggestions_[asked.best_index_]
        for name in ("n", "u0", "kind"):
            assert frame[name][0] == first[name]

        assert frame["max_depth"][0] == asked.best_params_["max_depth"]

        assert "splitter" in frame  # no name of an answer


class TestFromAJournal:
    def test_same_as_of_the_search(self, tmp_path):
        path = tmp_path / "s.jsonl"
        search = tpe(mixed_pipeline(), MIXED, storage=path)
        found = load_history(path).results_frame("dict")
        expected = search.results_frame("dict")

        assert list(found) == list(expected)

        for name, column in expected.items():
            assert found[name].tolist() == column.tolist(), name

        assert (
            load_history(path).leaderboard("dict")["params"].tolist()
            == search.leaderboard("dict")["params"].tolist()
        )

    def test_a_choice_of_estimators(self, tmp_path):
        path = tmp_path / "s.jsonl"
        search = tpe(TWINS, storage=path)
        board = load_history(path).leaderboard("dict")

        assert board["estimator"].tolist() == (
            search.leaderboard("dict")["estimator"].tolist()
        )

    def test_labels_can_be_initial_points(self, tmp_path):
        path = tmp_path / "s.jsonl"
        search = tpe(TWINS, storage=path)
        [point] = load_history(path).top_params(1)

        assert point["estimator"] in {"shallow", "deep"}

        again = tpe(TWINS, n_iter=1, initial_points=[point])
        assert again.cv_results_["mean_test_score"][0] == search.best_score_

    def test_of_a_resumed_search(self, tmp_path):
        path = tmp_path / "s.jsonl"
        space = {"level": Float(0.0, 1.0)}
        tpe(Knob(), space, n_iter=2, storage=path)
        search = tpe(Knob(), space, n_iter=4, storage=path)

        assert search.end_counts_["known"] == 2

        found = load_history(path).results_frame("dict")
        assert found["level"].tolist() == search.results_frame("dict")["level"].tolist()


class TestTopParams:
    @pytest.mark.parametrize("k", [1, 3])
    def test_are_initial_points_again(self, mixed, k):
        points = mixed.top_params(k)

        assert len(points) == k

        assert points[0] == mixed.best_params_

        again = tpe(mixed_pipeline(), MIXED, n_iter=k, initial_points=points)
        best = np.sort(mixed.cv_results_["mean_test_score"])[::-1][:k]
        np.testing.assert_allclose(again.cv_results_["mean_test_score"], best)

    def test_best_params_of_a_space_function_are_an_initial_point(self, asked):
        """From the depth alone nobody could tell the layers."""
        best = asked.suggestions_[asked.best_index_]
        tree = DecisionTreeClassifier(random_state=0)
        for point in (
            asked.best_params_,
            asked.top_params(1)[0],
            pickle.loads(pickle.dumps(asked.best_params_)),
        ):
            again = tpe(tree, layers, n_iter=1, initial_points=[point])

            assert again.suggestions_ == [best]

            assert again.best_params_ == asked.best_params_

    def test_with_a_resource_they_are_points_too(self):
        def ask(trial):
            return {"level": 0.1 * trial.suggest_int("tenths", 1, 9)}

        words = {
            "resource": "n_estimators",
            "max_resources": 4,
            "n_candidates": 4,
            "factor": 2,
            "cv": 2,
            "random_state": 0,
        }
        search = HalvingSearchCV(Growing(), ask, **words).fit(X, Y)

        assert search.best_params_["n_estimators"] == 4

        words["initial_points"] = [search.best_params_]
        again = HalvingSearchCV(Growing(), ask, **words).fit(X, Y)

        assert again.suggestions_[0] == search.suggestions_[search.best_index_]


class TestTopModels:
    def test_are_fitted_to_the_data(self, mixed):
        first, second = mixed.top_models(2, X, Y)

        expected = mixed.best_estimator_.predict(X)
        assert first.predict(X).tolist() == expected.tolist()

        check_is_fitted(second)

        assert str(second) != str(first)

    def test_without_data_there_is_only_the_best(self, mixed):
        assert mixed.top_models(1) == [mixed.best_estimator_]

        with pytest.raises(ValueError, match=r"pass them .* top_models\(2, X, y\)"):
            mixed.top_models(2)

    def test_the_best_was_not_fitted(self):
        search = tpe(SVC(), {"C": [1, 2]}, n_iter=2, refit=False)
        with pytest.raises(ValueError, match=r"top_models\(1, X, y\)"):
            search.top_models(1)

    def test_no_candidate_has_a_score(self):
        search = TPESearchCV(SVC(), {"kernel": ["precomputed"]}, n_iter=2, cv=2)
        with pytest.raises(ValueError, match="All the 2 fits failed"):
            search.fit(X, Y)

        with pytest.raises(ValueError, match=r"No candidate has a score, .* failures_"):
            search.top_models(1)

    def test_with_weights(self):
        search = tpe(LogisticRegression(), {"C": [0.1, 1]}, n_iter=2)
        weights = np.where(Y[0] == Y, 100.0, 1.0)
        [plain] = search.top_models(1, X, Y)
        [weighted] = search.top_models(1, X, Y, sample_weight=weights)

        assert plain.coef_.tolist() != weighted.coef_.tolist()

    def test_passes_over_the_data_are_not_what_fit_makes(self):
        model = SGDClassifier(random_state=0)
        search = HalvingSearchCV(
            model,
            {"alpha": Float(1e-4, 1e-2)},
            resource="epochs",
            max_resources=3,
            n_candidates=3,
            cv=2,
        ).fit(X, Y)

        with pytest.raises(ValueError, match="resource='epochs'"):
            search.top_models(1, X, Y)

        assert search.top_models(1) == [search.best_estimator_]

    def test_k(self, mixed):
        with pytest.raises(ValueError, match="k must be an int of at least 1, got 0"):
            mixed.top_models(0, X, Y)


def test_candidate_estimator_is_a_method(mixed):
    for row in (0, mixed.best_index_):
        method = mixed.candidate_estimator(row)

        assert str(method) == str(candidate_estimator(mixed, row))


def test_json(tmp_path, mixed):
    mixed.to_json(tmp_path / "r.json")
    found = Results.from_json(tmp_path / "r.json")
    expected = mixed.results_frame("dict")

    for name, column in found.results_frame("dict").items():
        assert column.tolist() == expected[name].tolist(), name

    assert found.settings["n_iter"] == 8

    assert found.settings["estimator"].startswith("Pipeline(steps=[('scale'")


@pytest.mark.parametrize(
    "method", ["results_frame", "leaderboard", "top_params", "top_models"]
)
def test_before_the_fit(method):
    with pytest.raises(NotFittedError):
        getattr(TPESearchCV(SVC(), {"C": [1]}), method)()


def test_a_search_that_was_pickled_before_there_were_reports(mixed):
    old = pickle.loads(pickle.dumps(mixed))
    del old._for_reports
    frame = old.results_frame("dict")

    assert set(frame["clf"]) <= {"SVC", "DecisionTreeClassifier", "GaussianNB"}

    assert frame["candidate"].tolist() == (
        mixed.results_frame("dict")["candidate"].tolist()
    )


def test_a_choice_in_the_place_of_the_estimator():
    search = tpe(CHOICE, n_iter=6)
    board = search.leaderboard("dict")

    assert board["estimator"][0] in CHOICE.labels

    assert board["mean_test_score"][0] == search.best_score_

    assert sum(board["n_trials"]) == 6


def test_an_empty_space():
    search = tpe(SVC(), {}, n_iter=1)

    assert search.results_frame("dict")["rank"].tolist() == [1]

    assert search.leaderboard("dict")["params"].tolist() == [""]

    assert search.top_params() == [{}]
