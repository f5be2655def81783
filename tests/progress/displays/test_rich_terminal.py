import re

import pytest
from standings import Screen, do, make_standing

from sksearch.progress.displays._rich_terminal import RichTerminal

#: What turns colours on and off.
CODE = re.compile(r"\x1b\[[\d;]*m")


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    return RichTerminal(Screen())


def test_the_bar_and_the_words(terminal):
    standing = make_standing({0: 4})
    standing.budget.now = 1.0
    do(standing)
    text = CODE.sub("", terminal.text(standing, 100))

    bar, _, words = text.partition(" ")
    assert set(bar) <= set("━╸╺")

    assert len(bar) == 30

    assert words == "1/4 candidates, best 0.5 at 0:01, 0:01 gone, 0:03 to go"


def test_what_stands_out(terminal):
    standing = make_standing({0: 4})
    do(standing, 0)
    do(standing, 1, score=None, error="ValueError")
    text = terminal.text(standing, 100)

    assert "\x1b[1;32mbest 0.5\x1b[0m at" in text

    assert "\x1b[1;31m1 failed\x1b[0m," in text


def test_no_colours_where_none_are_wanted(monkeypatch, terminal):
    monkeypatch.setenv("NO_COLOR", "1")
    standing = make_standing({0: 4})
    do(standing)

    assert "\x1b[1;32m" not in RichTerminal(Screen()).text(standing, 100)


@pytest.mark.parametrize("width", [20, 60, 70, 200])
def test_it_fits(terminal, width):
    text = terminal.text(make_standing({0: 4}), width)

    assert len(CODE.sub("", text)) <= width

    assert "\n" not in text
