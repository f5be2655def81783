"""Tests of the lines of a journal."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sksearch.engine.journal._lines import Sum, read_lines
from sksearch.exceptions import JournalError

RECORDS = [
    {"sksearch": 1, "fingerprint": {"name": 'with ", "crc32": " in it'}},
    {"candidate": 0, "params": {"a": "\u00e4\n", "b": [1, None, 0.1]}},
    {"fold": [0, 0], "test": {"score": 0.1 + 0.2}},
    {"fold": [0, 1], "test": None},
]


def journal(records=RECORDS):
    total = Sum()
    return b"".join(map(total.write, records))


def test_comes_back_as_it_was():
    data = journal()
    records, n_bytes = read_lines(data, "x", Sum())
    assert records == RECORDS
    assert n_bytes == len(data)


def test_each_line_is_json_by_itself():
    lines = journal().decode().splitlines()
    assert len(lines) == len(RECORDS)
    for line, record in zip(lines, RECORDS, strict=True):
        assert json.loads(line).items() >= record.items()


def test_more_can_be_written_behind():
    total = Sum()
    read_lines(journal(RECORDS[:2]), "x", total)
    data = journal(RECORDS[:2]) + b"".join(map(total.write, RECORDS[2:]))
    assert data == journal()


@given(st.integers(0, len(journal())))
def test_cut_anywhere_it_holds_the_lines_before(length):
    data = journal()[:length]
    records, n_bytes = read_lines(data, "x", Sum())
    assert records == RECORDS[: data.count(b"\n")]
    assert n_bytes == data.rfind(b"\n") + 1


@given(st.integers(0, len(journal()) - 1), st.integers(1, 255))
def test_a_changed_byte_is_noticed_or_in_the_last_line(position, change):
    data = bytearray(journal())
    data[position] ^= change
    try:
        records, _ = read_lines(bytes(data), "x", Sum())
    except JournalError:
        return
    # Only the end of the last line: then it looks cut, and is done again.
    assert position == len(data) - 1
    assert records == RECORDS[:-1]


@pytest.mark.parametrize("order", [(0, 2, 3), (0, 2, 1, 3), (0, 1, 1, 2, 3), (1, 2, 3)])
def test_lines_that_are_lost_moved_or_doubled_are_noticed(order):
    lines = journal().splitlines(keepends=True)
    with pytest.raises(JournalError):
        read_lines(b"".join(lines[i] for i in order), "x", Sum())


@pytest.mark.parametrize(
    "data", [b"a,b\n1,2\n", b"{}\n", b"\x80\x04", b"\n", b'{"sksearch": 1}\n']
)
def test_file_of_another_program(data):
    with pytest.raises(JournalError, match=r"'x'.*left as it is"):
        read_lines(data, "x", Sum())


@pytest.mark.parametrize("data", [b"", b"{", b'{"sksearch": 1, "fing'])
def test_nothing_finished(data):
    records, n_bytes = read_lines(data, "x", Sum())
    assert records == []
    assert n_bytes == 0
