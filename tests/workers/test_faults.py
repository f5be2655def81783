import asyncio
import functools
import signal

import polars as pl
import pytest

from sksearch.workers._faults import FaultsIgnored, is_fault
from sksearch.workers._time_limit import OverTime


class Own(BaseException):
    pass


def raised(error):
    """Return an exception with the traceback of having been raised."""
    with pytest.raises(type(error)) as caught:
        raise error
    return caught.value


FAULTS = [
    ValueError("v"),
    MemoryError(),
    SystemExit(1),
    GeneratorExit(),
    asyncio.CancelledError(),
    Own("o"),
    pl.exceptions.PanicException("index out of bounds"),
]


@pytest.mark.parametrize("error", FAULTS, ids=lambda error: type(error).__name__)
def test_what_a_fit_raises_is_a_fault(error):
    assert is_fault(raised(error))

    with FaultsIgnored():
        raise error


@pytest.mark.parametrize("kind", [KeyboardInterrupt, OverTime])
def test_what_is_meant_for_the_search_is_none(kind):
    assert not is_fault(raised(kind()))

    with pytest.raises(kind), FaultsIgnored():
        raise kind


def end(signum, frame):
    raise SystemExit(0)


def stop(signum, frame):
    raise TimeoutError


class Ending:
    def __call__(self, signum, frame):
        end(signum, frame)

    def method(self, signum, frame):
        end(signum, frame)


@pytest.mark.skipif(not hasattr(signal, "SIGUSR1"), reason="needs signals")
@pytest.mark.parametrize(
    "handler",
    [end, Ending(), Ending().method, functools.partial(end), stop],
    ids=["function", "object", "method", "partial", "ordinary exception"],
)
def test_what_the_handler_of_a_signal_raises_is_none(handler):
    previous = signal.signal(signal.SIGUSR1, handler)
    try:
        with pytest.raises((SystemExit, TimeoutError)) as caught:
            signal.raise_signal(signal.SIGUSR1)

        assert not is_fault(caught.value)
    finally:
        signal.signal(signal.SIGUSR1, previous)

    # As after a fit that has set an alarm for itself.
    assert is_fault(caught.value)
