"""Resources per fit: never more fits at once than they allow, each with its device."""

import re
from pathlib import Path

import joblib
import numpy as np
import pytest
from stand_ins import Probe, data

from sksearch import GridSearchCV

X, Y = data()
PAGE = Path(__file__).parents[2] / "docs/how_to/resources_per_trial.md"

on_cluster = [
    pytest.mark.backends,
    pytest.mark.timeout(300),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


class OnCluster:
    """What holds on each cluster with two devices, of which a fit wants one."""

    def seen(self):
        """Return what each fit sees, by `see_share`, and when and where it ran."""
        probe = Probe(what="share", seconds=0.1)
        search = GridSearchCV(probe, {"level": [*range(10)]}, cv=2, refit=False)
        search.fit(X, Y)
        lines = search.timeline_
        scores = [search.cv_results_[f"split{i}_test_score"] for i in (0, 1)]
        each = zip(lines["fold"], lines["candidate"], strict=True)
        return [int(scores[fold][row]) for fold, row in each], lines

    def check(self, threads):
        shares, lines = self.seen()
        starts = np.array(lines["start"])
        ends = starts + lines["seconds"]

        assert set(shares) == {threads, threads + 1}

        for now in starts:
            devices = [
                shares[i] for i in np.flatnonzero((starts <= now) & (now < ends))
            ]

            assert len(devices) == len(set(devices))


class TestOnRay(OnCluster):
    """A cluster of two processors and two declared devices."""

    pytestmark = on_cluster

    def test_each_fit_has_its_share(self, ray_cluster):
        share = {"num_cpus": 1, "num_gpus": 1}
        with joblib.parallel_config(ray_cluster, n_jobs=-1, ray_remote_args=share):
            self.check(threads=110)

    def test_a_share_that_is_too_large(self, ray_cluster):
        share = {"num_gpus": 3}
        with (
            joblib.parallel_config(ray_cluster, n_jobs=2, ray_remote_args=share),
            pytest.raises(ValueError, match=r"want GPU=3 .* There is GPU=2\."),
        ):
            self.seen()


class TestOnDask(OnCluster):
    """A worker for each device, with more threads than there may be fits."""

    pytestmark = on_cluster

    def test_each_fit_has_its_share(self):
        distributed = pytest.importorskip("distributed")
        share = {"GPU": 1, "CPU": 2}
        workers = {
            device: {
                "cls": distributed.Nanny,
                "options": {
                    "nthreads": 2,
                    "resources": share,
                    "env": {"CUDA_VISIBLE_DEVICES": str(device)},
                },
            }
            for device in range(2)
        }
        options = {"port": 0, "dashboard_address": ":0"}
        scheduler = {"cls": distributed.Scheduler, "options": options}
        with (
            distributed.SpecCluster(workers, scheduler) as cluster,
            distributed.Client(cluster),
            joblib.parallel_config("dask", resources=share),
        ):
            self.check(threads=220)


@pytest.mark.slow
def test_devices_on_processes_of_this_machine(tmp_path):
    """With the code of the page."""
    found = re.search(r"```\{code-cell\} python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    names = {}
    exec(found[1], names)
    words = {"initializer": names["take_device"], "initargs": (["0", "1"], tmp_path)}
    with joblib.parallel_config("loky", n_jobs=2, inner_max_num_threads=1, **words):
        OnCluster().check(threads=110)
