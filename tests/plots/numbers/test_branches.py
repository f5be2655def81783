from __future__ import annotations

import numpy as np
from sklearn.svm import SVC

from sksearch import Choice, Float, GridSearchCV, TPESearchCV
from sksearch.plots.numbers import read_table


def test_the_choice_of_estimators_makes_the_branches(searches):
    table = read_table(searches["tree"])

    kinds = [
        type(p["estimator"]).__name__ for p in searches["tree"].cv_results_["params"]
    ]
    named = [table.branches.names[i] for i in table.branches.members]
    assert table.branches.names == ("first", "second", "third")
    assert [name == "second" for name in named] == [kind == "Other" for kind in kinds]
    assert table.branches.only_of(table.axis("b")) == 1
    assert table.branches.only_of(table.axis("estimator")) is None


def test_a_flat_space_is_one_branch(searches):
    assert read_table(searches["flat"]).branches.names == ("",)


def test_dicts_that_compete_are_told_apart_by_what_they_have():
    results = {
        "params": [{"a": 1, "b": 2}, {"a": 1, "c": 3}, {"a": 2, "b": 2}],
        "mean_test_score": np.array([0.1, 0.2, 0.3]),
    }

    found = read_table(results).branches

    assert sorted(found.names) == ["with b", "with c"]
    assert found.members[0] == found.members[2] != found.members[1]


def test_lists_of_their_own_do_not_tell_dicts_apart_if_something_else_does():
    params = [{"C": C, "kernel": "linear"} for C in (1, 10)]
    params += [{"C": C, "kernel": "rbf", "gamma": 2} for C in (0.1, 1)]
    results = {"params": params, "mean_test_score": np.array([0.1, 0.2, 0.3, 0.4])}
    grid = [
        {"C": [1, 10], "kernel": ["linear"]},
        {"C": [0.1, 1], "kernel": ["rbf"], "gamma": [2]},
    ]
    search = GridSearchCV(SVC(), grid, cv=2).fit(
        np.arange(20.0).reshape(-1, 1), [0, 1] * 10
    )

    for found in (read_table(results).branches, read_table(search).branches):
        assert sorted(found.names) == ["linear", "rbf"]


def test_what_decides_nothing_makes_no_branches():
    results = {
        "params": [
            {"s": "x", "a": 1},
            {"s": "y", "b": 1},
            {"s": "y", "a": 2},
            {"s": "x", "b": 3},
        ],
        "mean_test_score": np.array([0.1, 0.2, 0.3, 0.4]),
    }

    assert sorted(read_table(results).branches.names) == ["with a", "with b"]


def test_ranges_of_their_own_tell_models_apart():
    space = Choice({"wide": SVC(C=Float(5, 9)), "low": SVC(C=Float(0.1, 1))})
    search = TPESearchCV(space, n_iter=6, cv=2, random_state=0, initial_points=())
    search.fit(np.arange(20.0).reshape(-1, 1), [0, 1] * 10)

    assert read_table(search).branches.names == ("wide", "low")
