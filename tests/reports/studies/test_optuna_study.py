"""The calls that make a study of Optuna."""

import sys

import numpy as np
import optuna_stand_in as stand_in
import pytest

from sksearch.reports import Facts, Results, make_study
from sksearch.space import Float

TABLE = {
    "params": [{"a": 0.5, "n": 3}, {"a": 0.25, "n": 9}],
    "param_n": np.array([3, 9]),
    "n_resources": np.array([3, 9]),
    "mean_test_score": np.array([0.1, 0.2]),
    "split0_test_score": np.array([0.1, 0.2]),
}


def results(**words):
    words = {"labels": [{}, {}], "trials": [0, 1], "n_failed": [0, 0], **words}
    timeline = {"candidate": [0], "fold": [0], "start": [1e9], "seconds": [3.0]}
    return Results(
        TABLE, Facts("score", None, kinds=["", ""], timeline=timeline, **words)
    )


@pytest.mark.parametrize("domains", [{}, {"a": [Float(0.0, 1.0)]}])
def test_calls(monkeypatch, domains):
    stand_in.put_in_place(monkeypatch)

    study = make_study(results(), domains, {}, study_name="x", storage=None)

    assert study.words == {
        "direction": "maximize",
        "study_name": "x",
        "storage": None,
    }

    assert study.user_attrs == {"metric": "score"}

    first, second = study.trials
    ends = (0.0, 1.0) if domains else (0.25, 0.5)

    assert first.params == {"a": 0.5}

    assert first.distributions == {"a": stand_in.FloatDistribution(*ends)}

    assert (first.state.name, second.state.name) == ("PRUNED", "COMPLETE")

    assert (first.datetime_complete - first.datetime_start).total_seconds() == 3.0

    assert second.datetime_start is None  # Optuna's own are left


def test_answers_stand_for_a_space_function(monkeypatch):
    stand_in.put_in_place(monkeypatch)
    answers = [{"depth": 1}, {"depth": 2, "width": 7}]

    study = make_study(results(suggestions=answers), {}, {})

    assert [trial.params for trial in study.trials] == answers


def test_nothing_finished(monkeypatch):
    stand_in.put_in_place(monkeypatch)

    with pytest.raises(ValueError, match="at least one finished candidate, got none"):
        make_study(Results({"params": []}), {}, {})


def test_optuna_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "optuna", None)

    with pytest.raises(ImportError, match=r"pip install 'sksearch\[optuna\]'"):
        make_study(results(), {}, {})
