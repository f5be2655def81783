"""A lock on a file, which ends with the process that holds it, however that ends."""

from __future__ import annotations

import sys
from pathlib import Path

from sksearch.exceptions import JournalError

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """Keeps other processes from a journal while it is written.

    The lock is on a file beside the journal, so that the journal itself can be read.
    That file stays: to delete it would let two others in.

    Parameters
    ----------
    path : Path
        The journal.

    Raises
    ------
    JournalError
        If another process has it.
    """

    def __init__(self, path: Path) -> None:
        beside = path.with_name(path.name + ".lock")
        self._file = beside.open("ab")
        try:
            _take(self._file.fileno())
        except OSError as error:
            self._file.close()
            msg = (
                f"The journal '{path}' is being written by another search. Give this "
                "one a file of its own, or wait for the other."
            )
            raise JournalError(msg) from error

    def release(self) -> None:
        """Let others in."""
        self._file.close()
