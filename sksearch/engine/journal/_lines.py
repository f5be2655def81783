"""Lines of a journal: one JSON object each, with a sum that proves it whole.

The sum of a line depends on all lines before it. So a line that was changed, lost,
doubled or moved is noticed; only at its end may a file be short, where a crash cut it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import Any

from sksearch.exceptions import JournalError

#: What every journal begins with.
MAGIC = b'{"sksearch": '
#: What stands between a record and its sum.
SEAL = b', "crc32": "'


class Sum:
    """The running sum of the lines of a journal."""

    def __init__(self) -> None:
        self._sum = 0

    def write(self, record: Mapping[str, Any]) -> bytes:
        """Return the next line."""
        body = json.dumps(record, allow_nan=False, ensure_ascii=True).encode()[:-1]
        self._sum = zlib.crc32(body, self._sum)
        return body + SEAL + f'{self._sum:08x}"}}\n'.encode()

    def read(self, line: bytes) -> dict[str, Any]:
        """Return the record of the next line, without its end; ValueError if not it."""
        body, seal, tail = line.rpartition(SEAL)
        total = zlib.crc32(body, self._sum)
        if not seal or tail != f'{total:08x}"}}'.encode():
            msg = "its sum is not the one that was written"
            raise ValueError(msg)
        record = json.loads(body + b"}")
        self._sum = total
        return dict(record)


def read_lines(data: bytes, path: str) -> tuple[list[dict[str, Any]], int, Sum]:
    """Read a journal, leaving out a last line that was not finished.

    Parameters
    ----------
    data : bytes
        What the file holds.
    path : str
        Its name, for errors.

    Returns
    -------
    records : list of dict
        One for each line; empty if not even the first was finished.
    n_bytes : int
        How much of the file they are.
    total : Sum
        To write the next line with.

    Raises
    ------
    JournalError
        If it is no journal, or one that was changed.
    """
    if data[: len(MAGIC)] != MAGIC[: len(data)]:
        msg = f"{path!r} is not a journal of sksearch. It is left as it is."
        raise JournalError(msg)
    total = Sum()
    records: list[dict[str, Any]] = []
    n_bytes = 0
    *lines, _ = data.split(b"\n")  # after the last end of line: cut by a crash
    for number, line in enumerate(lines, 1):
        try:
            records.append(total.read(line))
        except ValueError as error:
            msg = (
                f"The journal {path!r} is damaged in line {number}: {error}. It is "
                "left as it is. Cut it before that line to go on from there, or pass "
                "resume=False to begin anew."
            )
            raise JournalError(msg) from error
        n_bytes += len(line) + 1
    return records, n_bytes, total
