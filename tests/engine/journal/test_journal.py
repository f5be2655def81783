"""Tests of the journal."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sksearch.engine import Journal
from sksearch.engine.journal._lines import Sum
from sksearch.engine.journal._records import Entry, Proposal
from sksearch.evaluation import Prediction
from sksearch.exceptions import JournalError
from sksearch.trials import FoldScore

PRINT = {"space": "one", "cv": 5}
ENTRY = Entry(
    number=0,
    trial=0,
    rung=1,
    resource=9,
    bracket=2,
    params={"a": 1.5, "clf": "SVC"},
    proposal=Proposal(np.array([0.25, np.nan]), {"rng": {"state": 2**100}}),
)
FOLDS = [
    FoldScore(0, 0, {"score": 1 / 3}, {"score": 1}, 0.5, 0.25, n_rounds=17.0),
    FoldScore(0, 2, {"score": float("nan"), "b": float("-inf")}, None, 1.5, 0.0),
    FoldScore(0, 1, None, None, 0.1, 0.0, error="Traceback: \u00e4"),
]


def write(path, **words):
    with Journal(path, words.pop("resume", "auto")) as journal:
        journal.kept.update(words)
        journal.begin(PRINT)
        journal.add_candidate(ENTRY)
        journal.add_folds(FOLDS[:2], 2.5)
        journal.add_folds(FOLDS[2:], 3.5)


def test_comes_back_as_it_was(path):
    write(path, seed=7)
    with Journal(path, "auto") as journal:
        journal.begin(PRINT)
        [entry] = journal.entries
        assert journal.kept == {"seed": 7}
        assert journal.elapsed == 3.5
        assert repr(journal.folds) == repr({0: {f.fold: f for f in FOLDS}})
        assert repr(entry) == repr(ENTRY)


def test_is_added_to(path):
    write(path)
    with Journal(path, True) as journal:
        journal.begin(PRINT)
        journal.add_folds([FoldScore(1, 0, {"score": 1.0}, None, 0, 0)], 4.0)
    with Journal(path, "auto") as journal:
        assert sorted(journal.folds) == [0, 1]


def test_nothing_is_written_before_it_begins(path):
    write(path)
    before = path.read_bytes()
    for resume in ("auto", True, False):
        with Journal(path, resume):
            pass
    assert path.read_bytes() == before
    assert not path.with_name("search.jsonl.1").exists()


def test_cut_line_is_written_over(path):
    write(path)
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    with Journal(path, "auto") as journal:
        journal.begin(PRINT)
        assert sorted(journal.folds[0]) == [0, 2]
        journal.add_folds(FOLDS[2:], 3.5)
    assert path.read_bytes() == whole


def test_begun_anew_the_old_file_is_kept(path):
    write(path)
    before = path.read_bytes()
    for n in (1, 2):
        with Journal(path, False) as journal:
            journal.begin({"space": "other"})
            assert not journal.folds
        assert path.with_name("search.jsonl.1").read_bytes() == before
        assert path.with_name(f"search.jsonl.{n}").exists()
    assert path.read_bytes() != before


@pytest.mark.parametrize(
    ("values", "classes"),
    [
        (np.array([[0.25, 0.75]], dtype=np.float32), np.array(["a", "b"])),
        (np.array([1, 0]), np.array([0, 1])),
        ([np.zeros((1, 2)), np.ones((1, 3))], [np.arange(2), np.arange(3)]),
        (np.array(["x", "y"], dtype=object), np.array(["x", "y"], dtype=object)),
        (np.array([np.nan, np.inf]), None),
    ],
    ids=["probabilities", "numbers", "outputs", "objects", "not finite"],
)
def test_predictions_come_back_as_they_were(path, values, classes):
    told = Prediction("predict", values, classes)
    with Journal(path, "auto") as journal:
        journal.begin(PRINT)
        journal.add_folds([replace(FOLDS[0], predictions=told)], 1.0)
    with Journal(path, "auto") as journal:
        found = journal.folds[0][0].predictions
    assert found.method == "predict"
    assert repr(found.values) == repr(values)
    assert repr(found.classes) == repr(classes)


class TestRefused:
    def test_another_search(self, path):
        write(path)
        before = path.read_bytes()
        expected = r"differs in cv \(was 5, is 3\); new \(was None, is 'x'\)\. "
        with (
            Journal(path, "auto") as journal,
            pytest.raises(JournalError, match=expected),
        ):
            journal.begin({"space": "one", "cv": 3, "new": "x"})
        assert path.read_bytes() == before

    def test_another_format(self, path):
        line = Sum().write({"sksearch": 99, "fingerprint": {}, "kept": {}})
        path.write_bytes(line)
        with pytest.raises(JournalError, match="has format 99"):
            Journal(path, "auto")

    @pytest.mark.parametrize("resume", ["auto", True])
    def test_file_of_another_program(self, path, resume):
        path.write_text("a,b\n1,2\n")
        with pytest.raises(JournalError, match="not a journal"):
            Journal(path, resume)
        assert path.read_text() == "a,b\n1,2\n"

    def test_none_there_though_wanted(self, path):
        with pytest.raises(FileNotFoundError, match="resume=True"):
            Journal(path, True)
        assert not list(path.parent.iterdir())

    def test_folder(self, tmp_path):
        with pytest.raises(IsADirectoryError, match="wanted a file"):
            Journal(tmp_path, "auto")

    @pytest.mark.skipif(sys.platform == "win32", reason="no pipes there")
    def test_a_pipe(self, path):
        os.mkfifo(path)  # to read one, as to read /dev/full, never ends
        with pytest.raises(JournalError, match=r"storage='.*' is a device, a pipe"):
            Journal(path, "auto")

    def test_folder_that_does_not_exist(self, tmp_path):
        with pytest.raises(FileNotFoundError, match="does not exist"):
            Journal(tmp_path / "no" / "x.jsonl", "auto")

    def test_twice_at_once_in_one_process(self, path):
        with Journal(path, "auto") as journal:
            journal.begin(PRINT)
            with pytest.raises(JournalError, match="by another search"):
                Journal(path, "auto")
        Journal(path, "auto").__exit__(None, None, None)

    @pytest.mark.slow
    def test_twice_at_once_in_two_processes(self, path):
        code = (
            "import sys; from sksearch.engine import Journal\n"
            "from sksearch.exceptions import JournalError\n"
            "try: Journal(sys.argv[1], 'auto')\n"
            "except JournalError as error: print(error)"
        )
        with Journal(path, "auto") as journal:
            journal.begin(PRINT)
            out = subprocess.run(
                [sys.executable, "-c", code, str(path)],
                capture_output=True,
                text=True,
                check=True,
            )
        assert "by another search" in out.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_full_disk(path, monkeypatch):
    with Journal(path, "auto") as journal:
        journal.begin(PRINT)
        before = path.read_bytes()
        monkeypatch.setattr(journal, "_check_place", lambda file: None)
        os.dup2(os.open("/dev/full", os.O_WRONLY), journal._file.fileno())
        with pytest.raises(JournalError, match=r"cannot be written.*No space left"):
            journal.add_folds(FOLDS, 1.0)
    assert path.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="open files stay there")
@pytest.mark.parametrize("lock_too", [False, True])
def test_deleted_while_it_is_written_it_comes_back(path, lock_too):
    write(path)
    whole = path.read_bytes()
    path.unlink()
    with Journal(path, "auto") as journal:
        journal.begin(PRINT)
        journal.add_candidate(ENTRY)
        path.unlink()
        if lock_too:
            path.with_name(path.name + ".lock").unlink()
        journal.add_folds(FOLDS[:2], 2.5)
        journal.add_folds(FOLDS[2:], 3.5)
        with pytest.raises(JournalError, match="by another search"):
            Journal(path, "auto")

    assert path.read_bytes() == whole


def replaced(path):
    path.rename(path.with_name("old.jsonl"))
    path.write_bytes(b"something else")


def lengthened(path):
    path.write_bytes(path.read_bytes() + b"something else")


def emptied(path):
    path.write_bytes(b"")


@pytest.mark.skipif(sys.platform == "win32", reason="open files are locked")
@pytest.mark.parametrize(
    ("change", "word"),
    [(replaced, "replaced"), (lengthened, "changed"), (emptied, "changed")],
)
def test_changed_while_it_is_written_it_is_left_as_it_is(path, change, word):
    with Journal(path, "auto") as journal:
        journal.begin(PRINT)
        change(path)
        changed = path.read_bytes()
        with pytest.raises(JournalError, match=f"Another program {word} the journal"):
            journal.add_folds(FOLDS, 1.0)
        journal.end("an error", {}, 2.0)

    assert path.read_bytes() == changed
