"""Whole searches: a winner that was confirmed."""

import json
import warnings
import zlib

import joblib
import numpy as np
import pytest
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from stand_ins import Knob, data

from sksearch import Float, HalvingSearchCV, TPESearchCV, load_history
from sksearch._warn import Notices
from sksearch.engine import Budget, Confirmation, Logbook
from sksearch.engine.dispatch import _dispatch
from sksearch.engine.ending._ending import Ending
from sksearch.engine.standing import Planned, Standing
from sksearch.evaluation import Resource
from sksearch.trials import Candidate, FoldScore, Trial

X, Y = data()
SPACE = {"level": Float(0.0, 1.0)}


class Lucky(Knob):
    """Its score depends on the rows that it is tested on, and on its level."""

    n_fits = 0

    def fit(self, X, y=None, **params):
        type(self).n_fits += 1
        return super().fit(X, y, **params)

    def score(self, X, y=None):
        luck = np.random.default_rng(zlib.crc32(np.asarray(X).tobytes()))
        return self.level + luck.normal(scale=3.0)


def search(**words):
    words = {"n_iter": 20, "cv": 2, "random_state": 0, "confirm": 3, **words}
    return TPESearchCV(Lucky(), SPACE, **words)


def test_it_costs_what_was_asked_for_and_the_pooled_mean_decides():
    Lucky.n_fits = 0
    found = search(refit=False).fit(X, Y)
    table = found.cv_results_

    assert len(table["params"]) == 15

    assert Lucky.n_fits == 2 * (15 + table["n_confirmations"].sum())

    assert table["n_confirmations"].sum() == 5

    last = table["n_confirmations"] == 2
    pooled = np.where(last, table["mean_confirmed_score"], -np.inf)

    assert found.best_index_ == pooled.argmax()

    assert found.best_score_ == table["mean_test_score"][found.best_index_]

    assert found.confirmed_score_ == pooled.max()


def tried(number, *scores):
    made = Candidate(Trial(number, {}, np.zeros(1)), len(scores), number=number)
    for fold, score in enumerate(scores):
        made.folds[fold] = FoldScore(number, fold, {"score": score}, None, 0.0, 0.0)
    return made


def test_the_scores_of_the_search_count_as_much_as_those_of_a_repeat():
    first, second, failed = tried(0, 0.9, 0.9), tried(1, 0.7, 0.7), tried(2, 1.0, 1.0)
    confirmation = Confirmation(
        3,
        [],
        X,
        Y,
        budget=Budget(None, None),
        values=lambda one: one.values("score", np.nan),
        max_dispatched=1,
        standing=Standing(Planned({0: 3}, 2, {0: 1}), Budget(None, None)),
        resource=Resource(),
        logbook=Logbook(None),
        notices=Notices(),
        ending=Ending("n_iter"),
    )
    repeats = [tried(5, 0.5, 0.5), tried(6, 0.6, 0.6), tried(7, 0.9, np.nan)]
    confirmation.repeats = {i: [repeat] for i, repeat in enumerate(repeats)}

    assert confirmation._standings([second, failed, first]) == [first, second]


def test_the_same_for_any_number_of_jobs():
    tables = []
    for n_jobs in (1, 2):
        with joblib.parallel_config("threading"):
            found = search(n_jobs=n_jobs, window=1).fit(X, Y)
        tables.append(found.cv_results_["mean_confirmed_score"])

    np.testing.assert_array_equal(*tables)


def test_nothing_is_confirmed_twice(tmp_path):
    words = {"storage": tmp_path / "search.jsonl", "refit": False}
    first = search(**words).fit(X, Y)
    Lucky.n_fits = 0
    again = search(**words).fit(X, Y)

    assert Lucky.n_fits == 0

    assert again.best_index_ == first.best_index_

    for table in (again.cv_results_, load_history(words["storage"])):
        np.testing.assert_array_equal(
            table["mean_confirmed_score"], first.cv_results_["mean_confirmed_score"]
        )


def test_a_search_that_was_cut_off_confirms_the_rest(tmp_path):
    path = tmp_path / "search.jsonl"
    first = search(storage=path, refit=False).fit(X, Y)
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[:-4]))  # three folds, and the end
    Lucky.n_fits = 0
    again = search(storage=path, refit=False).fit(X, Y)

    assert Lucky.n_fits == 3

    assert again.confirmed_score_ == first.confirmed_score_


def test_confirmations_are_folds_of_no_candidate_in_the_journal(tmp_path):
    path = tmp_path / "search.jsonl"
    search(storage=path).fit(X, Y)
    records = [json.loads(line) for line in path.read_text().splitlines()]
    confirming = [record for record in records if "confirms" in record]

    assert len(confirming) == 10

    assert {record["fold"][0] for record in confirming} <= set(range(-15, 0))


def test_nothing_is_shared_when_the_search_is_over(monkeypatch):
    """The steps of its folds are on their way out, and those of others are new."""
    stores = []

    def watch(X, y, shared, *rest):
        stores.append(shared.value.steps)
        return evaluate_folds(X, y, shared, *rest)

    evaluate_folds = _dispatch.evaluate_folds
    monkeypatch.setattr(_dispatch, "evaluate_folds", watch)
    pipe = Pipeline([("scale", StandardScaler()), ("clf", Lucky())])
    words = {"n_iter": 8, "cv": 2, "confirm": 2, "random_state": 0}
    TPESearchCV(pipe, {"clf__level": Float(0.0, 1.0)}, cache=True, **words).fit(X, Y)
    n_shared = sum(store is not None for store in stores)

    assert 0 < n_shared < len(stores)

    assert stores[n_shared:] == [None] * (len(stores) - n_shared)


def test_halving_confirms_the_last_rung():
    found = HalvingSearchCV(
        Lucky(), SPACE, n_candidates=9, min_resources=6, cv=2, confirm=2, random_state=0
    ).fit(X, Y)
    confirmed = found.cv_results_["n_confirmations"] > 0

    assert set(found.cv_results_["iter"][confirmed]) <= {found.n_iterations_ - 1}


def test_a_single_candidate_on_the_last_rung_is_told():
    found = HalvingSearchCV(
        Lucky(), SPACE, n_candidates=2, min_resources=6, max_resources=18, factor=2,
        cv=2, confirm=2, random_state=0,
    )  # fmt: skip
    with pytest.warns(UserWarning, match="confirm=2 has no effect: .* there is one"):
        found.fit(X, Y)

    assert found.cv_results_["n_confirmations"].sum() == 0


def test_the_time_that_is_kept():
    found = search(n_iter=10**4, timeout=1.0).fit(X, Y)

    assert 0 < found.cv_results_["n_confirmations"].sum() <= 5


def test_verbose_counts_confirmations(capsys):
    search(verbose=1).fit(X, Y)
    said = capsys.readouterr().out

    assert "15 candidates and of 5 confirmations, totalling 40 fits" in said


def test_warnings_of_a_search_are_not_given_again():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        search().fit(X, Y)
