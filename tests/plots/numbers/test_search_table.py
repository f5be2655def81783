from __future__ import annotations

import re

import numpy as np
import pytest
from sklearn.ensemble import VotingClassifier
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV
from sklearn.svm import SVC

from sksearch import Choice, Float, Option, TPESearchCV, load_history, plots
from sksearch.plots.numbers import read_table

X = np.arange(60.0).reshape(-1, 1)
Y = np.arange(60) % 2


def test_scores_of_a_search(searches):
    search = searches["flat"]

    table = read_table(search)

    np.testing.assert_array_equal(table.scores, search.cv_results_["mean_test_score"])
    assert table.folds.shape == (40, 3)
    np.testing.assert_array_equal(table.train, search.cv_results_["mean_train_score"])
    assert table.best == search.best_index_
    assert [axis.name for axis in table.axes] == ["a", "b", "kind"]
    assert table.axis("a").log
    assert not table.failed.any()


def test_a_hyperparameter_with_two_names_is_one_axis():
    C = Float(0.1, 10, log=True)
    model = VotingClassifier([("a", SVC(C=C)), ("b", SVC(C=C))])
    search = TPESearchCV(model, n_iter=3, cv=2, random_state=0).fit(X, Y)

    assert [axis.name for axis in read_table(search).axes] == ["a__C"]


def test_failures(searches):
    table = read_table(searches["failing"])

    a = [p["a"] for p in searches["failing"].cv_results_["params"]]
    assert table.failed.tolist() == [value < 1.0 for value in a]
    assert np.isnan(table.scores[table.failed]).all()


def test_a_configuration_is_one_trial_on_all_rungs(searches):
    table = read_table(searches["halving"])

    assert table.resources.tolist() == [1] * 27 + [3] * 9 + [9] * 3
    assert len(set(table.trials)) == 27
    assert set(table.trials[-3:]) <= set(table.trials[27:36]) <= set(table.trials[:27])
    assert [axis.name for axis in table.axes] == ["a", "kind"]
    assert table.comparable().tolist() == [True] * 27 + [False] * 12


def test_another_metric(searches):
    search = searches["metrics"]

    assert read_table(search).metric == "loss"
    table = read_table(search, "gain")
    np.testing.assert_array_equal(table.scores, search.cv_results_["mean_test_gain"])
    assert table.best == int(np.argmax(table.scores))
    with pytest.raises(ValueError, match="metric must be one of 'gain', 'loss'"):
        read_table(search, "gains")


def test_pruned_candidates_have_the_mean_of_their_folds():
    results = {
        "params": [{"a": 1}, {"a": 2}],
        "mean_test_score": np.array([0.5, np.nan]),
        "split0_test_score": np.array([0.4, 0.2]),
        "split1_test_score": np.array([0.6, np.nan]),
        "n_folds": np.array([2, 1]),
    }

    table = read_table(results)

    assert table.pruned.tolist() == [False, True]
    assert table.failed.tolist() == [False, False]
    assert table.scores.tolist() == [0.5, 0.2]
    assert table.best == 0


def test_a_search_of_scikit_learn():
    search = GridSearchCV(
        SVC(), {"C": [1e-3, 1, 1e3], "kernel": ["rbf", "linear"]}, cv=2
    )

    table = read_table(search.fit(X, Y))

    assert table.axis("C").log
    assert table.axis("kernel").ticks == ("linear", "rbf")


def test_a_journal(tmp_path):
    path = tmp_path / "search.jsonl"
    search = TPESearchCV(SVC(), {"C": [1, 10]}, n_iter=2, cv=2, storage=path).fit(X, Y)

    table = read_table(load_history(path))

    np.testing.assert_array_equal(table.scores, search.cv_results_["mean_test_score"])
    assert table.axis("C").values.tolist() == [1.0, 10.0]


def test_a_space_function():
    def space(trial):
        kernel = trial.suggest_categorical("k", ["rbf", "linear"])
        if kernel == "rbf":
            return {"kernel": kernel, "gamma": trial.suggest_float("g", 0.1, 1.0)}
        return {"kernel": kernel}

    search = TPESearchCV(SVC(), space, n_iter=6, cv=2, random_state=0).fit(X, Y)

    table = read_table(search)

    assert [axis.name for axis in table.axes] == ["k", "g"]
    assert set(table.branches.names) == {"rbf", "linear"}


@pytest.mark.parametrize(
    ("given", "kind", "message"),
    [
        (SVC(), TypeError, "got the estimator SVC()"),
        (TPESearchCV, TypeError, "search must be a fitted search"),
        (3, TypeError, "got 3 of type int"),
        (TPESearchCV(SVC(), {"C": [1]}), NotFittedError, "not fitted yet"),
        ({"params": []}, ValueError, "at least one finished candidate"),
    ],
)
def test_what_is_no_fitted_search(given, kind, message):
    with pytest.raises(kind, match=re.escape(message)):
        read_table(given)


def test_no_scores(dead):
    table = read_table(dead)

    assert table.best is None
    assert table.failed.all()
    with pytest.raises(
        ValueError, match="at least 2 candidates with a score, got 0 of"
    ):
        table.require_scores(2)


@pytest.mark.parametrize(
    "display",
    [
        plots.SliceDisplay,
        plots.ParallelCoordinatesDisplay,
        plots.ContourDisplay,
        plots.ImportanceDisplay,
    ],
)
def test_a_search_that_tuned_nothing_is_named(display):
    results = {"params": [{}, {}], "mean_test_score": np.array([0.1, 0.2])}

    with pytest.raises(ValueError, match="needs a hyperparameter, dict has tuned none"):
        display.from_search(results)


def test_a_range_and_a_list_of_one_name_are_two_axes():
    models = {
        "range": SVC(C=Float(0.1, 10, log=True)),
        "list": Option(SVC(), C=[1, 20]),
    }
    search = TPESearchCV(
        Choice(models), n_iter=12, cv=2, random_state=0, initial_points=()
    ).fit(X, Y)

    table = read_table(search)
    own, listed = table.axis("C"), table.axis("C (listed)")
    assert (own.ticks, own.log, listed.ticks) == ((), True, ("1", "20"))
    assert (own.active != listed.active).all()
    assert table.branches.names == ("range", "list")


def test_many_numbers_and_something_else_without_a_space():
    values = [None, *np.linspace(0.1, 0.9, 30), "sqrt"]
    results = {
        "params": [{"max_features": value} for value in values],
        "mean_test_score": np.arange(32.0),
    }

    numbers, others = read_table(results).axes
    assert (numbers.ticks, numbers.active.sum()) == ((), 30)
    assert others.ticks == ("None", "sqrt")

    results["params"] = results["params"][:9]
    results["mean_test_score"] = np.arange(9.0)
    assert len(read_table(results).axes) == 1
