import numpy as np
from report_tables import facts_of, table_of

from sksearch.reports._leaderboard import leaderboard_of

PARAMS = [
    {"clf": "svm", "clf__C": 0.123456, "clf__kernel": "rbf"},
    {"clf": "tree", "clf__max_depth": None},
    {"clf": "svm", "clf__C": 1.0, "clf__kernel": "linear"},
    {"clf": "svm", "clf__C": 0.123456, "clf__kernel": "rbf"},
]
KINDS = ["svm", "tree", "svm", "svm"]


def board(scores, **words):
    columns = words.pop("columns", {})
    facts = facts_of(PARAMS, kind_name="clf", kinds=KINDS, **words)
    return leaderboard_of(table_of(PARAMS, scores, **columns), facts)


def test_one_row_per_type_the_best_first():
    found = board([0.3, 0.4, 0.2, 0.1], n_failed=[0, 0, 2, 0])

    assert found["estimator"] == ["tree", "svm"]

    assert found["mean_test_score"].tolist() == [0.4, 0.3]

    assert found["candidate"] == [1, 0]

    assert found["n_trials"] == [1, 3]

    assert found["n_failed"] == [0, 1]

    assert found["params"] == ["max_depth=None", "C=0.1235, kernel='rbf'"]


def test_seconds_are_those_of_all_folds():
    # Half a second to fit and a quarter to score, on two folds each.
    assert board([0.3, 0.4, 0.2, 0.1])["seconds"] == [1.5, 4.5]

    run = {"n_folds": np.array([2, 1, 1, 1])}

    assert board([0.3, 0.4, 0.2, 0.1], columns=run)["seconds"] == [0.75, 3.0]


def test_a_configuration_on_two_rungs_is_one_trial():
    rungs = {"iter": np.array([0, 0, 0, 1])}

    found = board([0.3, 0.4, 0.2, 0.1], trials=[0, 1, 2, 0], columns=rungs)

    assert found["estimator"] == ["svm", "tree"]

    assert found["n_trials"] == [2, 1]

    assert found["candidate"] == [3, 1]


def test_a_type_that_only_failed_comes_last():
    found = board([float("nan"), 0.4, float("nan"), float("nan")])

    assert found["estimator"] == ["tree", "svm"]

    assert np.isnan(found["mean_test_score"][1])
