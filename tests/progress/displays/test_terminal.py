import sys
from contextlib import contextmanager

import pytest
from standings import Screen, do, make_standing

from sksearch.progress.displays._terminal import Terminal


@pytest.fixture(autouse=True)
def columns(monkeypatch):
    monkeypatch.setenv("COLUMNS", "81")


@contextmanager
def terminal():
    with Screen() as screen:
        terminal = Terminal(screen)
        terminal.open()
        yield terminal, screen
        terminal.close()


def test_one_line_is_written_over():
    with terminal() as (it, screen):
        standing = make_standing({0: 4})
        it.show(standing)
        do(standing)
        it.show(standing)

        [line] = screen.lines
        words = "1/4 candidates, best 0.5 at 0:00, 0:00 gone, 0:00 to go"
        assert line.endswith(f"] {words}")

        assert len(line) <= 80


def test_nothing_is_left_when_it_ends():
    with terminal() as (it, screen):
        it.show(make_standing())
        it.close()
        it.end("It has ended.")

    assert screen.lines == ["It has ended.", ""]


def test_what_others_print_is_above():
    with terminal() as (it, screen):
        it.show(make_standing({0: 4}))
        sys.stdout.write("a text\n")
        it.show(make_standing({0: 5}))

        first, last = screen.lines
        assert first == "a text"

        assert " 0/5 candidates" in last


def test_nobody_is_interrupted_in_the_middle_of_a_line():
    with terminal() as (it, screen):
        sys.stdout.write("half")
        it.show(make_standing())

        assert screen.lines == ["half"]

        sys.stdout.write(" a line\n")
        it.show(make_standing())

        assert screen.lines[0] == "half a line"


@pytest.mark.parametrize("columns", ["20", "60", "200"])
def test_it_fits(monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    with terminal() as (it, screen):
        it.show(make_standing())

        assert len(screen.lines[0]) < int(columns)


def test_a_window_that_is_closed():
    with terminal() as (it, screen):
        it.show(make_standing())
        screen.close()
        it.close()
