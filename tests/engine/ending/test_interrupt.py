import os
import signal
import threading

import pytest

from sksearch.engine.ending._interrupt import Interrupt, called_in_a_loop


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


def test_what_is_pressed_between_two_stages_is_for_the_next_wait():
    with Interrupt():
        with Interrupt() as first:
            pass
        press()
        with pytest.raises(KeyboardInterrupt), Interrupt() as second, second.waiting():
            pass

        assert first.requested

    with Interrupt() as later:
        assert not later.requested


def test_after_a_wait_inside_another_the_outer_one_still_waits():
    with Interrupt() as outer, outer.waiting():
        with Interrupt() as inner, inner.waiting():
            pass
        with pytest.raises(KeyboardInterrupt):
            press()


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


class Somebody:
    """Has a ``fit``, as a search or a cross-validation has."""


def called_from(*frames):
    """Ask at the end of a chain of calls: of modules, functions and objects."""
    if not frames:
        return called_in_a_loop()
    (module, function, owner), *rest = frames
    there = {"__name__": module}
    exec(f"def {function}(self, go_on, rest): return go_on(*rest)", there)
    return there[function](owner, called_from, rest)


SEARCH = Somebody()
FIT = ("sksearch.search._base", "fit", SEARCH)


@pytest.mark.parametrize(
    ("above", "in_a_loop"),
    [
        ([("__main__", "main", None)], False),
        ([("sklearn.model_selection._validation", "_fit_and_score", None)], True),
        ([("optuna.study", "optimize", None), ("__main__", "objective", None)], True),
        ([("multiprocessing.pool", "worker", None)], True),
        ([("multiprocessing.process", "run", None)], False),
        ([("sklearn.pipeline", "fit", None)], False),
        ([("joblib.memory", "call", None), ("sklearn.base", "wrapper", None)], False),
        ([("joblib.parallel", "call", None), ("sklearn.base", "wrapper", None)], True),
        ([("sksearch.search._halving", "fit", SEARCH)], False),
        ([("sksearch.search._halving", "fit", Somebody())], True),
    ],
    ids=lambda value: value[0][0] if isinstance(value, list) else None,
)
def test_who_called_fit(above, in_a_loop):
    assert called_from(*above, FIT) is in_a_loop


def test_what_fit_calls_is_no_loop():
    assert not called_from(FIT, ("sklearn.model_selection._split", "split", None))


@pytest.mark.parametrize("above", ["__main__", "sklearn.model_selection._search"])
def test_what_came_after_the_last_wait_is_for_the_loop_around(above):
    def end(*rest):
        with Interrupt() as interrupt:
            press()
            interrupt.hand_on()

    there = {"__name__": FIT[0]}
    exec("def fit(self, go_on): return go_on()", there)
    around = {"__name__": above}
    exec("def call(self, go_on, fit): return fit(self, go_on)", around)
    if above == "__main__":
        around["call"](SEARCH, end, there["fit"])
    else:
        with pytest.raises(KeyboardInterrupt):
            around["call"](SEARCH, end, there["fit"])
