import sys
import threading

import pytest
from stand_ins import Knob, data
from standings import Clock, Screen, do

from sksearch import Float, TPESearchCV
from sksearch.engine import Planned
from sksearch.progress import Progress
from sksearch.progress._progress import _alone
from sksearch.progress._ticker import Ticker
from sksearch.progress.displays import Log
from sksearch.progress.displays._terminal import Terminal

COUNTS = {"planned": 4, "finished": 1, "known": 0, "failed": 0}


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    """A machine without rich."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setitem(sys.modules, "rich.console", None)


def make_progress(verbose=1):
    return Progress(verbose, Planned({0: 4}, 2, {0: 1}), Clock(4), lambda _: "svm")


def threads():
    return [t for t in threading.enumerate() if t.name == "sksearch-progress"]


def test_it_is_silent_by_default():
    progress = make_progress(verbose=0)
    with Screen() as screen:
        with progress:
            assert threads() == []

            do(progress.standing)
        progress.end("n_iter", COUNTS)

    assert screen.getvalue() == ""


def test_the_live_line_and_the_last_line():
    progress = make_progress()
    with Screen() as screen:
        with progress:
            assert len(threads()) == 1

            do(progress.standing)
        progress.end("n_iter", COUNTS)

    assert threads() == []

    living, last = screen.getvalue().rstrip().rsplit("\r", 1)
    assert "0/4 candidates, no score yet, 0:00 gone" in living

    assert last.startswith("Search ended (n_iter): 1 of 4 candidates in 0.0 s; best")


def test_the_last_line_ends_what_is_still_shown():
    progress = make_progress()
    with Screen() as screen, progress:
        progress.end("ValueError: no", COUNTS)

        assert threads() == []

    assert screen.getvalue().endswith("none has a score\n")


def test_it_can_be_entered_again():
    progress = make_progress()
    with Screen():
        for _ in range(2):
            with progress:
                assert len(threads()) == 1

    assert threads() == []


def test_an_interrupt_at_the_end_gives_the_terminal_back(monkeypatch):
    def interrupted(ticker):
        raise KeyboardInterrupt

    with Screen() as screen:
        progress = make_progress().__enter__()
        progress._ticker.stop()
        monkeypatch.setattr(Ticker, "stop", interrupted)
        with pytest.raises(KeyboardInterrupt):
            progress.__exit__()

        assert sys.stdout is screen

    assert not _alone.locked()


def test_one_within_another_prints_lines():
    outer, inner = make_progress(), make_progress()
    with Screen():
        with outer, inner:
            assert type(outer._display) is Terminal

            assert type(inner._display) is Log

        with make_progress() as after:
            assert type(after._display) is Terminal


@pytest.mark.parametrize(("verbose", "n_lines"), [(0, 0), (1, 0), (2, 1), (3, 2)])
def test_lines_besides(capsys, verbose, n_lines):
    do(make_progress(verbose).standing)

    assert len(capsys.readouterr().out.splitlines()) == n_lines


def test_a_fold_of_a_confirmation_is_a_fold(capsys):
    progress = make_progress(3)
    candidate = do(progress.standing)
    progress.standing.confirm(candidate, candidate.folds[0])

    assert len(capsys.readouterr().out.splitlines()) == 3


def test_a_closed_window_ends_nothing():
    progress = make_progress(2)
    with Screen() as screen:
        with progress:
            screen.close()
            do(progress.standing)
        progress.end("n_iter", COUNTS)

    assert progress.standing.n_finished == 1


def test_a_search_says_how_it_has_ended(capsys):
    search = TPESearchCV(Knob(), {"level": Float(0.0, 1.0)}, n_iter=9, cv=2, verbose=1)
    search.set_params(callbacks=lambda record: record.n_finished == 3).fit(*data())
    said = capsys.readouterr().out.splitlines()

    assert said[0].startswith("Fitting 2 folds for each of 9 candidates")

    reason = f"Search ended ({search.end_reason_}): 3 of 9 candidates in "
    assert said[-1].startswith(reason)

    assert f"; best {search.best_score_:.5g} (Knob), candidate " in said[-1]
