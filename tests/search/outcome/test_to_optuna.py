"""A study of Optuna from a search, and from its journal."""

import warnings

import optuna_stand_in as stand_in
import pytest
from sklearn.exceptions import NotFittedError
from sklearn.svm import SVC
from stand_ins import Knob, Sturdy, data

from sksearch import (
    Choice,
    Float,
    HalvingSearchCV,
    Int,
    Option,
    TPESearchCV,
    load_history,
    to_optuna,
)

X, Y = data()
TREE = Choice(
    {
        "knob": Option(Knob(), level=Float(0.1, 1.0, log=True)),
        "sturdy": Option(Sturdy(), mood=["good", "fit fails"]),
    }
)


pytestmark = pytest.mark.usefixtures("optuna")


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    path = tmp_path_factory.mktemp("optuna") / "tree.jsonl"
    words = {"n_iter": 12, "cv": 2, "random_state": 0, "storage": path}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return TPESearchCV(TREE, **words).fit(X, Y)


def test_conditions_labels_and_failures(tree):
    study = to_optuna(tree, study_name="tree", storage="sqlite://")
    params = tree.cv_results_["params"]
    failed = {*tree.failures_["candidate"]}

    assert study.words["study_name"] == "tree"

    assert study.words["storage"] == "sqlite://"

    assert len(study.trials) == 12

    for i, trial in enumerate(study.trials):
        kind = type(params[i]["estimator"]).__name__.lower()
        own = {k: v for k, v in params[i].items() if k != "estimator"}

        assert trial.params == {"estimator": kind, **own}

        assert (trial.state.name == "FAIL") == (i in failed)

    assert any(failed)

    text = study.trials[min(failed)].user_attrs["error"]

    assert "\n" not in text

    scales = study.trials[tree.best_index_].distributions
    log = stand_in.FloatDistribution(0.1, 1.0, log=True)

    assert scales["estimator"].choices == ("knob", "sturdy")

    assert scales["estimator__level"] == log


def test_of_a_journal(tree):
    whole, read = to_optuna(tree), to_optuna(load_history(tree.storage))

    assert [t.params for t in read.trials] == [t.params for t in whole.trials]

    assert [t.state for t in read.trials] == [t.state for t in whole.trials]

    for one, other in zip(read.trials, whole.trials, strict=True):
        moved = one.datetime_start - other.datetime_start

        assert abs(moved.total_seconds()) < 1e-5


def test_halving():
    search = HalvingSearchCV(
        Knob(), {"level": Float(0.0, 1.0)}, n_candidates=9, cv=2, random_state=0
    ).fit(X, Y)
    study = to_optuna(search)
    top = max(search.cv_results_["n_resources"])
    complete = [t for t in study.trials if t.state.name == "COMPLETE"]

    assert len(study.trials) == 9

    assert all(top in t.intermediate_values for t in complete)

    assert max(t.value for t in complete) == search.best_score_

    assert {name for t in study.trials for name in t.params} == {"level"}


def test_space_functions():
    def space(trial):
        return {"level": 0.5 / trial.suggest_int("n", 1, 4)}

    search = TPESearchCV(Knob(), space, n_iter=3, cv=2, random_state=0).fit(X, Y)
    study = to_optuna(search)

    assert [t.params for t in study.trials] == search.suggestions_

    assert study.trials[0].distributions == {"n": stand_in.IntDistribution(1, 4)}


@pytest.mark.parametrize("search", [SVC(), {"params": []}, None])
def test_something_else(search):
    with pytest.raises(TypeError, match="must be a fitted search of sksearch or what"):
        to_optuna(search)


def test_not_fitted():
    with pytest.raises(NotFittedError):
        to_optuna(TPESearchCV(Knob(), {"level": Int(0, 1)}))
