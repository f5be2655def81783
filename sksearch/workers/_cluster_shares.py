"""How many fits a cluster can run at once, if each wants a share of its resources.

Both ray and dask keep to what each fit asks for. But ray waits for ever for workers
that nothing is left for, and dask is asked for more candidates than it can run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sksearch._sklearn import ThreadpoolController
from sksearch._warn import warn
from sksearch.exceptions import NoWorkersWarning

#: Where ray's words for a share are found among the resources of its nodes.
RAY_WORDS = {"num_cpus": "CPU", "num_gpus": "GPU", "memory": "memory"}


def n_at_once(places: Iterable[Mapping[str, float]], share: Mapping[str, float]) -> int:
    """Return how many fits run at once where each gets a share of one place.

    Parameters
    ----------
    places : iterable of dict
        What each machine or worker has, by resource.
    share : dict
        What each fit wants, by resource; something of one at least.

    Examples
    --------
    >>> from sksearch.workers._cluster_shares import n_at_once
    >>> n_at_once([{"CPU": 8, "GPU": 1}, {"CPU": 3, "GPU": 4}], {"CPU": 2, "GPU": 0.5})
    3
    """
    wanted = {name: n for name, n in share.items() if n > 0}
    return sum(
        # The small number is the noise of the division.
        min(int(place.get(name, 0.0) / n + 1e-9) for name, n in wanted.items())
        for place in places
    )


def share_of_ray(remote_args: Mapping[str, Any] | None) -> dict[str, float]:
    """Return what each worker of ray gets, by the names that nodes have for it."""
    args = remote_args or {}
    share = {own: args.get(word) for word, own in RAY_WORDS.items()}
    share |= args.get("resources") or {}
    return {name: float(n) for name, n in share.items() if n}


def most_on_ray(remote_args: Mapping[str, Any] | None) -> int | None:
    """Return how many workers of ray there can be; None if nothing limits them.

    Parameters
    ----------
    remote_args : dict or None
        The ``ray_remote_args`` of the backend.

    Raises
    ------
    ValueError
        If no node can have a single one.
    """
    share = share_of_ray(remote_args)
    if not share:
        return None
    import ray as untyped

    ray: Any = untyped
    if not ray.is_initialized():  # what it is going to have nobody knows
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
    """Return how many tasks dask can run at once; None if nothing limits them.

    Parameters
    ----------
    client : distributed.Client
        The connection to the scheduler.
    share : dict or None
        What each task wants of the resources of a worker.

    Warns
    -----
    NoWorkersWarning
        If no worker has so much; one that has may still come.
    """
    wanted = {name: n for name, n in (share or {}).items() if n}
    if not wanted:
        return None
    try:
        info = client.scheduler_info(n_workers=-1)
    except TypeError:  # before 2025.4 it told of all workers
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
    """Return how many processors each task has; None if that is not said.

    Parameters
    ----------
    share : dict or None
        What it wants, by resource. For dask the names are the user's own.
    """
    found = [n for name, n in (share or {}).items() if name.lower() in ("cpu", "cpus")]
    return max(int(found[0]), 1) if found else None


class WithThreads:
    """Calls a function where numerical libraries may use so many threads.

    Parameters
    ----------
    function : callable
        What to call.
    n : int
        How many threads, at most.
    """

    def __init__(self, function: Callable[..., Any], n: int) -> None:
        self._function = function
        self._n = n

    def __call__(self, *args: Any) -> Any:
        # Not undone: what comes next has as many.
        ThreadpoolController().limit(limits=self._n)
        return self._function(*args)
