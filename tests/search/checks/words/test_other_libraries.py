"""What to write for the parameters of other libraries."""

from __future__ import annotations

import inspect
import re

import numpy as np
import pytest

import sksearch
from sksearch import HalvingSearchCV, TPESearchCV
from sksearch.search.checks.words._other_libraries import (
    _BY_NAME,
    _MEANT,
    instead,
    says_nothing,
    written,
)

NAMES = list(inspect.signature(TPESearchCV).parameters)
RUNGS = list(inspect.signature(HalvingSearchCV).parameters)


class Client:
    """Looks like the client of a cluster of dask."""

    def scheduler_info(self):
        return {}


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("max_evals", 5, "Write n_iter=5."),
        ("num_samples", 5, "Write n_iter=5."),
        ("max_trials", 5, "Write n_iter=5."),
        ("param_space", {"C": [1]}, "Write param_distributions={'C': [1]}."),
        ("n_initial_points", 4, "Write sampler_params={'n_startup': 4}."),
        ("time_budget", 60, "timeout. Write timeout=60."),
        ("seed", 0, "Write random_state=0."),
        ("callback", print, "Write callbacks=print."),
        ("iid", True, "Leave it out."),
        ("algo", "tpe", "Write TPESearchCV(...), or BayesSearchCV(...)."),
        ("fit_params", {}, "Write search.fit(X, y, **fit_params)."),
        ("executions_per_trial", 2, "Write n_repeats=2."),
        ("early_stop_fn", print, "Write callbacks=NoImprovement(20), of"),
        ("loss_threshold", 0.1, "Write callbacks=TargetScore(score), of"),
        ("trials_save_file", "x", "Write storage='search.jsonl'."),
        ("max_failures", 3, "error_score='raise' ends the search instead. Leave it"),
        ("fn", print, "needs no objective. Write estimator=SVC(), or"),
        ("grace_period", 2, "Write HalvingSearchCV(..., min_resources=2)."),
        ("max_resources", 9, "Write HalvingSearchCV(..., max_resources=9)."),
        ("overwrite", True, "the old file aside. Write resume=False."),
        ("generations", 40, "all configurations. Write n_iter=50."),
        ("criteria", "min", "Leave it out."),
        ("loggers", ["csv"], "Write callbacks=MLflowLogger(), or another"),
        ("use_gpu", True, "XGBClassifier(device='cuda') for example"),
        ("estimator_list", ["lgbm"], "Write estimator=suggest_models('classifier')"),
        ("use_cache", True, "No configuration is tried twice. Leave it out."),
        ("scheduler", "threads", "parallel_config('threading'): search.fit(X, y)."),
        ("scheduler", Client(), "Write with joblib.parallel_config('dask'): search."),
        ("scheduler", "asha", "Write prune_folds=True."),
        ("test_size", 0.2, "Write cv=ShuffleSplit(n_splits=1, test_size=0.2)."),
        ("n_itr", 9, "Did you mean 'n_iter'"),
        ("zzz", 9, "It has: 'estimator', 'param_distributions', "),
    ],
)
def test_line_to_write(name, value, line):
    assert line in instead(name, value, NAMES)


def test_lines_of_a_search_that_halves():
    assert instead("max_evals", 5, RUNGS) == "Write n_candidates=5."

    assert instead("eta", 4, RUNGS) == "Write factor=4."

    assert instead("hyperband_iterations", 1, RUNGS) == "Write brackets='hyperband'."

    repeated = "Write cv=RepeatedKFold(n_repeats=2)."
    assert instead("executions_per_trial", 2, RUNGS).endswith(repeated)

    assert instead("sampler", 4, NAMES) != instead("algo", 4, RUNGS)


def test_nothing_is_to_be_left_out():
    assert instead("max_evals", None, NAMES) == "Leave it out."

    assert instead("n_trials", None, RUNGS) == "Leave it out."


def test_line_within_a_call():
    found = instead("max_evals", 5, NAMES, within="Face(..., {})")

    assert found == "Write Face(..., n_iter=5)."


@pytest.mark.parametrize(
    ("name", "value", "nothing"),
    [
        ("catch", (), True),
        ("catch", (ValueError, TypeError), True),
        ("catch", KeyError, True),
        ("catch", (ValueError, 3), False),
        ("iid", "deprecated", True),
        ("overwrite", False, True),
        ("overwrite", True, False),
        ("iid", True, False),
        ("enable_pruning", False, True),
        ("enable_pruning", True, False),
        ("enable_pruning", 0, False),
        ("subsample", 1.0, True),
        ("subsample", 1, False),  # one row, in Optuna
        ("fit_params", {}, True),
        ("fit_params", {"a": 1}, False),
        ("study", None, True),
        ("study", np.ones(2), False),
        ("max_evals", None, False),
        ("loggers", None, True),
        ("max_iters", None, True),
        ("own", None, False),
        ("cache_cv", True, True),
    ],
    ids=str,
)
def test_values_that_ask_for_what_is_done_anyway(name, value, nothing):
    assert says_nothing(name, value, {name: value}) is nothing


def test_failures_that_shall_be_raised_are_not_caught():
    beside = {"error_score": "raise"}

    assert not says_nothing("catch", (ValueError,), beside)


@pytest.mark.parametrize(
    ("beside", "nothing"),
    [
        ({"enable_pruning": False}, True),
        ({"n_trials": 5, "timeout": 9}, True),
        ({"study": None}, True),
        ({"n_trials": 5, "enable_pruning": True}, False),
        ({"enable_pruning": 0}, False),
        ({"n_iter": 5}, False),
    ],
    ids=str,
)
def test_a_number_of_epochs_for_nothing(beside, nothing):
    assert says_nothing("max_iter", 100, {"max_iter": 100, **beside}) is nothing


@pytest.mark.parametrize(
    ("value", "text"),
    [(print, "print"), (lambda: 1, "..."), (object(), "..."), ({"a": 1}, "{'a': 1}")],
)
def test_text_of_a_value(value, text):
    assert written(value) == text


def test_each_word_is_explained_once():
    assert len(_BY_NAME) == sum(len(meant.names.split()) for meant in _MEANT)


def test_lines_name_parameters_and_classes_that_there_are():
    for meant in _MEANT:
        for line in meant.lines:
            name, found, _ = line.partition("=")
            if found and name.isidentifier():
                assert name in {*NAMES, *RUNGS, "param_grid"}, line
            for face in re.findall(r"\w+SearchCV", line):
                assert hasattr(sksearch, face), line
