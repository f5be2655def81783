import multiprocessing
import sys
from types import SimpleNamespace

import pytest
from standings import Screen

from sksearch.progress.displays import Log, display_for
from sksearch.progress.displays._notebook import Notebook
from sksearch.progress.displays._rich_terminal import RichTerminal
from sksearch.progress.displays._terminal import Terminal


@pytest.fixture(autouse=True)
def nowhere(monkeypatch):
    """Neither a notebook nor a terminal that cannot do what others can."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delitem(sys.modules, "IPython", raising=False)


def test_a_terminal():
    with Screen():
        assert type(display_for()) is RichTerminal


def test_a_terminal_for_errors_alone(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Screen())

    assert type(display_for()) is RichTerminal


def test_a_terminal_without_rich(monkeypatch):
    monkeypatch.setitem(sys.modules, "rich.console", None)
    with Screen():
        assert type(display_for()) is Terminal


def test_a_terminal_that_cannot_go_back(monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    with Screen():
        assert type(display_for()) is Log


def test_a_file():
    assert type(display_for()) is Log


def test_no_streams_at_all(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)

    assert type(display_for()) is Log


def shell_of(monkeypatch, **words):
    shell = SimpleNamespace(display_pub=None, **words)
    module = SimpleNamespace(get_ipython=lambda: shell)
    monkeypatch.setitem(sys.modules, "IPython", module)


def test_a_notebook(monkeypatch):
    shell_of(monkeypatch, kernel=object())

    assert type(display_for()) is Notebook


def test_ipython_in_a_terminal(monkeypatch):
    shell_of(monkeypatch)
    with Screen():
        assert type(display_for()) is RichTerminal


def test_beside_another_live_line():
    with Screen():
        assert type(display_for(alone=False)) is Log


def test_in_a_worker(monkeypatch):
    monkeypatch.setattr(multiprocessing, "parent_process", object)
    with Screen():
        assert type(display_for()) is Log
