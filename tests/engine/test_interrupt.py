import os
import signal
import threading

import pytest

from sksearch.engine._interrupt import Interrupt


@pytest.fixture(autouse=True)
def default_handler():
    """Handle SIGINT as Python does when it is started from a terminal."""
    previous = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, previous)


def press():
    signal.raise_signal(signal.SIGINT)


def test_nothing_is_raised_where_nobody_waits():
    with Interrupt() as interrupt:
        press()

        assert interrupt.requested


def test_it_is_raised_at_the_next_wait():
    with Interrupt() as interrupt:
        press()

        with pytest.raises(KeyboardInterrupt), interrupt.waiting():
            pytest.fail("the wait had begun")


def test_it_is_raised_while_waiting():
    with Interrupt() as interrupt:
        with pytest.raises(KeyboardInterrupt), interrupt.waiting():
            press()

        assert interrupt.requested


def test_the_second_one_is_raised_anywhere():
    with Interrupt():
        press()

        with pytest.raises(KeyboardInterrupt):
            press()


def test_a_wait_that_ends_leaves_nothing_behind():
    with Interrupt() as interrupt:
        with interrupt.waiting():
            pass
        press()  # would be raised if it still waited

        assert interrupt.requested


def test_the_handler_is_put_back():
    with Interrupt():
        assert signal.getsignal(signal.SIGINT) is not signal.default_int_handler

    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_the_handler_is_put_back_after_an_error():
    with pytest.raises(ZeroDivisionError), Interrupt():
        _ = 1 / 0

    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_handler_of_the_users_own_is_left_alone():
    seen = []

    def own(signum, frame):
        seen.append(signum)

    signal.signal(signal.SIGINT, own)
    with Interrupt() as interrupt, interrupt.waiting():
        os.kill(os.getpid(), signal.SIGINT)

        assert signal.getsignal(signal.SIGINT) is own

    assert seen == [signal.SIGINT]


def test_ignored_signals_stay_ignored():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with Interrupt() as interrupt, interrupt.waiting():
        press()

    assert not interrupt.requested


def test_other_threads_have_no_handler_to_set():
    errors = []

    def enter():
        try:
            with Interrupt() as interrupt, interrupt.waiting():
                pass
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is wrong
            errors.append(error)

    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()

    assert errors == []
