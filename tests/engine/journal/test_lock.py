"""Tests of the lock on a journal."""

import os
import sys

import pytest

from sksearch.engine import Journal
from sksearch.exceptions import JournalError


@pytest.fixture
def begun(path):
    with Journal(path, "auto") as journal:
        journal.begin({})
        yield journal


def symbolic(path):
    link = path.with_name("link.jsonl")
    link.symlink_to(path)
    return link


def folder(path):
    link = path.parent.parent / "link"
    link.symlink_to(path.parent)
    return link / path.name


def hard(path):
    link = path.with_name("hard.jsonl")
    os.link(path, link)
    return link


def relative(path):
    os.chdir(path.parent)
    return path.name


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize("other", [symbolic, folder, hard, relative])
def test_one_file_by_whatever_name(path, begun, other, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    name = other(path)
    with pytest.raises(JournalError, match=r"is being written by another search"):
        Journal(name, "auto")
    begun.__exit__(None, None, None)
    with Journal(name, "auto") as journal:
        journal.begin({})
        with pytest.raises(JournalError, match=r"is being written"):
            Journal(path, "auto")


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_begun_anew_through_a_link(path, begun):
    begun.__exit__(None, None, None)
    link = symbolic(path)
    before = path.read_bytes()
    with Journal(link, False) as journal:
        journal.begin({"other": 1})
        with pytest.raises(JournalError, match="is being written"):
            Journal(path, "auto")
    assert link.is_symlink()
    assert path.with_name("search.jsonl.1").read_bytes() == before
    assert link.read_bytes() == path.read_bytes() != before


def test_reading_needs_no_lock(path, begun):
    assert path.read_bytes().startswith(b'{"sksearch": 1')
