"""Says what cannot be sent to worker processes, by the name that the user gave it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sksearch._joblib import cloudpickle
from sksearch.evaluation import Shared
from sksearch.exceptions import SpaceTypeError
from sksearch.space import has_params

#: Values that can always be sent.
_PLAIN = (bool, int, float, str, type(None))


class Sendable:
    """Checks what is going to be sent, each value once."""

    def __init__(self) -> None:
        self._known: dict[int, Any] = {}  # by id, and what has that id

    def check(self, params: Mapping[str, Any]) -> None:
        """Raise SpaceTypeError if a parameter has a value that cannot be pickled.

        Parameters
        ----------
        params : dict
            Values by the names of their parameters.
        """
        for name, value in params.items():
            if isinstance(value, _PLAIN) or id(value) in self._known:
                continue
            error = _refusal(value)
            if error is not None:
                raise _misfit(name, value, error)
            self._known[id(value)] = value

    def check_arguments(self, args: Iterable[Any]) -> None:
        """Raise SpaceTypeError if parameters or shared things cannot be pickled.

        Parameters
        ----------
        args : iterable of object
            Of a task. Others than these two are the data, and not looked at.
        """
        for arg in args:
            if isinstance(arg, Shared):
                self.check_shared(arg)
            elif isinstance(arg, dict):
                self.check(arg)

    def check_shared(self, shared: Shared) -> None:
        """Raise SpaceTypeError if what all fits have in common cannot be pickled.

        Parameters
        ----------
        shared : Shared
            The evaluator.
        """
        if id(shared) in self._known:
            return
        try:
            shared.__reduce__()
        except Exception:
            evaluator = shared.value
            parts = {"estimator": evaluator.estimator, "scoring": evaluator.scorer}
            self.check({**parts, **evaluator.fit_params, **evaluator.score_params})
            raise
        self._known[id(shared)] = shared


def _refusal(value: Any) -> Exception | None:
    """Return why a value cannot be pickled, None if it can."""
    try:
        cloudpickle.dumps(value)
    except Exception as error:  # noqa: BLE001 - whatever it raises, it refuses
        return error
    return None


def _misfit(name: str, value: Any, error: Exception) -> SpaceTypeError:
    if has_params(value):
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
