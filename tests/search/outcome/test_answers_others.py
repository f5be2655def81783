"""Attributes of other libraries' searches that have an equivalent."""

import pickle
import sys

import numpy as np
import pytest
from stand_ins import Knob, data

from sksearch import (
    BayesSearchCV,
    Choice,
    Float,
    GridSearchCV,
    HalvingSearchCV,
    Option,
    TPESearchCV,
)

X, Y = data()
SPACE = {"level": Float(0.1, 1.0, log=True)}
WORDS = {"cv": 2, "random_state": 0}
OF_OPTUNA = ["study_", "trials_", "trials_dataframe", "best_trial_"]


@pytest.fixture(scope="module")
def search():
    return TPESearchCV(Knob(), SPACE, n_iter=4, **WORDS).fit(X, Y)


def test_a_study(optuna, search):
    study = search.study_

    assert search.study_ is study

    assert search.trials_ is study.trials

    assert search.n_trials_ == len(search.trials_) == 4

    best = search.best_trial_

    assert (best.value, best.params) == (search.best_score_, search.best_params_)

    assert best.user_attrs["split1_test_score"] is not None

    assert best.user_attrs["mean_test_score"] == best.value

    assert pickle.loads(pickle.dumps(search)).study_.trials == study.trials


def test_the_best_trial_is_the_best_candidate(optuna):
    search = TPESearchCV(Knob(), SPACE, n_iter=3, refit=lambda _: 1, **WORDS).fit(X, Y)

    assert search.best_trial_ is search.trials_[1]


def test_another_fit_has_another_study(optuna):
    search = TPESearchCV(Knob(), SPACE, n_iter=2, **WORDS).fit(X, Y)
    first = search.study_
    search.set_params(n_iter=3).fit(X, Y)

    assert (len(first.trials), len(search.study_.trials)) == (2, 3)


@pytest.mark.parametrize("name", OF_OPTUNA)
def test_without_optuna(name, search, monkeypatch):
    monkeypatch.setitem(sys.modules, "optuna", None)
    anew = pickle.loads(pickle.dumps(search))  # for which no study was made

    with pytest.raises(AttributeError, match="needs Optuna, which is not installed"):
        getattr(anew, name)


@pytest.mark.parametrize("name", [*OF_OPTUNA, "n_trials_", "optimizer_results_"])
def test_before_the_fit(name, optuna, search):
    with pytest.raises(AttributeError, match=f"no attribute '{name}'. Write "):
        getattr(TPESearchCV(Knob(), SPACE), name)

    assert name not in dir(search)


def test_total_iterations():
    assert BayesSearchCV(Knob(), SPACE, n_iter=7).total_iterations == 7

    with pytest.raises(AttributeError, match=r"'total_iterations'. Write search.n_i"):
        GridSearchCV(Knob(), SPACE).total_iterations  # noqa: B018


def test_results_of_scikit_optimize(search):
    [result] = search.optimizer_results_

    assert search.optimizer_results_[0] is result

    assert dict(zip(SPACE, result.x, strict=True)) == search.best_params_

    assert result.fun == -search.best_score_

    assert result.x_iters == [[p["level"]] for p in search.cv_results_["params"]]

    assert np.array_equal(-result.func_vals, search.cv_results_["mean_test_score"])


@pytest.mark.parametrize(
    "make",
    [
        lambda: HalvingSearchCV(Knob(), SPACE, n_candidates=3, factor=3, **WORDS),
        lambda: TPESearchCV(Choice({"a": Option(Knob(), **SPACE)}), n_iter=3, **WORDS),
    ],
    ids=["rungs", "tree"],
)
def test_rungs_and_trees_have_no_result_of_scikit_optimize(make):
    with pytest.raises(AttributeError, match=r"Write search.results_frame\(\)"):
        make().fit(X, Y).optimizer_results_  # noqa: B018
