"""Packer: prepares arguments for worker processes, and names those it cannot send."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sklearn.base import clone

from sksearch.exceptions import SpaceTypeError
from sksearch.workers._faults import FaultsIgnored
from sksearch.workers._parcel import cloudpickle
from sksearch.workers._shared import SharedValue

#: Values that can always be sent.
_PLAIN = (bool, int, float, str, type(None))


class Packer:
    """Prepares and checks arguments for worker processes, each value once.

    Estimators are sent unfitted: their fitted state is not needed, and it may be large
    or impossible to pickle.
    """

    def __init__(self) -> None:
        # By id: the object, which keeps its id unique, and what is sent for it.
        self._known: dict[int, tuple[Any, Any]] = {}

    def params(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """Return parameters in the form to send; SpaceTypeError if one cannot be."""
        sent = dict(params)
        for name, value in params.items():
            if isinstance(value, _PLAIN):
                continue
            if id(value) not in self._known:
                own = without_fit(value)
                error = _refusal(own)
                if error is not None:
                    raise _misfit(name, own, error)
                self._known[id(value)] = (value, own)
            sent[name] = self._known[id(value)][1]
        return sent

    def arguments(self, args: Iterable[Any]) -> tuple[Any, ...]:
        """Return the arguments of a task in the form to send.

        Dicts are parameters, a `SharedValue` is checked too, others are data.
        """
        args = tuple(args)
        for arg in args:
            if isinstance(arg, SharedValue):
                self.check_shared(arg)
        return tuple(self.params(arg) if isinstance(arg, dict) else arg for arg in args)

    def check_shared(self, shared: SharedValue) -> None:
        """Raise SpaceTypeError if a part of a shared value cannot be pickled.

        The ``parts`` of its value are named as the user names them.
        """
        if id(shared) in self._known:
            return
        try:
            shared.__reduce__()
        except Exception:
            self.params(getattr(shared.value, "parts", {}))
            raise
        self._known[id(shared)] = (shared, shared)


def without_fit(value: Any) -> Any:
    """Return a clone of an estimator, or of a list of estimators; else the value."""
    if hasattr(value, "get_params") or isinstance(value, list | tuple):
        with FaultsIgnored():  # the fit will raise the same error
            return clone(value, safe=False)
    return value


def _refusal(value: Any) -> Exception | None:
    """Return the exception that pickling a value raises, None if it works."""
    try:
        cloudpickle.dumps(value)
    except Exception as error:  # noqa: BLE001 - pickling may raise anything
        return error
    return None


def _misfit(name: str, value: Any, error: Exception) -> SpaceTypeError:
    if hasattr(value, "set_params") and not isinstance(value, type):
        for inner, part in value.get_params(deep=False).items():
            if _refusal(part) is not None:
                return _misfit(f"{name}__{inner}", part, error)
    why = f"{type(error).__name__}: {error}"
    found = SpaceTypeError(
        f"The value of {name!r} cannot be sent to worker processes: {value!r} ({why}). "
        "Use n_jobs=1 or, inside of joblib.parallel_config(backend='threading'), "
        "threads."
    )
    found.__cause__ = error
    return found
