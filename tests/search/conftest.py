"""What tests of searches share, and clusters for those marked `backends`."""

import os
from contextlib import suppress
from pathlib import Path

import pytest
from stand_ins import data

from sksearch import TPESearchCV

TESTS = Path(__file__).resolve().parents[1]


@pytest.fixture
def dask_cluster():
    distributed = pytest.importorskip("distributed")
    dask = pytest.importorskip("dask")
    # A task that kills its worker is tried twice, not four times as by default.
    with dask.config.set({"distributed.scheduler.allowed-failures": 1}):
        cluster = distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=":0"
        )
        with distributed.Client(cluster):
            yield "dask"
        # It stumbles over workers that died before it had heard of them.
        with suppress(KeyError):
            cluster.close()


@pytest.fixture(scope="session")
def ray_cluster():
    """One for all tests: it starts slowly, and replaces workers that die."""
    ray = pytest.importorskip("ray")
    from ray.util.joblib import register_ray

    # Its workers do not have the search path of this process.
    path = [str(TESTS), os.environ.get("PYTHONPATH", "")]
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PYTHONPATH", os.pathsep.join(filter(None, path)))
        # The devices are declared, not there: ray numbers them all the same.
        ray.init(num_cpus=2, num_gpus=2, include_dashboard=False, logging_level="ERROR")
    register_ray()
    yield "ray"
    ray.shutdown()


@pytest.fixture
def refused():
    """Return a check that a search is refused before its first fit, and why."""

    def check(
        estimator, space, pattern, kind=ValueError, face=TPESearchCV, fit=None, **words
    ):
        X, y = data()
        y = words.pop("y", y)
        search = face(estimator, space, **{"cv": 2, **words})
        with pytest.raises(kind, match=pattern):
            search.fit(X, y, **(fit or {}))

        assert not hasattr(search, "cv_results_")

    return check
