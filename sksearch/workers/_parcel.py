"""Parcels: carry results and exceptions safely from worker processes.

A result that cannot be pickled, or an exception that cannot be unpickled, would break
the workers without a useful message. So both are packed here, with enough information
to describe them otherwise. In threads nothing is packed.
"""

from __future__ import annotations

import pickle
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from sksearch.exceptions import RemoteError

try:
    from joblib.externals import cloudpickle
except ImportError:  # since joblib 1.6 a dependency of its own
    import cloudpickle

__all__ = [
    "CarriedError",
    "Parcel",
    "WorkerTraceback",
    "cloudpickle",
    "parcelled",
]


class WorkerTraceback(Exception):  # noqa: N818 - as those of loky and the library
    """The cause of an exception from a worker; it shows the worker's traceback."""

    def __str__(self) -> str:
        return f'\n"""\n{self.args[0]}"""'


class CarriedError(Exception):
    """Carries any exception that a worker has raised.

    After the transport the exception has the same class and text, or it is a
    `RemoteError` that names both.
    """

    def __init__(self, error: BaseException) -> None:
        super().__init__(error)
        self.error = error

    def __reduce__(self) -> tuple[Any, ...]:
        error = self.error
        story = "".join(traceback.format_exception(error))
        packed = (name_of(error), text_of(error), story)
        return _unpacked, (*packed, _pickled(error), _parts(error))


class Parcel:
    """Carries the result of a task.

    If the result cannot be sent, `open` raises.
    """

    def __init__(self, result: Any) -> None:
        self._result = result

    def open(self) -> Any:
        """Return the result; RemoteError if it could not be sent."""
        if isinstance(self._result, CarriedError):
            raise self._result.error
        return self._result

    def __reduce__(self) -> tuple[Any, ...]:
        try:
            return _opened, (_dumps(self._result),)
        except BaseException as error:  # noqa: BLE001 - whatever pickling raises
            return Parcel, (CarriedError(_unsent(error)),)


class _ParcelledCall:
    """Calls a function, and packs its result or exception."""

    def __init__(self, function: Callable[..., Any]) -> None:
        # Not `function`: scikit-learn's wrapper copies attributes over its own.
        self.wrapped = function
        self.__name__ = getattr(function, "__name__", "task")  # as dask calls it

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        try:
            result = self.wrapped(*args, **kwargs)
        except BaseException as error:  # noqa: BLE001 - raised again by the reader
            carrier = CarriedError(error)
        else:
            return Parcel(result)
        # Not in the except block: dask also sends an exception's context, unpacked.
        raise carrier


def parcelled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that raises `CarriedError`, and returns a `Parcel`."""
    return _ParcelledCall(function)


def _opened(blob: bytes) -> Parcel:
    try:
        return Parcel(pickle.loads(blob))  # noqa: S301 - from our own worker
    except BaseException as error:  # noqa: BLE001 - whatever unpickling raises
        return Parcel(CarriedError(_unsent(error)))


def _unsent(error: BaseException) -> RemoteError:
    return RemoteError(
        "The result of a fit cannot be sent from its worker process: "
        f"{name_of(error)}: {text_of(error)}"
    )


def name_of(error: BaseException) -> str:
    """Return the name of the class of an exception, as a traceback shows it."""
    kind = type(error)
    own = kind.__module__ in ("builtins", "__main__", "__mp_main__")
    return kind.__qualname__ if own else f"{kind.__module__}.{kind.__qualname__}"


def text_of(error: BaseException) -> str:
    """Return the text of an exception."""
    try:
        return str(error)
    except Exception:  # noqa: BLE001 - its __str__ is broken
        return "<exception str() failed>"


def _dumps(value: Any) -> bytes:
    try:
        return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    except Exception:  # noqa: BLE001 - its class may be defined in a script
        found: bytes = cloudpickle.dumps(value)
        return found


def _pickled(value: Any) -> bytes | None:
    with suppress(BaseException):
        return _dumps(value)
    return None


def _parts(error: BaseException) -> bytes | None:
    """Pickle class, arguments and attributes, as far as they can be pickled."""
    attributes = {
        name: value
        for name, value in vars(error).items()
        if _pickled(value) is not None
    }
    missing = sorted(vars(error).keys() - attributes.keys())
    args = error.args if _pickled(error.args) is not None else None
    return _pickled((type(error), args, attributes, missing))


def _unpacked(
    name: str, text: str, story: str, whole: bytes | None, parts: bytes | None
) -> CarriedError:
    """Unpack an exception by the first way that restores its class and text."""
    ways: tuple[tuple[Callable[..., Any], bytes | None], ...] = (
        (pickle.loads, whole),
        (partial(_from_parts, _without_init), parts),
        (partial(_from_parts, _anew), parts),
        (partial(_from_parts, lambda kind, _: _without_init(kind, (text,))), parts),
    )
    for way, blob in ways:
        if blob is None:
            continue
        with suppress(BaseException):
            error = way(blob)
            # cloudpickle loses the function in which a class was defined.
            same = type(error).__name__ == name.rpartition(".")[2]
            if same and isinstance(error, BaseException) and str(error) == text:
                error.__cause__ = WorkerTraceback(story)
                return CarriedError(error)
    return CarriedError(
        RemoteError(
            f"{name}: {text}\n\nThe exception itself cannot be sent from its worker "
            f"process. It was raised there like this:\n{story}"
        )
    )


def _from_parts(build: Callable[[Any, Any], Any], blob: bytes) -> Any:
    """Build an exception from its class, arguments and attributes."""
    kind, args, attributes, missing = pickle.loads(blob)  # noqa: S301 - from a worker
    error = build(kind, args)
    vars(error).update(attributes)
    if missing:
        error.add_note(f"Not sent from the worker process: {', '.join(missing)}.")
    return error


def _anew(kind: Any, args: Any) -> Any:
    return kind(*args)


def _without_init(kind: Any, args: Any) -> Any:
    """Build an exception whose ``__init__`` takes other arguments than it stores."""
    error = kind.__new__(kind)
    error.args = args
    return error
