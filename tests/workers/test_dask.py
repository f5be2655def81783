"""Tests of what a search does with a dask cluster, with stand-ins for its client."""

import asyncio
import queue
import threading
from concurrent.futures import CancelledError
from types import SimpleNamespace

import pytest

import sksearch.workers._dask
from sksearch.exceptions import NoWorkersWarning, WorkersDiedError
from sksearch.workers._dask import ClusterWatch, DaskTasks, keep_local_cluster


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


class NoValidWorkerError(Exception):
    """Has the name of the one of dask."""


class ThreadOfClient:
    """Runs coroutines in a thread, as the loop of a client of dask does."""

    def __init__(self):
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()

    def add_callback(self, function, *args):
        def call():
            found = function(*args)
            if asyncio.iscoroutine(found):
                self.loop.create_task(found)

        self.loop.call_soon_threadsafe(call)

    def close(self):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()


class Tasks:
    """A client without cluster, and the tasks that are sent by it."""

    def __init__(self):
        self.loop = ThreadOfClient()
        self.status = "running"
        self.ends = []  # of the tasks: what is raised or returned
        self.tries = []  # of the data: what is raised
        self.log = queue.SimpleQueue()
        self.tasks = DaskTasks(self, self.make_call, self.forget_data, {"pure": False})

    async def make_call(self, batch):
        if self.tries:
            raise self.tries.pop(0)
        return batch.upper, [batch]

    def forget_data(self):
        self.log.put("forgotten")

    def submit(self, call, tasks, key, pure):
        self.log.put((call(), tasks, key.partition("-")[0], pure))
        return self.end()

    async def end(self):
        if not self.ends:
            try:
                await asyncio.sleep(60)
            finally:
                self.log.put("dropped")
        end = self.ends.pop(0)
        if isinstance(end, BaseException):
            raise end
        return end

    def report(self):
        """Submit a task and wait for its report."""
        reports = queue.SimpleQueue()
        self.tasks.submit("batch", reports.put)
        return reports.get(timeout=10)


@pytest.fixture
def client(monkeypatch):
    monkeypatch.setattr(sksearch.workers._dask, "SEND_AGAIN_AFTER", 0.001)
    client = Tasks()
    yield client
    client.loop.close()


class TestDaskTasks:
    def test_a_result(self, client):
        client.ends = [["found"]]

        assert client.report()() == ["found"]

        assert client.log.get_nowait() == ("BATCH", ["batch"], "sksearch", False)

    @pytest.mark.parametrize(
        "error", [SystemError("killed"), CancelledError("lost"), KeyboardInterrupt()]
    )
    def test_what_went_wrong(self, client, error):
        """A result that was lost, and then its worker, raise where it is fetched."""
        client.ends = [error]
        with pytest.raises(type(error)) as caught:
            client.report()()

        assert caught.value is error

    def test_dask_itself_gives_up(self, client):
        given_up = NoValidWorkerError("nobody for 5 s")
        client.ends = [given_up]
        with pytest.raises(WorkersDiedError, match="nobody for 5 s") as caught:
            client.report()()

        assert caught.value.__cause__ is given_up

    @pytest.mark.parametrize(
        "error", [TimeoutError("no worker"), OSError("gone"), CancelledError("lost")]
    )
    def test_data_are_sent_again(self, client, error):
        client.tries, client.ends = [error, error], [["found"]]

        assert client.report()() == ["found"]

        assert [client.log.get_nowait() for _ in range(2)] == ["forgotten"] * 2

        assert client.log.get_nowait()[0] == "BATCH"

    def test_data_that_cannot_be_sent(self, client):
        client.tries = [TypeError("cannot pickle")]
        with pytest.raises(TypeError, match="cannot pickle"):
            client.report()()

    def test_a_closed_connection_is_left_to_the_watch(self, client):
        client.status, client.tries = "closed", [RuntimeError("closed")] * 3
        client.ends = [["found"]]

        assert client.report()() == ["found"]

    def test_dropped_tasks_report_nothing(self, client):
        reports = queue.SimpleQueue()
        client.tasks.submit("batch", reports.put)
        client.log.get(timeout=10)
        client.tasks.abort()

        assert client.log.get(timeout=10) == "dropped"

        client.ends = [["found"]]

        assert client.report()() == ["found"]

        assert reports.empty()
