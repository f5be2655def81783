import pickle

import pytest
from report_tables import facts_of, table_of

from sksearch.reports import Results

PARAMS = [{"C": 1}, {"C": 2}]


def results():
    return Results(table_of(PARAMS, [0.1, 0.2]), facts_of(PARAMS), {"n_iter": 2})


def test_is_the_table():
    found = results()

    assert found["params"] == PARAMS

    assert found.results_frame("dict")["C"].tolist() == [2, 1]

    assert found.leaderboard("dict")["candidate"].tolist() == [1]

    assert found.top_params(1) == [{"C": 2}]

    assert found.top_rows(5) == [1, 0]


@pytest.mark.parametrize("way", ["file", "pickle"])
def test_comes_back(way, tmp_path):
    if way == "file":
        results().to_json(tmp_path / "r.json")
        found = Results.from_json(tmp_path / "r.json")
    else:
        found = pickle.loads(pickle.dumps(results()))

    assert found.top_params() == [{"C": 2}, {"C": 1}]

    assert found.settings == {"n_iter": 2}


def test_without_a_row(tmp_path):
    empty = Results({"params": []})
    empty.to_json(tmp_path / "r.json")

    for found in (empty, Results.from_json(tmp_path / "r.json")):
        assert found == {"params": []}

        assert found.results_frame("dict") == found.leaderboard("dict") == {}

        assert found.top_params(3) == []


def test_k_is_checked_without_a_row_too():
    with pytest.raises(ValueError, match="k must be"):
        Results({"params": []}).top_params(0)
