import io
import pickle
import sys
from contextlib import contextmanager

from standings import Screen

from sksearch.progress.displays._above import Above


@contextmanager
def above():
    """Let a screen have a live line, and say when that is cleared."""
    with Screen() as screen:
        above = Above(screen, lambda: screen.write("<clear>"))
        above.begin()
        yield above, screen
        above.end()


def test_the_live_line_is_cleared_first():
    with above() as (_, screen):
        sys.stdout.write("a text\n")

    assert screen.getvalue() == "<clear>a text\n"


def test_who_is_in_the_middle_of_a_line():
    with above() as (it, _):
        sys.stdout.write("half")
        assert it.amid_a_line

        sys.stdout.write(" a line\n")
        assert not it.amid_a_line


def test_nothing_is_no_line():
    with above() as (it, screen):
        sys.stdout.write("")

    assert screen.getvalue() == ""

    assert not it.amid_a_line


def test_streams_that_go_elsewhere_stay():
    before = sys.stderr
    with above():
        assert sys.stderr is before


def test_the_stand_in_is_like_the_stream():
    with above():
        assert sys.stdout.isatty()

        assert sys.stdout.getvalue() == ""


def test_the_streams_come_back():
    with above() as (it, screen):
        assert sys.stdout is not screen

        it.end()
        assert sys.stdout is screen


def test_a_stream_that_somebody_has_put_there_since_stays():
    with above() as (it, _):
        other = sys.stdout = io.StringIO()
        it.end()

        assert sys.stdout is other


def test_who_keeps_the_stand_in_can_go_on():
    with above() as (_, screen):
        kept = sys.stdout
    kept.write("later")

    assert screen.getvalue().endswith("later")


def test_a_worker_has_a_stream_of_its_own():
    with above() as (it, screen):
        sent = pickle.dumps(sys.stdout)
        it.end()

        assert pickle.loads(sent) is screen
