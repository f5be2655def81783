"""Tests of RandomizedSearchCV beyond what it shares with scikit-learn's."""

from __future__ import annotations

import inspect

import numpy as np
import pytest
import sklearn.model_selection
from faces import CHOICE, assert_same_results
from scipy.stats import loguniform, uniform
from stand_ins import Knob, data

from sksearch import Choice, Float, Option, RandomizedSearchCV
from sksearch.exceptions import SpaceExhaustedWarning

X, Y = data()
LISTED = {"level": [i / 50 for i in range(50)]}
RANGE = {"level": uniform(0, 1)}


def draw(space=RANGE, estimator=None, **words):
    words = {"n_iter": 4, "cv": 2, "random_state": 0, **words}
    return RandomizedSearchCV(estimator or Knob(), space, **words)


def tried(search):
    return [params["level"] for params in search.cv_results_["params"]]


def test_parameters_begin_with_scikit_learns():
    ours = inspect.signature(RandomizedSearchCV).parameters
    theirs = inspect.signature(sklearn.model_selection.RandomizedSearchCV).parameters

    assert list(ours)[: len(theirs)] == list(theirs)
    for name, parameter in theirs.items():
        assert ours[name].kind is parameter.kind
        if name != "param_distributions":  # left out where the estimator is a Choice
            assert repr(ours[name].default) == repr(parameter.default)
    assert not {"initial_points", "sampler_params"} & set(ours)


@pytest.mark.parametrize("space", [RANGE, LISTED], ids=["range", "lists"])
@pytest.mark.parametrize("seed", [0, None])
def test_more_candidates_go_on_from_the_journal(tmp_path, space, seed):
    path = tmp_path / "draws.jsonl"
    first = draw(space, storage=path, random_state=seed).fit(X, Y)
    more = draw(space, storage=path, random_state=seed, n_iter=9).fit(X, Y)

    assert tried(more)[:4] == tried(first)
    assert more.end_counts_["known"] == 4
    assert len(set(tried(more))) == len(tried(more)) == 9
    again = draw(space, storage=path, random_state=seed, n_iter=9).fit(X, Y)
    assert_same_results(again.cv_results_, more.cv_results_)
    assert again.end_counts_["known"] == 9


def test_what_is_drawn_twice_is_tried_twice_also_after_a_resume(tmp_path):
    path, space = tmp_path / "draws.jsonl", [{"level": [0.1]}, RANGE]
    whole = draw(space, storage=path, n_iter=8).fit(X, Y)
    assert tried(whole).count(0.1) > 1
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[: len(lines) // 2]))

    again = draw(space, storage=path, n_iter=8).fit(X, Y)

    assert_same_results(again.cv_results_, whole.cv_results_)


def test_a_small_space_is_searched_completely():
    with pytest.warns(SpaceExhaustedWarning, match="only 3 configurations"):
        search = draw({"level": [0.1, 0.2, 0.3]}, n_iter=10).fit(X, Y)

    assert sorted(tried(search)) == [0.1, 0.2, 0.3]
    assert search.end_reason_ == "space exhausted"


def test_the_seconds_are_not_spent_on_drawing():
    search = draw(n_iter=10**7, timeout=1e-9).fit(X, Y)

    assert len(tried(search)) == 1
    assert search.end_reason_ == "timeout"


def test_trees_of_choices_are_drawn_from_the_prior():
    search = draw(None, CHOICE, n_iter=12).fit(X, Y)

    kinds = {type(p["estimator"]).__name__ for p in search.cv_results_["params"]}
    assert len(kinds) == 3
    for params in search.cv_results_["params"]:
        depth = "estimator__max_depth" in params
        assert depth == ("Tree" in type(params["estimator"]).__name__)


def test_other_spaces_that_scikit_learn_does_not_take():
    level = Choice({"low": Option(0.1), "high": Option(Float(0.5, 1))})
    assert {x < 0.5 for x in tried(draw({"level": level}, n_iter=8).fit(X, Y))} == {
        True,
        False,
    }
    made = draw(lambda t: {"level": t.suggest_float("level", 0.25, 0.5)}).fit(X, Y)
    assert all(0.25 <= x <= 0.5 for x in tried(made))


def test_confirmation_takes_the_place_of_candidates():
    search = draw({"level": loguniform(0.1, 1)}, n_iter=6, confirm=2, refit=False)
    with pytest.raises(ValueError, match="fresh splits"):
        search.set_params(cv=[(np.arange(20), np.arange(20, 40))]).fit(X, Y)
    search.set_params(cv=2).fit(X, Y)

    assert len(tried(search)) == 4
