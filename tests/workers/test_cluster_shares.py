"""How many fits a cluster can run at once, with stand-ins for it."""

import sys
from types import SimpleNamespace

import joblib
import pytest
from stand_ins import n_threads

from sksearch.exceptions import NoWorkersWarning
from sksearch.workers._cluster_shares import (
    WithThreads,
    cpus_of,
    most_on_dask,
    most_on_ray,
    n_at_once,
    share_of_ray,
)
from sksearch.workers._joblib import Workers


@pytest.mark.parametrize(
    ("places", "share", "expected"),
    [
        ([{"GPU": 2, "CPU": 8}], {"GPU": 1}, 2),
        ([{"GPU": 2, "CPU": 8}], {"GPU": 1, "CPU": 5}, 1),
        ([{"GPU": 1}, {"GPU": 3}, {}], {"GPU": 2}, 1),
        ([{"GPU": 0.3}], {"GPU": 0.1}, 3),
        ([{"GPU": 1}], {"GPU": 1, "CPU": 0}, 1),
        ([{"CPU": 64}], {"GPU": 1}, 0),
        ([], {"GPU": 1}, 0),
    ],
)
def test_number_at_once(places, share, expected):
    assert n_at_once(places, share) == expected


@pytest.mark.parametrize(
    ("args", "share"),
    [
        (None, {}),
        ({}, {}),
        ({"num_cpus": 0, "max_restarts": 2}, {}),
        ({"num_cpus": 2, "num_gpus": 0.5}, {"CPU": 2.0, "GPU": 0.5}),
        ({"memory": 1e9, "resources": {"tpu": 4}}, {"memory": 1e9, "tpu": 4.0}),
    ],
)
def test_words_of_ray(args, share):
    assert share_of_ray(args) == share


@pytest.mark.parametrize(
    ("share", "n"),
    [(None, None), ({}, None), ({"GPU": 1}, None), ({"CPU": 2}, 2), ({"cpus": 0.5}, 1)],
)
def test_processors(share, n):
    assert cpus_of(share) == n


class RayBackend(joblib._parallel_backends.ThreadingBackend):
    """Has the name of the one of ray."""

    def __init__(self, ray_remote_args=None, **words):
        super().__init__(**words)
        self.ray_remote_args = ray_remote_args


@pytest.fixture
def ray(monkeypatch):
    """Return a stand-in for ray: a node with two devices, one with three, one dead."""
    nodes = [
        {"Alive": True, "Resources": {"CPU": 4.0, "GPU": 2.0}},
        {"Alive": True, "Resources": {"CPU": 8.0, "GPU": 3.0}},
        {"Alive": False, "Resources": {"CPU": 8.0, "GPU": 8.0}},
    ]
    ray = SimpleNamespace(is_initialized=lambda: True, nodes=lambda: nodes)
    monkeypatch.setitem(sys.modules, "ray", ray)
    monkeypatch.setitem(joblib.parallel.BACKENDS, "ray", RayBackend)
    return ray


class TestRay:
    def test_most(self, ray):
        assert most_on_ray({"num_gpus": 1}) == 5

        assert most_on_ray({"num_gpus": 1, "num_cpus": 4}) == 3

        assert most_on_ray({"num_cpus": 0}) is None

    @pytest.mark.parametrize(("args", "n"), [({"num_gpus": 1}, 5), (None, None)])
    def test_a_cluster_that_is_not_there_yet(self, ray, args, n):
        started = []
        ray.is_initialized, ray.init = lambda: False, lambda: started.append("ray")

        assert most_on_ray(args) == n

        assert started == ["ray"]

    def test_too_much(self, ray):
        pattern = r"want CPU=1 GPU=4 .* There is CPU=4 GPU=2; CPU=8 GPU=3\."
        with pytest.raises(ValueError, match=pattern):
            most_on_ray({"num_gpus": 4, "num_cpus": 1})

    @pytest.mark.parametrize(
        ("n_jobs", "args", "n"),
        [(20, {"num_gpus": 1}, 5), (3, {"num_gpus": 1}, 3), (20, None, 20)],
    )
    def test_no_more_workers_than_have_their_share(self, ray, n_jobs, args, n):
        with joblib.parallel_config("ray", n_jobs=n_jobs, ray_remote_args=args):
            assert Workers(None).planned_jobs == n

            assert Workers(n_jobs).planned_jobs == n


class Client:
    """Knows what workers have, as that of dask does."""

    def __init__(self, *resources):
        self.workers = {str(i): {"resources": each} for i, each in enumerate(resources)}

    def scheduler_info(self, n_workers=5):
        kept = len(self.workers) if n_workers == -1 else n_workers
        return {"workers": dict([*self.workers.items()][:kept])}


class OldClient(Client):
    def scheduler_info(self):
        return {"workers": self.workers}


class TestDask:
    @pytest.mark.parametrize("kind", [Client, OldClient])
    def test_most(self, kind):
        client = kind(*[{"GPU": 1.0}] * 7, {})

        assert most_on_dask(client, {"GPU": 1}) == 7

        assert most_on_dask(client, {"GPU": 0}) is None

        assert most_on_dask(client, None) is None

    def test_a_worker_that_has_enough_may_still_come(self):
        pattern = r"wants GPU=2, and no worker .* --resources 'GPU=2'"
        with pytest.warns(NoWorkersWarning, match=pattern):
            assert most_on_dask(Client({"GPU": 1.0}), {"GPU": 2}) is None


@pytest.mark.usefixtures("many_blas_threads")
def test_with_threads():
    before = n_threads("blas")
    try:
        assert WithThreads(n_threads, 1)("blas") == 1
    finally:
        WithThreads(lambda: None, before)()
