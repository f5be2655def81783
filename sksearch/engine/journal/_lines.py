"""Lines of a journal: one JSON object each, with a checksum.

The checksum of a line depends on all lines before it, so it reveals a line that was
changed, lost, doubled or moved. Only the end of the file may be missing, after a crash.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import Any

from sksearch.exceptions import JournalError

#: The first bytes of every journal.
MAGIC = b'{"sksearch": '
#: Separates a record from its checksum.
SEAL = b', "crc32": "'


class Sum:
    """The running checksum of the lines of a journal."""

    def __init__(self) -> None:
        self._sum = 0
        self.n_lines = 0

    def write(self, record: Mapping[str, Any]) -> bytes:
        """Return the next line."""
        body = json.dumps(record, allow_nan=False, ensure_ascii=True).encode()[:-1]
        self._sum = zlib.crc32(body, self._sum)
        return body + SEAL + f'{self._sum:08x}"}}\n'.encode()

    def read(self, line: bytes) -> dict[str, Any]:
        """Return the record of the next line; ValueError if the checksum is wrong."""
        body, seal, tail = line.rpartition(SEAL)
        total = zlib.crc32(body, self._sum)
        if not seal or tail != f'{total:08x}"}}'.encode():
            msg = "its checksum is wrong"
            raise ValueError(msg)
        record = json.loads(body + b"}")
        self._sum = total
        self.n_lines += 1
        return dict(record)


def read_lines(data: bytes, path: str, total: Sum) -> tuple[list[dict[str, Any]], int]:
    """Read a journal, or what comes next in it, without an unfinished last line.

    Returns the records, and their length in bytes. The checksum goes on with them.
    JournalError if it is no journal, or one that was changed.
    """
    if not total.n_lines and data[: len(MAGIC)] != MAGIC[: len(data)]:
        msg = f"{path!r} is not a journal of sksearch. It is left as it is."
        raise JournalError(msg)
    records: list[dict[str, Any]] = []
    n_bytes = 0
    *lines, _ = data.split(b"\n")  # a crash may have cut the last line
    for line in lines:
        try:
            records.append(total.read(line))
        except ValueError as error:
            number = total.n_lines + 1
            msg = (
                f"The journal {path!r} is damaged in line {number}: {error}. It is "
                "left as it is. Cut it before that line to resume from there, or pass "
                "resume=False to start over."
            )
            raise JournalError(msg) from error
        n_bytes += len(line) + 1
    return records, n_bytes
