"""Racing: every face prunes candidates between folds, whatever the timing."""

import joblib
import numpy as np
import pytest
from faces import LEVEL, assert_same_results, one_quick_face
from sklearn.model_selection import RepeatedKFold, ShuffleSplit
from stand_ins import Sturdy, Uneven, rows, two_metrics

from sksearch import load_history

X, Y = rows()
N_SPLITS = 8


@pytest.fixture
def race(face):
    def make(estimator=None, space=LEVEL, **words):
        defaults = {"n_iter": 12, "cv": N_SPLITS, "prune_folds": True}
        return face(estimator or Uneven(), space, **{**defaults, **words})

    return make


def splits_of(results, metric="score"):
    return np.array([results[f"split{i}_test_{metric}"] for i in range(N_SPLITS)]).T


def test_unfinished_splits_are_nan_and_rank_below(race):
    search = race().fit(X, Y)

    results = search.cv_results_
    table, n_folds = splits_of(results), results["n_folds"]
    pruned = n_folds < N_SPLITS
    assert 0 < pruned.sum() < 12
    assert (np.isfinite(table).sum(axis=1) == n_folds).all()
    np.testing.assert_allclose(results["mean_test_score"], np.nanmean(table, axis=1))
    np.testing.assert_allclose(results["std_test_score"], np.nanstd(table, axis=1))
    assert np.isfinite(results["mean_fit_time"]).all()
    ranks = results["rank_test_score"]
    assert ranks[pruned].min() > ranks[~pruned].max()
    assert n_folds[search.best_index_] == N_SPLITS
    assert search.best_score_ == results["mean_test_score"][~pruned].max()


@one_quick_face
def test_a_repetition_of_the_folds_is_finished_before_the_next_begins(race):
    cv = RepeatedKFold(n_splits=2, n_repeats=N_SPLITS // 2, random_state=0)

    results = race(cv=cv).fit(X, Y).cv_results_

    by_repetition = np.isfinite(splits_of(results)).reshape(12, -1, 2).sum(axis=2)
    assert (results["n_folds"] > 1).sum() > 1
    assert ((by_repetition == 1).sum(axis=1) <= 1).all()
    assert (by_repetition.max(axis=1) == np.minimum(results["n_folds"], 2)).all()


@one_quick_face
def test_a_single_fold_is_no_race(race):
    results = race(cv=ShuffleSplit(1, random_state=0)).fit(X, Y).cv_results_

    assert (results["n_folds"] == 1).all()
    assert results["rank_test_score"].min() == 1


@one_quick_face
def test_without_it_there_is_no_column(race):
    results = race(prune_folds=False).fit(X, Y).cv_results_

    assert "n_folds" not in results
    assert np.isfinite(splits_of(results)).all()


@one_quick_face
def test_timing_and_backend_change_nothing(race):
    found = []
    for n_jobs in (2, 2, N_SPLITS):
        with joblib.parallel_config("threading"):
            found.append(race(n_jobs=n_jobs).fit(X, Y).cv_results_)

    assert_same_results(found[0], found[1])
    assert_same_results(found[0], found[2])


@one_quick_face
def test_a_journal_leads_to_the_same_search(race, tmp_path):
    path = tmp_path / "race.jsonl"
    whole = race(storage=path).fit(X, Y)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[: len(lines) // 2]))

    again = race(storage=path, resume=True).fit(X, Y)

    assert_same_results(whole.cv_results_, again.cv_results_)
    history = load_history(path)
    for key in ("n_folds", "rank_test_score", "split3_test_score", "mean_test_score"):
        np.testing.assert_array_equal(history[key], whole.cv_results_[key])


@one_quick_face
def test_speculative_folds_are_in_no_table(race, tmp_path):
    path = tmp_path / "race.jsonl"
    with joblib.parallel_config("threading"):
        search = race(n_jobs=N_SPLITS, storage=path).fit(X, Y)

    history = load_history(path)

    np.testing.assert_array_equal(splits_of(history), splits_of(search.cv_results_))


def test_the_driving_metric_decides(race):
    points = [{"level": level} for level in (0.5, 0.2, 0.8)]
    words = {"scoring": two_metrics, "n_iter": 3, "initial_points": points}

    up = race(refit="up", **words).fit(X, Y).cv_results_
    down = race(refit="down", **words).fit(X, Y).cv_results_

    assert up["n_folds"].tolist() == [N_SPLITS, 1, N_SPLITS]
    assert down["n_folds"].tolist() == [N_SPLITS, N_SPLITS, 1]


def test_a_failed_fold_ends_a_candidate(race):
    points = [{"mood": mood} for mood in ("fit fails", "good", "score fails", "good")]
    space = {"mood": ["fit fails", "good", "score fails"]}

    with pytest.warns(Warning, match=r"fail|non-finite"):
        search = race(Sturdy(), space, n_iter=3, initial_points=points).fit(X, Y)

    assert search.cv_results_["n_folds"].tolist() == [N_SPLITS, N_SPLITS, 1]
    assert search.best_index_ == 1
    assert search.failures_["candidate"] == [0] * N_SPLITS + [2]


@one_quick_face
def test_predictions_of_pruned_candidates_are_left_out(race):
    search = race(return_oof=True).fit(X, Y)

    kept = [p is not None for p in search.oof_predictions_.predictions]
    assert kept == (search.cv_results_["n_folds"] == N_SPLITS).tolist()


def test_callbacks_see_what_was_pruned(race):
    records = []
    search = race(callbacks=records.append).fit(X, Y)

    results = search.cv_results_
    assert [r.n_folds for r in records] == results["n_folds"].tolist()
    assert [r.pruned for r in records] == (results["n_folds"] < N_SPLITS).tolist()
    assert all(r.score <= r.best_score for r in records)
    assert records[-1].best_number == search.best_index_
