"""Tests of reading the journal of a search without the data."""

import json
import warnings

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC
from stand_ins import Knob, Sturdy, data

from sksearch import Choice, Float, HalvingSearchCV, TPESearchCV, load_history
from sksearch.engine.journal._lines import Sum
from sksearch.exceptions import JournalError

X, Y = data()
SPACE = {"level": Float(0.0, 1.0)}


def tpe(path, estimator=None, space=SPACE, **words):
    words = {"n_iter": 5, "cv": 3, "random_state": 0, **words}
    return TPESearchCV(estimator or Knob(), space, storage=path, **words)


def assert_same(found, expected):
    assert list(found) == list(expected)
    for key in expected:
        np.testing.assert_array_equal(found[key], expected[key])


@pytest.mark.parametrize("as_text", [True, False])
def test_is_the_table_of_the_search(path, as_text):
    search = tpe(path, return_train_score=True).fit(X, Y)

    assert_same(load_history(str(path) if as_text else path), search.cv_results_)


def test_several_metrics(path):
    words = {"scoring": ["accuracy", "f1"], "refit": "f1"}
    search = tpe(path, SVC(), {"C": Float(0.1, 9)}, **words).fit(X, Y)

    assert_same(load_history(path), search.cv_results_)


@pytest.mark.parametrize("brackets", [1, "hyperband"])
def test_halving(path, brackets):
    search = HalvingSearchCV(
        Knob(), SPACE, n_candidates=9, brackets=brackets, cv=2, storage=path
    ).fit(X, Y)

    assert_same(load_history(path), search.cv_results_)


def test_estimators_are_labels(path):
    models = Choice({"svm": SVC(), "line": LogisticRegression()})
    tpe(path, models, None, n_iter=2).fit(X, Y)

    assert sorted(p["estimator"] for p in load_history(path)["params"]) == [
        "line",
        "svm",
    ]


def test_failures_are_nan_without_a_word(path):
    search = tpe(path, Sturdy(), {"mood": ["good", "fit fails"]}, n_iter=2)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        search.fit(X, Y)
    table = load_history(path)
    scores = dict(
        zip([p["mood"] for p in table["params"]], table["mean_test_score"], strict=True)
    )

    assert scores["good"] == 0.5

    assert np.isnan(scores["fit fails"])


def test_a_failed_metric_has_no_number_whatever_error_score_is(path):
    """A score that only `error_score` gives must not win, here or on resuming."""

    def brittle(estimator, X, y):
        return -1.0 if estimator.level < 0.5 else 1 / 0

    def fitted(error_score):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return tpe(
                path,
                space={"level": [0.1, 0.9]},
                scoring={"level": Knob.score, "brittle": brittle},
                refit="brittle",
                error_score=error_score,
            ).fit(X, Y)

    search = fitted(0.0)

    assert search.best_params_ == {"level": 0.9}

    assert search.top_params() == load_history(path).top_params() == [{"level": 0.1}]

    assert fitted(np.nan).best_params_ == {"level": 0.1}


def test_a_journal_of_the_first_release(path):
    search = tpe(path).fit(X, Y)
    header, *rest = path.read_bytes().splitlines()
    records = [json.loads(line) for line in (header, *rest)]
    del records[0]["kept"]["columns"]["linked"]
    total = Sum()
    lines = [{k: v for k, v in r.items() if k != "crc32"} for r in records]
    path.write_bytes(b"".join(map(total.write, lines)))

    assert_same(load_history(path), search.cv_results_)

    assert load_history(path).diagnosis().kinds == search.diagnosis().kinds


def test_while_a_search_is_writing(path):
    seen = []

    def look(record):
        before = path.read_bytes()
        seen.append(len(load_history(path)["params"]))
        assert path.read_bytes() == before

    tpe(path, callbacks=look).fit(X, Y)

    assert seen == [1, 2, 3, 4, 5]


def test_candidates_that_are_not_complete_are_left_out(path):
    tpe(path).fit(X, Y)
    *lines, _, last = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines, last[: len(last) // 2]]))
    if not last.startswith(b'{"fold"'):
        pytest.fail("the last line is not one of a fold")
    # A line that was cut in the middle, and one that is missing before it.
    with pytest.raises(JournalError, match="damaged"):
        load_history_of(path, b"".join([*lines, last]))
    path.write_bytes(b"".join(lines))

    assert len(load_history(path)["params"]) == 4


def load_history_of(path, content):
    path.write_bytes(content)
    return load_history(path)


def test_without_a_finished_candidate(path):
    tpe(path).fit(X, Y)
    first, second, *_ = path.read_bytes().splitlines(keepends=True)

    assert load_history_of(path, first + second) == {"params": []}


def test_what_is_no_journal(path, tmp_path):
    with pytest.raises(FileNotFoundError):
        load_history(path)

    with pytest.raises(JournalError, match="not a journal of sksearch"):
        load_history_of(path, b"hello\n")

    with pytest.raises(JournalError, match="is empty"):
        load_history_of(path, b"")

    with pytest.raises(OSError, match="director"):
        load_history(tmp_path)


def test_another_format(path):
    tpe(path).fit(X, Y)
    header = json.loads(path.read_text().splitlines()[0])

    assert header["sksearch"] == 1

    with pytest.raises(JournalError, match="damaged in line 1"):
        load_history_of(path, path.read_bytes().replace(b": 1,", b": 2,", 1))
