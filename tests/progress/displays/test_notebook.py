from types import SimpleNamespace

import pytest
from standings import do, make_standing

from sksearch.progress.displays._notebook import Notebook


class Publisher:
    """That of a shell: keeps what is sent to the page."""

    def __init__(self):
        self.sent = []

    def publish(self, data, *, transient, update):
        self.sent.append((data, transient["display_id"], update))


@pytest.fixture
def publisher():
    return Publisher()


@pytest.fixture
def notebook(publisher):
    return Notebook(SimpleNamespace(display_pub=publisher))


def test_a_bar_and_words(notebook, publisher):
    standing = make_standing({0: 4})
    standing.budget.now = 1.0
    do(standing, kind="<svm>")
    notebook.open()
    notebook.show(standing)

    [(data, _, _)] = publisher.sent
    assert data["text/html"] == (
        '<div><progress value="0.250" max="1"></progress> 1/4 candidates, best 0.5 '
        "&lt;svm&gt; at 0:01, 0:01 gone, 0:03 to go</div>"
    )

    assert data["text/plain"].startswith("1/4 candidates, best 0.5 <svm>")


def test_one_place_of_the_page(notebook, publisher):
    notebook.open()
    notebook.show(make_standing())
    notebook.show(make_standing())
    notebook.close()
    notebook.end("It has ended.")

    assert [update for *_, update in publisher.sent] == [False, True, True]

    assert len({name for _, name, _ in publisher.sent}) == 1

    assert publisher.sent[-1][0] == {
        "text/html": "<div>It has ended.</div>",
        "text/plain": "It has ended.",
    }


def test_two_searches_have_places_of_their_own(publisher):
    shell = SimpleNamespace(display_pub=publisher)
    for _ in range(2):
        Notebook(shell).show(make_standing())

    assert len({name for _, name, _ in publisher.sent}) == 2
