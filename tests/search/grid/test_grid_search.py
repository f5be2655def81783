"""Tests of GridSearchCV beyond what it shares with scikit-learn's."""

from __future__ import annotations

import inspect
import json

import joblib
import numpy as np
import pytest
import sklearn.model_selection
from faces import assert_same_results
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import Pipeline
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier
from stand_ins import Knob, Sturdy, data, rows

from sksearch import Choice, Float, GridSearchCV, Option, StackingWeights, load_history
from sksearch.exceptions import JournalError, SpaceError, SpaceTypeError

X, Y = data()
LEVELS = {"level": [0.3, 0.1, 0.5, 0.1]}


def grid(estimator=None, space=LEVELS, **words):
    return GridSearchCV(estimator or Knob(), space, **{"cv": 2, **words})


def tried(search, name="level"):
    return [params.get(name) for params in search.cv_results_["params"]]


class Fragile(Knob):
    """Breaks off a search as a machine does that is switched off."""

    left = 0

    def fit(self, X, y=None):
        type(self).left -= 1
        if self.left < 0:
            raise KeyboardInterrupt
        return super().fit(X, y)


def test_parameters_begin_with_scikit_learns():
    ours = inspect.signature(GridSearchCV).parameters
    theirs = inspect.signature(sklearn.model_selection.GridSearchCV).parameters

    assert list(ours)[: len(theirs)] == list(theirs)
    for name, parameter in theirs.items():
        assert ours[name].kind is parameter.kind
        if name != "param_grid":  # may be left out where the estimator is a Choice
            assert repr(ours[name].default) == repr(parameter.default)
    assert not {"n_iter", "initial_points", "sampler_params"} & set(ours)


def test_all_is_tried_in_order_and_the_search_says_why_it_ended():
    search = grid().fit(X, Y)

    assert tried(search) == LEVELS["level"]
    assert search.best_index_ == 2
    assert search.end_reason_ == "space exhausted"
    assert search.end_counts_["planned"] == search.end_counts_["finished"] == 4


def test_the_grid_is_a_parameter_like_any_other():
    search = clone(grid()).set_params(param_grid={"level": [0.2]})

    assert search.param_grid == search.param_distributions == {"level": [0.2]}
    assert "param_distributions" not in search.get_params()
    assert tried(search.fit(X, Y)) == [0.2]
    assert "param_grid=" in repr(search)


def test_a_tree_of_choices():
    clf = Choice(
        {
            "svm": Option(SVC(), C=[1, 10], kernel=["linear", "rbf"]),
            "bayes": GaussianNB(),
            "tree": Option(DecisionTreeClassifier(random_state=0), max_depth=[1, 2]),
        }
    )
    search = grid(Pipeline([("clf", SVC())]), {"clf": clf}).fit(X, Y)

    names = [type(value).__name__ for value in tried(search, "clf")]
    assert names == ["SVC"] * 4 + ["GaussianNB"] + ["DecisionTreeClassifier"] * 2
    assert tried(search, "clf__C") == [1, 1, 10, 10, None, None, None]
    assert tried(search, "clf__max_depth") == [None] * 5 + [1, 2]
    alone = grid(clf, None).fit(X, Y)
    assert tried(alone, "estimator__C") == tried(search, "clf__C")
    np.testing.assert_array_equal(
        alone.cv_results_["mean_test_score"], search.cv_results_["mean_test_score"]
    )


@pytest.mark.parametrize("left", [0, 3, 5])
def test_a_search_goes_on_from_its_journal(tmp_path, left):
    path = tmp_path / "grid.jsonl"
    Fragile.left = left
    ends = pytest.warns(UserWarning, match="Interrupted")
    with pytest.raises(KeyboardInterrupt) if left < 2 else ends:
        grid(Fragile(), storage=path, refit=False).fit(X, Y)
    Fragile.left = 8 - left
    search = grid(Fragile(), storage=path, refit=False).fit(X, Y)

    assert Fragile.left == 0  # each fold was fitted once
    assert_same_results(search.cv_results_, grid(refit=False).fit(X, Y).cv_results_)
    again = grid(Fragile(), storage=path, refit=False).fit(X, Y)
    assert_same_results(again.cv_results_, search.cv_results_)
    assert again.end_counts_["known"] == 4
    assert load_history(path)["params"] == search.cv_results_["params"]


def test_another_grid_is_another_search(tmp_path):
    path = tmp_path / "grid.jsonl"
    grid(storage=path).fit(X, Y)

    with pytest.raises(JournalError, match="param_grid"):
        grid(space={"level": [0.1]}, storage=path).fit(X, Y)
    header = json.loads(path.read_text(encoding="utf-8").splitlines()[0])
    assert "param_distributions" not in header["fingerprint"]


def test_failures_are_tried_again(tmp_path):
    path, space = tmp_path / "grid.jsonl", {"mood": ["good", "fit fails", "well"]}
    words = {"storage": path, "refit": False}
    data = rows()
    with pytest.warns(Warning, match=r"fail|non-finite"):
        first = grid(Sturdy(), space, **words).fit(*data)
    with pytest.warns(Warning, match=r"fail|non-finite"):
        again = grid(Sturdy(), space, resume="retry", **words).fit(*data)

    assert tried(again, "mood") == space["mood"]
    assert_same_results(first.cv_results_, again.cv_results_)


def test_jobs_make_no_difference():
    with joblib.parallel_config("threading"):
        search = grid(n_jobs=2).fit(X, Y)

    assert_same_results(search.cv_results_, grid().fit(X, Y).cv_results_)


def test_candidates_that_cannot_win_are_dropped():
    search = grid(space={"level": [0.5, 0.1, 0.2]}, cv=5, prune_folds=True).fit(X, Y)

    assert search.cv_results_["n_folds"].tolist() == [5, 1, 1]
    assert search.best_index_ == 0


def test_callbacks_and_timeout_end_it():
    stopped = grid(callbacks=lambda record: record.n_finished == 2).fit(X, Y)
    late = grid(timeout=1e-9).fit(X, Y)

    assert tried(stopped) == LEVELS["level"][:2]
    assert stopped.end_reason_.startswith("callback")
    assert tried(late) == LEVELS["level"][:1]
    assert late.end_reason_ == "timeout"


def test_records_know_how_many_there_are():
    records = []
    grid(callbacks=records.append).fit(X, Y)

    assert [record.n_total for record in records] == [4] * 4


def test_predictions_for_an_ensemble():
    space = {"C": [0.01, 1.0, 100.0]}
    search = grid(LogisticRegression(), space, return_oof=True).fit(X, Y)

    assert len(search.oof_predictions_.predictions) == 3
    assert StackingWeights.from_search(search).fit(X, Y).predict(X).shape == Y.shape


def test_confirmation_comes_on_top():
    words = {"confirm": 2, "random_state": 0, "refit": False}
    search = grid(LogisticRegression(), {"C": [0.01, 1.0, 100.0]}, **words).fit(X, Y)

    assert len(search.cv_results_["params"]) == 3
    assert sorted(search.cv_results_["n_confirmations"]) == [0, 1, 1]


def test_without_any_score_the_first_one_wins_as_in_scikit_learn():
    def nothing(estimator, X, y):
        return np.nan

    with pytest.warns(UserWarning, match="non-finite"):
        search = grid(scoring=nothing).fit(X, Y)

    assert search.best_params_ == {"level": 0.3}
    assert np.isnan(search.best_score_)


@pytest.mark.parametrize(
    ("space", "error", "message"),
    [
        ("auto", SpaceTypeError, "'param_grid' parameter must be a dict.*got 'auto'"),
        ({"level": Float(0, 1)}, SpaceTypeError, "'level': a grid needs values"),
        ({"levle": [1]}, SpaceError, "'levle'.*'level'"),
        (None, SpaceTypeError, "'param_grid' parameter is missing"),
    ],
)
def test_bad_grids(space, error, message):
    with pytest.raises(error, match=message):
        grid(space=space).fit(X, Y)
