"""Tests of what arrives of results and exceptions, pickled as workers would do it."""

import pickle
import threading
import warnings

import pytest

from sksearch.exceptions import RemoteError
from sksearch.workers._parcel import (
    CarriedError,
    Parcel,
    WorkerTraceback,
    parcelled,
)


class TwoArguments(Exception):
    def __init__(self, column, row):
        super().__init__(f"{column!r} is bad in row {row}")
        self.column, self.row = column, row


class ToldTwice(ValueError):
    """Pickles well, and says something else then."""

    def __init__(self, column):
        super().__init__(f"no column {column}")


class KeywordsOnly(Exception):
    def __init__(self, *, code):
        super().__init__(f"code {code}")
        self.code = code


class WithLock(Exception):
    def __init__(self, text):
        super().__init__(text)
        self.lock = threading.Lock()


class OwnText(Exception):
    def __init__(self, code, reason):
        self.code, self.reason = code, reason

    def __str__(self):
        return f"{self.code}: {self.reason}"


class NoException(BaseException):
    pass


class Custom(UserWarning):
    def __init__(self, what, why):
        super().__init__(f"{what}, since {why}")


def local():
    class Local(LookupError):
        def __init__(self, a, b):
            super().__init__(f"{a} and {b}")

    return Local("one", "two")


class Mute(Exception):
    def __str__(self):
        raise ZeroDivisionError


class Rude(Exception):
    def __reduce__(self):
        return exec, ("raise SystemExit",)


def fail(error):
    raise error


def sent(error):
    """Return what arrives of an exception."""
    with pytest.raises(CarriedError) as caught:
        parcelled(fail)(error)
    arrived = pickle.loads(pickle.dumps(caught.value))

    assert isinstance(arrived, CarriedError)

    return arrived.error


@pytest.mark.parametrize(
    "error",
    [
        ValueError("plain"),
        KeyError("name"),
        OSError(2, "no such file", "x.csv"),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"),
        SystemExit(3),
        KeyboardInterrupt(),
        TwoArguments("age", 7),
        ToldTwice("age"),
        KeywordsOnly(code=5),
        WithLock("holds a lock"),
        OwnText(404, "not there"),
        NoException("at all"),
        Custom("slow", "old"),
        RuntimeError("holds a lock", threading.Lock()),
        local(),
        Rude("reduces badly"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_class_and_text_arrive(error):
    found = sent(error)

    assert type(found).__name__ == type(error).__name__

    assert isinstance(found, type(error).__mro__[1])

    assert str(found) == str(error)

    assert isinstance(found.__cause__, WorkerTraceback)

    assert "in fail" in str(found.__cause__)


def test_attributes_arrive_as_far_as_they_can():
    found = sent(TwoArguments("age", 7))

    assert (found.column, found.row) == ("age", 7)

    found = sent(WithLock("text"))

    assert not hasattr(found, "lock")

    assert found.__notes__ == ["Not sent from the worker process: lock."]


def test_what_cannot_be_built_is_told():
    found = sent(Mute("x"))

    assert type(found) is RemoteError

    first, *others = str(found).splitlines()

    assert first == f"{__name__}.Mute: <exception str() failed>"

    assert "in fail" in "\n".join(others)


def test_in_threads_it_is_the_same_object():
    error = TwoArguments("age", 7)
    with pytest.raises(CarriedError) as caught:
        parcelled(fail)(error)

    assert caught.value.error is error

    result = object()

    assert parcelled(lambda: result)().open() is result


def test_a_result_arrives():
    parcel = parcelled(max)(1, 2)

    assert pickle.loads(pickle.dumps(parcel)).open() == 2


class Unreadable:
    def __reduce__(self):
        return fail, (ValueError("not here"),)


@pytest.mark.parametrize(
    ("result", "why"),
    [
        (threading.Lock(), "TypeError: cannot pickle '_thread.lock' object"),
        ([Unreadable()], "ValueError: not here"),
    ],
    ids=["cannot be pickled", "cannot be read"],
)
def test_a_result_that_cannot_be_sent_is_an_error(result, why):
    arrived = pickle.loads(pickle.dumps(Parcel(result)))
    with pytest.raises(RemoteError, match="cannot be sent from its worker") as caught:
        arrived.open()

    assert str(caught.value).endswith(why)


def test_warnings_as_errors_are_exceptions_too():
    def worry():
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            warnings.warn(Custom("slow", "old"), stacklevel=1)

    with pytest.raises(CarriedError) as caught:
        parcelled(worry)()

    assert str(pickle.loads(pickle.dumps(caught.value)).error) == "slow, since old"
