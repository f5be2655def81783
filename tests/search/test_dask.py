"""Tests of what only dask does: its cluster may be small, restarted, or gone."""

import os
import threading
from contextlib import suppress

import joblib
import pytest
from sklearn.exceptions import FitFailedWarning
from sklearn.model_selection import cross_val_score
from stand_ins import Deadly, Probe, Slow, data

import sksearch.workers._dask
from sksearch import Float, TPESearchCV
from sksearch.exceptions import NoWorkersWarning, WorkersDiedError

X, Y = data()
SPACE = {"level": Float(0, 1)}
WORDS = {"n_iter": 8, "cv": 2, "random_state": 0, "initial_points": None}

pytestmark = [
    pytest.mark.backends,
    pytest.mark.timeout(300),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def scores(search):
    return search.cv_results_["mean_test_score"].tolist()


def test_restarted_then_one_worker_then_none(dask_cluster, monkeypatch):
    """One start of a cluster for all."""
    client = pytest.importorskip("distributed").default_client()
    expected = scores(TPESearchCV(Slow(), SPACE, n_jobs=1, **WORDS).fit(X, Y))
    search = TPESearchCV(Slow(seconds=0.1), SPACE, **WORDS)
    restart = threading.Timer(0.5, client.restart)
    restart.start()
    with joblib.parallel_config("dask"):
        search.fit(X, Y)
    restart.join()

    assert len(scores(search)) == len(expected)

    assert search.failures_["candidate"] == []

    client.cluster.scale(1)
    client.sync(client.cluster._correct_state)
    with joblib.parallel_config("dask"):
        processes = set(scores(TPESearchCV(Probe(what="process"), SPACE).fit(X, Y)))

    assert len(processes) == 1

    assert os.getpid() not in processes

    monkeypatch.setattr(sksearch.workers._dask, "WARN_AFTER", 1.0)
    monkeypatch.setattr(sksearch.workers._dask, "END_AFTER", 3.0)
    search.callbacks = lambda result: client.cluster.scale(0)
    with (
        joblib.parallel_config("dask"),
        pytest.warns(NoWorkersWarning, match=r"no worker for .* waits for one"),
        pytest.raises(WorkersDiedError, match="no worker for"),
    ):
        search.fit(X, Y)

    assert 0 < len(scores(search)) < len(expected)


def search_here():
    """Search in whatever process this is called in, on the cluster it belongs to."""
    with joblib.parallel_config("dask"):
        return scores(TPESearchCV(Slow(seconds=0.05), SPACE, **WORDS).fit(X, Y))


def test_nested(dask_cluster):
    """More searches than workers, each in a task of its own."""
    client = pytest.importorskip("distributed").default_client()
    expected = scores(TPESearchCV(Slow(), SPACE, n_jobs=2, **WORDS).fit(X, Y))
    tasks = [client.submit(search_here, pure=False) for _ in range(3)]

    assert [task.result(60) for task in tasks] == [expected] * 3

    inner = TPESearchCV(Slow(), SPACE, n_jobs=2, **WORDS)
    with joblib.parallel_config("dask"):
        found = cross_val_score(inner, X, Y, cv=2, n_jobs=2)
        words = {**WORDS, "n_iter": 2, "n_jobs": 2}
        outer = TPESearchCV(inner, {"n_iter": [2, 8]}, **words).fit(X, Y)

    assert found.tolist() == [max(expected)] * 2

    assert outer.best_params_ == {"n_iter": 8}


@pytest.mark.timeout(900)
def test_a_candidate_that_ends_its_process_with_the_settings_of_dask():
    """One of its folds ends four workers, and four more alone."""
    distributed = pytest.importorskip("distributed")
    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=":0"
    )
    space = {"how": ["not", "exit"]}
    words = {**WORDS, "n_iter": 2}
    with distributed.Client(cluster), joblib.parallel_config("dask"):
        search = TPESearchCV(Deadly(), space, **words)
        with pytest.warns((FitFailedWarning, UserWarning), match="failed|non-finite"):
            search.fit(X, Y)
    with suppress(KeyError):  # it stumbles over workers that died very early
        cluster.close()

    assert search.failures_["exception"] == ["WorkerDiedError"] * 2

    assert search.best_params_ == {"how": "not"}
