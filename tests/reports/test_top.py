import numpy as np
import pytest
from report_tables import facts_of, table_of

from sksearch.reports._top import check_k, top_points
from sksearch.space import Answered

PARAMS = [{"C": 1}, {"C": 2}, {"C": 3}, {"C": 2}]


def test_the_best_distinct_ones():
    table = table_of(PARAMS, [0.1, 0.4, 0.2, 0.4])

    assert top_points(table, facts_of(PARAMS), 2) == [(1, {"C": 2}), (2, {"C": 3})]

    assert [row for row, _ in top_points(table, facts_of(PARAMS), 9)] == [1, 2, 0]


def test_a_trial_counts_once_whatever_its_resource():
    params = [{"C": 1, "n": 1}, {"C": 2, "n": 1}, {"C": 1, "n": 2}]
    table = table_of(params, [0.1, 0.2, 0.3], iter=np.array([0, 0, 1]))

    found = top_points(table, facts_of(params, trials=[0, 1, 0]), 5)

    assert [row for row, _ in found] == [2, 1]


def test_those_without_a_score_are_none():
    table = table_of(PARAMS[:2], [float("nan"), 0.1])

    assert top_points(table, facts_of(PARAMS[:2]), 5) == [(1, {"C": 2})]


def test_they_know_the_answers_of_a_space_function():
    facts = facts_of([{"C": 6}], suggestions=[{"a": 2, "b": 3}])

    [(_, found)] = top_points(table_of([{"C": 6}], [0.1]), facts, 1)

    assert found == {"C": 6}

    assert isinstance(found, Answered)

    assert found.suggestions == {"a": 2, "b": 3}


def test_changing_them_changes_no_result():
    params = [{"C": 1}]
    [(_, found)] = top_points(table_of(params, [0.1]), facts_of(params), 1)
    found["C"] = 2

    assert params == [{"C": 1}]


@pytest.mark.parametrize("k", [0, -1, 1.5, True, "3", None])
def test_what_is_no_number_of_candidates(k):
    with pytest.raises(ValueError, match="k must be an int of at least 1, got"):
        check_k(k)


def test_numbers_of_numpy():
    assert check_k(np.int64(3)) == 3
