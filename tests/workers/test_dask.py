"""Tests of what is noticed of a dask cluster, with stand-ins for its client."""

from concurrent.futures import CancelledError, Future
from types import SimpleNamespace

import pytest

import sksearch.workers._dask
from sksearch.exceptions import NoWorkersWarning, WorkersDiedError
from sksearch.workers._dask import ClusterWatch, error_of, keep_local_cluster


class Cluster:
    """A client to a cluster, and the clock on its wall."""

    def __init__(self):
        self.status = "running"
        self.workers = {"one": 1}
        self.error = None
        self.now = 0.0

    def nthreads(self):
        if self.error is not None:
            raise self.error
        return self.workers

    def monotonic(self):
        return self.now


class Nanny:
    def __init__(self, state):
        self.status = SimpleNamespace(name=state)


@pytest.fixture
def cluster(monkeypatch):
    cluster = Cluster()
    monkeypatch.setattr(sksearch.workers._dask, "time", cluster)
    return cluster


class TestClusterWatch:
    def test_is_silent_while_there_are_workers(self, cluster):
        watch = ClusterWatch(cluster)
        for cluster.now in (0, 1e3, 1e6):
            watch.check()

    @pytest.mark.parametrize(
        "gone",
        [{"workers": {}}, {"status": "connecting"}, {"error": OSError("closed")}],
        ids=["no worker", "no scheduler", "no answer"],
    )
    def test_warns_once_and_ends(self, cluster, gone):
        watch = ClusterWatch(cluster)
        vars(cluster).update(gone)
        watch.check()
        cluster.now = 29
        watch.check()
        cluster.now = 31
        with pytest.warns(NoWorkersWarning, match="no worker for 31 s"):
            watch.check()
        cluster.now = 599
        watch.check()
        cluster.now = 601
        with pytest.raises(WorkersDiedError, match="no worker for 601 s"):
            watch.check()

    def test_ends_at_once_if_the_connection_was_closed(self, cluster):
        watch = ClusterWatch(cluster)
        watch.check()
        vars(cluster).update(workers={}, status="closed")
        with pytest.raises(WorkersDiedError, match="was closed"):
            watch.check()

    @pytest.mark.parametrize(
        ("spec", "states", "seconds"),
        [
            ({0: 1, 1: 1}, {0: "closed", 1: "failed"}, 61),
            ({0: 1, 1: 1}, {}, 61),
            ({0: 1, 1: 1}, {0: "closed", 1: "running"}, 601),
            ({}, {}, 601),
            (None, None, 601),
        ],
        ids=["closed", "given up", "one goes on", "scaled to none", "elsewhere"],
    )
    @pytest.mark.filterwarnings("ignore::sksearch.exceptions.NoWorkersWarning")
    def test_waits_less_long_if_nobody_starts_workers(
        self, cluster, spec, states, seconds
    ):
        if spec is not None:
            nannies = {k: Nanny(state) for k, state in states.items()}
            cluster.cluster = SimpleNamespace(worker_spec=spec, workers=nannies)
        cluster.workers = {}
        watch = ClusterWatch(cluster)
        watch.check()
        cluster.now = seconds - 2
        watch.check()
        cluster.now = seconds
        with pytest.raises(WorkersDiedError, match=f"no worker for {seconds} s"):
            watch.check()

    def test_starts_over_when_a_worker_comes(self, cluster):
        watch = ClusterWatch(cluster)
        for cluster.now, cluster.workers in [(0, {}), (20, {"two": 2}), (40, {})]:
            watch.check()
        cluster.now = 60
        watch.check()


class LocalCluster:
    pass


class RemoteCluster:
    pass


@pytest.mark.parametrize(
    ("kind", "longer"), [(LocalCluster, True), (RemoteCluster, False), (None, False)]
)
def test_a_local_cluster_gives_up_no_worker(kind, longer):
    config = pytest.importorskip("dask").config
    pytest.importorskip("distributed")
    name = "distributed.deploy.lost-worker-timeout"
    before = config.get(name)
    with keep_local_cluster(SimpleNamespace(cluster=kind and kind())):
        assert (config.get(name) == "1 day") == longer

    assert config.get(name) == before


def future(result=None, error=None):
    made = Future()
    if error is None:
        made.set_result(result)
    else:
        made.set_exception(error)
    return made


class NoValidWorkerError(Exception):
    """Has the name of the one of dask."""


class TestErrorOf:
    def test_none(self):
        assert error_of(future([1])) is None

        cancelled = Future()
        cancelled.cancel()
        assert error_of(cancelled) is None

    def test_what_went_wrong(self):
        killed = SystemError("killed")

        assert error_of(future(error=killed)) is killed

        lost = CancelledError("scheduler-restart")

        assert error_of(future(lost)) is lost

    def test_dask_itself_gives_up(self):
        given_up = NoValidWorkerError("nobody for 5 s")
        error = error_of(future(error=given_up))

        assert isinstance(error, WorkersDiedError)

        assert "nobody for 5 s" in str(error)

        assert error.__cause__ is given_up
