"""The number of fits that a cluster can run at once, given the resources of a fit.

Ray and dask reserve the resources of each fit. But ray waits for ever for workers
without resources, and a search would start more candidates than dask can run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sksearch._sklearn import ThreadpoolController
from sksearch._warn import warn
from sksearch.exceptions import NoWorkersWarning

#: Ray's parameters, and the names of these resources on its nodes.
RAY_WORDS = {"num_cpus": "CPU", "num_gpus": "GPU", "memory": "memory"}


def n_at_once(places: Iterable[Mapping[str, float]], share: Mapping[str, float]) -> int:
    """Return how many fits run at once, if each gets its share on one machine.

    Examples
    --------
    >>> from sksearch.workers._cluster_shares import n_at_once
    >>> n_at_once([{"CPU": 8, "GPU": 1}, {"CPU": 3, "GPU": 4}], {"CPU": 2, "GPU": 0.5})
    3
    """
    wanted = {name: n for name, n in share.items() if n > 0}
    return sum(
        # The small number covers rounding errors of the division.
        min(int(place.get(name, 0.0) / n + 1e-9) for name, n in wanted.items())
        for place in places
    )


def share_of_ray(remote_args: Mapping[str, Any] | None) -> dict[str, float]:
    """Return the resources of a worker of ray, by their names on the nodes."""
    args = remote_args or {}
    share = {own: args.get(word) for word, own in RAY_WORDS.items()}
    share |= args.get("resources") or {}
    return {name: float(n) for name, n in share.items() if n}


def most_on_ray(remote_args: Mapping[str, Any] | None) -> int | None:
    """Return the largest number of workers of ray; None without a limit.

    Ray starts if it does not run: its backend does that later than joblib asks it for
    the number of processors. ValueError if no node has the resources of a worker.
    """
    import ray as untyped

    ray: Any = untyped
    if not ray.is_initialized():
        ray.init()
    share = share_of_ray(remote_args)
    if not share:
        return None
    nodes = [node["Resources"] for node in ray.nodes() if node["Alive"]]
    most = n_at_once(nodes, share)
    if not most:
        have = "; ".join(_text(node, share) for node in nodes)
        msg = (
            f"The 'ray_remote_args' want {_text(share, share)} for each worker, and no "
            f"node of the Ray cluster has so much. There is {have}. Ask for less, or "
            "start Ray with more: ray.init(num_cpus=..., num_gpus=...)."
        )
        raise ValueError(msg)
    return most


def most_on_dask(client: Any, share: Mapping[str, float] | None) -> int | None:
    """Return the most tasks that dask can run at once; None without a limit.

    NoWorkersWarning if no worker has the resources; one that has them may still join.
    """
    wanted = {name: n for name, n in (share or {}).items() if n}
    if not wanted:
        return None
    try:
        info = client.scheduler_info(n_workers=-1)
    except TypeError:  # before 2025.4, when it returned all workers
        info = client.scheduler_info()
    workers = [worker["resources"] for worker in info["workers"].values()]
    most = n_at_once(workers, wanted)
    if not most:
        warn(
            f"Each fit wants {_text(wanted, wanted)}, and no worker of the dask "
            "cluster has so much. The search waits for one. Workers are started with "
            f"it by dask worker ADDRESS --resources '{_text(wanted, wanted)}'.",
            NoWorkersWarning,
        )
    return most or None


def _text(has: Mapping[str, float], names: Iterable[str]) -> str:
    return " ".join(f"{name}={has.get(name, 0.0):g}" for name in names)


def cpus_of(share: Mapping[str, float] | None) -> int | None:
    """Return the number of processors of a task; None if it is not given.

    With dask, users choose the names of the resources.
    """
    found = [n for name, n in (share or {}).items() if name.lower() in ("cpu", "cpus")]
    return max(int(found[0]), 1) if found else None


class WithThreads:
    """Calls a function with at most `n` threads of numerical libraries."""

    def __init__(self, function: Callable[..., Any], n: int) -> None:
        self._function = function
        self._n = n

    def __call__(self, *args: Any) -> Any:
        # Not undone: later tasks of this worker have the same limit.
        ThreadpoolController().limit(limits=self._n)
        return self._function(*args)
