import pytest
from stand_ins import Knob, data

from sksearch import Float, TPESearchCV
from sksearch.engine import Planned
from sksearch.progress import announce

X, Y = data()


def test_how_many_fits(capsys):
    announce(1, Planned({0: 20}, 5, {0: 1}))

    assert capsys.readouterr().out == (
        "Fitting 5 folds for each of 20 candidates, totalling 100 fits\n"
    )


def test_fits_that_may_be_left_out_and_confirmations(capsys):
    announce(1, Planned({0: 12, 1: 3}, 2, {0: 1, 1: 3}, n_repeats=5), at_most=True)

    assert capsys.readouterr().out == (
        "Fitting 2 folds for each of 15 candidates and of 5 confirmations, totalling "
        "at most 40 fits\n"
    )


def test_it_is_silent_by_default(capsys):
    announce(0, Planned({0: 20}, 5, {0: 1}))

    assert capsys.readouterr().out == ""


@pytest.fixture
def known(tmp_path):
    """A search with a journal of three candidates and a fold of another one."""
    search = TPESearchCV(
        Knob(),
        {"level": Float(0.0, 1.0)},
        n_iter=4,
        cv=2,
        random_state=0,
        storage=tmp_path / "search.jsonl",
    )
    search.fit(X, Y)
    lines = search.storage.read_bytes().splitlines(keepends=True)
    cut = next(i for i, line in enumerate(lines) if b'"fold": [3, 1]' in line)
    search.storage.write_bytes(b"".join(lines[:cut]))
    return search


def test_what_the_journal_knows(capsys, known):
    known.set_params(verbose=1).fit(X, Y)
    said = capsys.readouterr().out

    assert f"Resuming from '{known.storage}' after " in said

    assert " s: 3 candidates known, and 1 fold of others\n" in said

    assert "Search ended (n_iter): 4 of 4 candidates (3 known) in" in said


def test_nothing_is_known_of_a_new_search(capsys, known):
    known.set_params(verbose=1, resume=False).fit(X, Y)

    assert "Resuming" not in capsys.readouterr().out


def test_resuming_is_silent_by_default(capsys, known):
    known.fit(X, Y)

    assert capsys.readouterr().out == ""
