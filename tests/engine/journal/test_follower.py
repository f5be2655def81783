import pytest
from stand_ins import Knob, data

from sksearch import Float, TPESearchCV
from sksearch.engine import Follower
from sksearch.exceptions import JournalError

X, Y = data()


def search(path, n_iter=4, estimator=None, **words):
    space = {"level": Float(0.0, 1.0)}
    words = {"cv": 2, "random_state": 0, **words}
    found = TPESearchCV(
        estimator or Knob(), space, n_iter=n_iter, storage=path, **words
    )
    return found.fit(X, Y)


def pieces(path, n):
    """Take a file apart, and yield after each time that some of it is there again."""
    data = path.read_bytes()
    path.write_bytes(b"")
    for i in range(n):
        with path.open("ab") as file:
            file.write(data[i * len(data) // n : (i + 1) * len(data) // n])
        yield


def test_bit_by_bit(path):
    search(path)
    follower = Follower(path)
    seen = []
    for _ in pieces(path, 40):
        follower.read()
        seen.append(
            sum(c.finished for c in follower.candidates) if follower.header else 0
        )

    assert seen == sorted(seen)

    assert len(set(seen)) == 5

    assert follower.course.done.keys() == {0, 1, 2, 3}


def test_whether_there_is_news(path):
    search(path)
    follower = Follower(path)

    assert [follower.read(), follower.read()] == [True, False]


def test_what_is_planned_and_why_it_has_ended(path):
    found = search(path, timeout=100.0)
    follower = Follower(path)
    follower.read()

    planned = {"rungs": [[0, 4, 1]], "repeats": 0, "timeout": 100.0}
    assert follower.course.planned == planned

    assert follower.course.ended == {"reason": "n_iter", "counts": found.end_counts_}

    assert follower.n_splits == 2


def test_a_search_that_goes_on_with_more(path):
    search(path)
    follower = Follower(path)
    follower.read()
    search(path, n_iter=6)
    follower.read()

    assert follower.course.planned["rungs"] == [[0, 6, 1]]

    assert follower.course.ended["counts"]["finished"] == 6

    assert len(follower.candidates) == 6


def test_another_search_in_its_place(path):
    search(path)
    follower = Follower(path)
    follower.read()
    search(path, n_iter=2, resume=False)
    follower.read()

    assert len(follower.candidates) == 2

    assert follower.course.done.keys() == {0, 1}


def test_another_course_forgets_when_the_candidates_of_the_old_one_were_done(path):
    search(path)
    follower = Follower(path)
    follower.read()
    follower._take(follower.course.entries[1].to_plain())

    assert follower.course.done.keys() == {0}


def test_an_empty_file(path):
    path.touch()
    follower = Follower(path)

    assert not follower.read()

    assert follower.header is None


@pytest.mark.parametrize("text", [b"no journal\n", b"no"])
def test_another_file(path, text):
    path.write_bytes(text)

    with pytest.raises(JournalError, match="is not a journal of sksearch"):
        Follower(path).read()


def test_a_line_that_was_changed(path):
    search(path)
    path.write_bytes(path.read_bytes().replace(b'"fold": [1, 0]', b'"fold": [9, 0]'))

    with pytest.raises(JournalError, match="damaged in line"):
        Follower(path).read()


def test_no_file(path):
    with pytest.raises(FileNotFoundError):
        Follower(path).read()


def test_whether_a_search_writes_to_it(path):
    told = []
    search(path)
    follower = Follower(path)
    assert not follower.is_written

    search(path, n_iter=5, callbacks=lambda record: told.append(follower.is_written))
    assert told == [True] * 5


def test_a_search_that_finds_all_of_it_done_leaves_the_file_as_it_is(path):
    search(path)
    before = path.read_bytes()
    search(path)

    assert path.read_bytes() == before


def test_how_long_it_took_to_the_first_fit(path):
    search(path)
    follower = Follower(path)
    assert follower.idle is None

    follower.read()
    assert 0.0 <= follower.idle <= min(follower.course.done.values())
