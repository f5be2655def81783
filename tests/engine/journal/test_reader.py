"""Tests of what the records of a journal come to."""

import numpy as np
import pytest

from sksearch.engine import Journal, read_saved
from sksearch.engine.journal._lines import Sum
from sksearch.engine.journal._reader import Course
from sksearch.engine.journal._records import Entry, Proposal, plain_fold
from sksearch.exceptions import JournalError
from sksearch.trials import FoldScore


def sample(number, trial, unit):
    proposal = Proposal(np.array([unit]), {})
    return Entry(number, trial, 0, 1, 0, {}, proposal).to_plain()


def promote(number, trial):
    return Entry(number, trial, 1, 3, 0, {}).to_plain()


def fold(number, score, fold=0, **more):
    test = None if score is None else {"score": score}
    error = None if score is not None else "ValueError"
    return plain_fold(FoldScore(number, fold, test, None, 2.0, 0.0, error, **more), 5.0)


def test_later_folds_win():
    course = Course().read([sample(0, 0, 0.5), fold(0, None), fold(0, 1.0)])
    assert course.folds[0][0].test == {"score": 1.0}
    assert course.elapsed == 5.0


def test_a_number_that_comes_again_begins_another_course():
    records = [
        *(sample(i, i, i / 4) for i in range(3)),
        promote(3, 0),
        *(fold(i, float(i)) for i in range(4)),
        promote(3, 1),
        fold(3, 9.0),
    ]
    course = Course().read(records)
    assert [entry.trial for entry in course.entries] == [0, 1, 2, 1]
    assert course.folds[3][0].test == {"score": 9.0}
    [past] = course.aside
    assert past.entry.trial == 0
    assert past.proposal.row == 0.0
    assert past.folds[0].test == {"score": 3.0}


@pytest.mark.parametrize(
    ("scores", "wanted", "kept", "all_failed"),
    [
        ([1.0, None], False, 2, False),
        ([1.0, None], True, 1, False),
        ([1.0, float("nan"), float("inf")], True, 1, False),
        ([None, None], False, 0, True),
        ([float("nan"), None], False, 0, True),
        ([], False, 0, False),
    ],
)
def test_failures_that_are_tried_again(scores, wanted, kept, all_failed):
    records = [fold(0, score, i) for i, score in enumerate(scores)]
    course = Course().read([sample(0, 0, 0.5), *records])
    forgot = course.forget_failures(wanted=wanted, fit_timeout=None)
    assert forgot is all_failed
    assert len(course.folds.get(0, {})) == kept


@pytest.mark.parametrize(
    ("limit", "now", "again"),
    [
        (1.0, 1.0, False),
        (1.0, 0.5, False),
        (1.0, 2.0, True),
        (1.0, None, True),
        (None, 1.0, False),  # it took two seconds
        (None, 3.0, True),
    ],
)
def test_a_longer_limit_tries_what_ran_out_of_time(limit, now, again):
    over = fold(0, None, 1, exception="FitTimeoutError")
    if limit is not None:
        over["fit_timeout"] = limit
    records = [fold(0, 1.0), over, fold(0, None, 2, exception="ValueError")]
    course = Course().read([sample(0, 0, 0.5), *records])
    assert not course.forget_failures(wanted=False, fit_timeout=now)
    assert sorted(course.folds[0]) == ([0, 2] if again else [0, 1, 2])


HEADER = {"sksearch": 1, "fingerprint": {"cv": 2}, "kept": {"n_splits": 2}}


class TestReadSaved:
    @pytest.fixture
    def path(self, tmp_path):
        return tmp_path / "search.jsonl"

    def write(self, path, *records, header=HEADER):
        path.write_bytes(b"".join(map(Sum().write, [header, *records])))

    def test_the_complete_candidates_in_their_order(self, path):
        done = [fold(n, 0.1 * n, i) for n in (0, 1, 3) for i in range(2)]
        records = [
            *(sample(n, n, 0.25) for n in range(3)),
            Entry(3, 1, 1, 9, 2, {"a": 1, "clf": "svm"}).to_plain(),
            *done,
            fold(2, 0.5, 1),
        ]
        self.write(path, *records)
        saved = read_saved(path)

        assert saved.fingerprint == {"cv": 2}

        assert saved.columns is None

        assert [c.number for c in saved.candidates] == [0, 1, 3]

        last = saved.candidates[-1]
        place = (last.trial.number, last.rung, last.resource, last.bracket)

        assert place == (1, 1, 9, 2)

        assert last.params == {"a": 1, "clf": "svm"}

        assert last.values("score", 0.0) == pytest.approx([0.3, 0.3])

    def test_what_stands_aside_is_left_out(self, path):
        folds = [fold(0, 0.5, i) for i in range(2)]
        self.write(path, sample(0, 0, 0.25), *folds, sample(0, 0, 0.75))

        assert read_saved(path).candidates == []

    def test_the_columns_that_were_kept(self, path):
        columns = {"more": ["iter"], "rounds": False}
        kept = {"n_splits": 2, "columns": columns}
        self.write(path, header={**HEADER, "kept": kept})

        assert read_saved(path).columns == columns

    def test_it_can_be_read_while_it_is_written(self, path):
        with Journal(path, "auto") as journal:
            journal.kept["n_splits"] = 1
            journal.begin({})
            journal.add_candidate(Entry.of_plain(sample(0, 0, 0.5)))
            journal.add_folds([FoldScore(0, 0, {"score": 1.0}, None, 0.0, 0.0)], 1.0)
            before = path.read_bytes()

            assert [c.number for c in read_saved(path).candidates] == [0]

        assert path.read_bytes() == before

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (b"", "is empty: its search has not begun"),
            (b"{}\n", "not a journal"),
            (Sum().write({**HEADER, "sksearch": 3}), "has format 3"),
        ],
    )
    def test_other_files_are_refused(self, path, data, message):
        path.write_bytes(data)
        with pytest.raises(JournalError, match=message):
            read_saved(path)
