import contextvars
import threading

from sksearch.progress._ticker import Ticker


def test_it_calls_at_once_and_again():
    calls, third = [], threading.Event()

    def call():
        calls.append(threading.current_thread().name)
        if len(calls) == 3:
            third.set()

    ticker = Ticker(call, 0.001)
    ticker.start()

    assert third.wait(5)

    ticker.stop()
    n = len(calls)

    assert set(calls) == {"sksearch-progress"}

    assert not any(t.name == "sksearch-progress" for t in threading.enumerate())

    assert len(calls) == n


def test_it_may_sleep_first():
    calls = []
    ticker = Ticker(lambda: calls.append(0), 1000.0, at_once=False)
    ticker.start()
    ticker.stop()

    assert calls == []


def test_it_wakes_up_to_end():
    ticker = Ticker(lambda: None, 1000.0)
    ticker.start()
    ticker.stop()


def test_a_function_that_raises_is_not_called_again():
    calls = []

    def call():
        calls.append(0)
        raise ValueError

    ticker = Ticker(call, 0.0)
    ticker.start()
    ticker._thread.join(5)
    ticker.stop()

    assert calls == [0]


def test_it_can_start_again():
    calls = []
    ticker = Ticker(lambda: calls.append(0), 1000.0)
    for _ in range(2):
        ticker.start()
        ticker.stop()

    assert calls == [0, 0]


def test_it_runs_in_the_context_of_who_starts_it():
    cell = contextvars.ContextVar("cell", default=None)
    seen = []
    ticker = Ticker(lambda: seen.append(cell.get()), 1000.0)
    token = cell.set("of a notebook")
    ticker.start()
    ticker.stop()
    cell.reset(token)

    assert seen == ["of a notebook"]
