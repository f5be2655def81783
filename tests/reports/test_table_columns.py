import numpy as np
import pytest
from report_tables import facts_of, table_of
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from sksearch import OneStandardError
from sksearch.reports import Results, fold_scores, metrics_of
from sksearch.reports._table_columns import (
    INACTIVE,
    best_first,
    columns_of,
    n_splits_of,
)

NAN = float("nan")
PIPES = [
    {"scale": StandardScaler(), "clf": SVC(), "clf__C": 1.0},
    {"scale": "passthrough", "clf": "tree", "clf__max_depth": None},
    {"scale": "passthrough", "clf": "line", "clf__C": 2.0},
    {"scale": "passthrough", "clf": SVC(), "clf__C": 3.0, "clf__gamma": 0.5},
]
LABELS = [{"clf": "svm", "scale": "StandardScaler"}, {}, {}, {"clf": "svm"}]


def pipes(scores=(0.1, 0.4, 0.2, 0.3), **words):
    words = {"kind_name": "clf", "kinds": ["svm", "tree", "line", "svm"], **words}
    facts = facts_of(PIPES, labels=LABELS, **words)
    return columns_of(table_of(PIPES, scores), facts)


def test_the_best_comes_first_and_failures_last():
    table = table_of([{}] * 4, [0.1, NAN, 0.3, 0.3])

    assert best_first(table, facts_of(table["params"])) == ([2, 3, 0, 1], [1, 1, 3, 4])


def test_the_last_rung_comes_first():
    table = table_of([{}] * 4, [0.9, 0.8, 0.5, NAN], iter=np.array([0, 0, 1, 1]))

    assert best_first(table, facts_of(table["params"])) == ([2, 0, 1, 3], [1, 2, 3, 4])


def test_columns_stand_in_groups_by_estimator_type():
    assert list(pipes()) == [
        "rank",
        "candidate",
        "mean_test_score",
        "std_test_score",
        "clf",
        "scale",
        "svm.C",
        "svm.gamma",
        "tree.max_depth",
        "line.C",
        "n_folds",
        "n_failed_folds",
        "mean_fit_time",
        "std_fit_time",
        "mean_score_time",
        "std_score_time",
    ]


def test_objects_have_labels():
    columns = pipes()

    assert columns["clf"] == ["tree", "svm", "line", "svm"]

    assert columns["scale"] == ["passthrough"] * 3 + ["StandardScaler"]


def test_inactive_is_not_none():
    columns = pipes()

    assert columns["tree.max_depth"] == [None, INACTIVE, INACTIVE, INACTIVE]

    assert columns["svm.C"] == [INACTIVE, 3.0, INACTIVE, 1.0]


def test_of_one_type_names_have_no_prefix():
    params = [{"clf__C": 1}, {"clf__C": 2, "clf__gamma": 0.5}]

    columns = columns_of(table_of(params, [0.1, 0.2]), facts_of(params))

    assert columns["C"] == [2, 1]

    assert columns["gamma"] == [0.5, INACTIVE]


def test_names_of_the_table_are_not_lost():
    params = [{"rank": 5, "clf__candidate": 6}]

    columns = columns_of(table_of(params, [0.1]), facts_of(params))

    assert columns["rank"].tolist() == [1]

    assert columns["param_rank"] == [5]

    assert columns["clf__candidate"] == [6]


def test_folds_run_and_folds_failed():
    params = [{"C": 1}, {"C": 2}]
    facts = facts_of(params, n_failed=[0, 2])

    columns = columns_of(table_of(params, [0.1, 0.2]), facts)

    assert columns["n_folds"].tolist() == [2, 2]

    assert columns["n_failed_folds"].tolist() == [2, 0]

    run = table_of(params, [0.1, 0.2], n_folds=np.array([2, 1]))

    assert columns_of(run, facts)["n_folds"].tolist() == [1, 2]


def test_the_metric_that_counts_stands_before_the_others():
    params = [{"C": 1}, {"C": 2}]
    more = {
        f"{what}_test_f1": np.array(values)
        for what, values in {"mean": [0.2, 0.1], "std": [0, 0], "rank": [1, 2]}.items()
    }
    table = table_of(params, [0.1, 0.2], **more)

    columns = columns_of(table, facts_of(params, metric="f1"))

    assert list(columns)[2:6] == [
        "mean_test_f1",
        "std_test_f1",
        "mean_test_score",
        "std_test_score",
    ]

    assert columns["candidate"].tolist() == [0, 1]


def test_other_columns_are_kept_with_what_is_masked():
    params = [{"C": 1}, {"C": 2}]
    again = np.ma.MaskedArray([0.5, 0.0], mask=[False, True])

    columns = columns_of(table_of(params, [0.1, 0.2], again=again), facts_of(params))

    assert columns["again"] == [INACTIVE, 0.5]


class TestSpaceFunctions:
    def columns(self, params, suggestions):
        facts = facts_of(params, suggestions=suggestions)
        return columns_of(table_of(params, [0.5] * len(params)), facts)

    def test_answers_are_columns_beside_the_result(self):
        found = self.columns(
            [{"sizes": (3,)}, {"sizes": (3, 4)}],
            [{"n": 1, "u0": 3}, {"n": 2, "u0": 3, "u1": 4}],
        )

        assert found["n"] == [1, 2]

        assert found["u1"] == [INACTIVE, 4]

        assert found["sizes"] == [(3,), (3, 4)]

    def test_an_answer_that_is_the_parameter_stands_once(self):
        found = self.columns([{"clf__C": 1.5}], [{"C": 1.5}])

        assert found["C"] == [1.5]

        assert "clf__C" not in found

    def test_an_answer_with_the_name_of_another_value(self):
        found = self.columns([{"C": 10.0}], [{"C": 1}])

        assert found["C"] == [1]

        assert found["C (set)"] == [10.0]


#: The name of one metric ends like a column of the other.
METRICS = {"auc": [[0.5, 0.9], [0.6, 0.9]], "my_test_auc": [[1.0, 1.0], [0.0, 0.0]]}
TWO_METRICS = {
    "params": [{"C": 1}, {"C": 2}],
    "mean_fit_time": np.ones(2),
    **{
        name: np.array(column)
        for metric, rows in METRICS.items()
        for name, column in (
            (f"mean_test_{metric}", np.mean(rows, axis=1)),
            (f"split0_test_{metric}", [row[0] for row in rows]),
            (f"split1_test_{metric}", [row[1] for row in rows]),
        )
    },
}


@pytest.mark.parametrize("metric", METRICS)
def test_a_metric_whose_name_ends_like_another(metric):
    assert metrics_of(TWO_METRICS) == list(METRICS)

    assert n_splits_of(TWO_METRICS, metric) == 2

    assert fold_scores(TWO_METRICS, metric).tolist() == METRICS[metric]


def test_the_rule_takes_the_folds_of_its_own_metric():
    assert OneStandardError(metric="auc", key=lambda table: [1, 2])(TWO_METRICS) == 0


def test_an_empty_table():
    assert fold_scores(Results({"params": []}), "auc").shape == (0, 0)
