"""States, values and rungs of the trials of a study."""

from datetime import datetime

import numpy as np

from sksearch.reports import Facts
from sksearch.reports.studies._study_trials import study_trials

NAN = float("nan")


def facts(n, trials=None, **words):
    words = {"n_failed": [0] * n, "kinds": [""] * n, **words}
    return Facts("score", None, labels=[{}] * n, trials=trials or range(n), **words)


def table(scores, **columns):
    scores = np.array(scores, dtype=float)
    return {
        "mean_test_score": scores,
        "split0_test_score": scores - 0.1,
        "split1_test_score": scores + 0.1,
        **{name: np.array(column) for name, column in columns.items()},
    }


def test_complete_and_failed():
    found = study_trials(
        table([0.5, NAN, 0.0], mean_fit_time=[1.0, 2.0, 3.0]),
        facts(3, n_failed=[0, 2, 1], kinds=["svm", "tree", "svm"]),
        {1: "ValueError: no"},
    )

    assert [(t.row, t.state, t.value) for t in found] == [
        (0, "COMPLETE", 0.5),
        (1, "FAIL", None),
        (2, "FAIL", None),
    ]

    assert found[0].notes == {
        "candidates": [0],
        "estimator type": "svm",
        "mean_fit_time": 1.0,
        "mean_test_score": 0.5,
        "split0_test_score": 0.4,
        "split1_test_score": 0.6,
    }

    assert found[1].notes == {
        "candidates": [1],
        "estimator type": "tree",
        "mean_fit_time": 2.0,
        "mean_test_score": None,
        "split0_test_score": None,
        "split1_test_score": None,
        "failed folds": 2,
        "error": "ValueError: no",
    }

    assert all(t.intermediate == {} and t.times is None for t in found)


def test_rungs_are_one_trial():
    found = study_trials(
        table([0.1, 0.2, 0.3, 0.4], n_resources=[3, 3, 9, 3], bracket=[0, 0, 0, 1]),
        facts(4, trials=[0, 1, 0, 2]),
        {},
    )

    assert [(t.row, t.state, t.value, t.intermediate) for t in found] == [
        (2, "COMPLETE", 0.3, {3: 0.1, 9: 0.3}),
        (1, "PRUNED", 0.2, {3: 0.2}),
        (3, "PRUNED", 0.4, {3: 0.4}),
    ]

    assert found[0].notes["candidates"] == [0, 2]

    assert [t.notes["bracket"] for t in found] == [0, 0, 1]


def test_pruned_folds():
    found = study_trials(table([0.1, 0.2], n_folds=[1, 2]), facts(2), {})

    assert [(t.state, t.intermediate) for t in found] == [
        ("PRUNED", {1: 0.1}),
        ("COMPLETE", {2: 0.2}),
    ]


def test_times_are_those_of_all_folds():
    timeline = {
        "candidate": [0, 1, 0],
        "fold": [0, 0, 1],
        "start": [100.0, 101.0, 107.0],
        "seconds": [2.0, 1.0, 0.5],
    }

    [trial, _] = study_trials(table([1.0, 2.0]), facts(2, timeline=timeline), {})

    assert trial.times == (
        datetime.fromtimestamp(100.0),  # noqa: DTZ006
        datetime.fromtimestamp(107.5),  # noqa: DTZ006
    )
