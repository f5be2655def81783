import os
import subprocess
import sys
import threading
import time

import pytest
from stand_ins import spin

from sksearch.exceptions import FitTimeoutError
from sksearch.workers import TimeLimit
from sksearch.workers._time_limit import Alarm, OverTime, Watchdog


@pytest.fixture
def limit(tmp_path):
    return TimeLimit(0.05, str(tmp_path))


def test_what_is_in_time_is_returned(limit, tmp_path):
    assert limit.call("0-0", max, 3, 4) == 4

    assert list(tmp_path.iterdir()) == []

    assert Watchdog._entered == {}


def test_what_is_raised_is_raised(limit):
    with pytest.raises(ZeroDivisionError):
        limit.call("0-0", lambda: 1 / 0)

    assert Watchdog._entered == {}


def test_python_code_is_stopped(limit, tmp_path):
    start = time.monotonic()
    with pytest.raises(FitTimeoutError, match=r"longer than fit_timeout=0\.05 s"):
        limit.call("0-0", spin, 60)

    assert time.monotonic() - start < 10

    assert list(tmp_path.iterdir()) == []


def test_catching_exceptions_does_not_help(limit):
    def stubborn():
        try:
            spin(60)
        except Exception:  # noqa: BLE001
            return "caught"

    with pytest.raises(FitTimeoutError):
        limit.call("0-0", stubborn)


def test_catching_everything_ends_it_too(limit):
    def stubborn():
        try:
            spin(60)
        except BaseException:  # noqa: BLE001
            return "caught"

    with pytest.raises(FitTimeoutError):
        limit.call("0-0", stubborn)


def test_a_mark_is_a_fit_that_was_over_time(limit, tmp_path):
    (tmp_path / "3-1").write_text("File x, line 7")

    with pytest.raises(FitTimeoutError, match=r"ended with its process.*\nFile x"):
        limit.call("3-1", pytest.fail)

    assert limit.call("3-2", max, 1, 2) == 2

    assert limit.n_marks() == 1


def test_nothing_is_raised_after_the_end():
    """At whatever moment the time is up, around the end of what is timed."""
    n_fired = 0
    for i in range(300):
        alarm = Alarm(0.001 + (i % 30) * 1e-5)
        try:
            with alarm:
                # Now and then so long that the other thread has its turn for certain.
                spin(0.1 if i % 60 == 0 else 0.001)
        except OverTime:
            pass
        n_fired += alarm.fired
        try:
            spin(0.0005)
        except OverTime:
            pytest.fail("raised after the end")

    assert n_fired > 0


def test_it_works_in_other_threads(limit):
    found = []

    def run():
        try:
            limit.call("0-0", spin, 60)
        except FitTimeoutError as error:
            found.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30)

    assert len(found) == 1


PROGRAM = """
import ctypes, sys
from sksearch.workers import TimeLimit
TimeLimit(0.1, sys.argv[1]).call("2-0", ctypes.PyDLL(None).sleep, 3600)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no sleep in its C library")
@pytest.mark.slow
@pytest.mark.parametrize("there", [True, False])
def test_c_code_that_holds_the_interpreter_is_ended(tmp_path, there):
    folder = tmp_path if there else tmp_path / "on another machine"
    process = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )

    assert process.returncode == 1

    if there:
        assert 'File "<string>", line 4' in (tmp_path / "2-0").read_text()
    else:
        assert 'File "<string>", line 4' in process.stderr


def test_of_several_threads_the_first_to_be_over_counts(tmp_path):
    late, soon = (Watchdog(tmp_path / name, s) for name, s in [("a", 90), ("b", 60)])
    with late:
        with soon:
            assert min(d.end for d in Watchdog._entered.values()) == soon.end

        assert [d.end for d in Watchdog._entered.values()] == [late.end]
