"""A lock on a file, which ends with the process that holds it, however that ends."""

from __future__ import annotations

import errno
import sys
import time
from io import FileIO
from pathlib import Path
from typing import IO

from sksearch.exceptions import JournalError

#: What the system says if somebody else has the lock.
BUSY = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES)
#: Seconds; to look at a lock takes a thousandth of it.
A_MOMENT = 0.02

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _take_soon(descriptor: int) -> None:
    """Take a lock; who only looks, see `is_locked`, has it for a moment."""
    try:
        _take(descriptor)
    except OSError:
        time.sleep(A_MOMENT)
        _take(descriptor)


def is_locked(path: Path) -> bool:
    """Tell whether a search is writing to a journal; True where nobody can tell."""
    if sys.platform == "win32":
        return True
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


class Lock:
    """Keeps other processes from a journal while it is written.

    The lock is on a file beside the journal, so that the journal itself can be read.
    That file stays: to delete it would let two others in. Where the system has locks
    that keep nobody from reading, the journal is locked, too: it may have a second name
    in another place (a hard link).

    Parameters
    ----------
    path : Path
        The journal, with no link on the way to it.
    name : Path
        What the user calls it.

    Raises
    ------
    JournalError
        If another process has it.
    """

    def __init__(self, path: Path, name: Path) -> None:
        self._name = name
        self._files: list[IO[bytes]] = []
        try:
            self._hold(path.with_name(path.name + ".lock").open("ab"))
            if sys.platform != "win32" and path.exists():
                self._hold(path.open("rb"))
        except BaseException:
            self.release()
            raise

    def hold(self, file: FileIO) -> None:
        """Lock the journal itself, too, by a file that was opened to write to it."""
        if sys.platform != "win32":
            for held in self._files[1:]:  # the lock on the same file, or an older one
                held.close()
            del self._files[1:]
            self._take(file.fileno())

    def _hold(self, file: IO[bytes]) -> None:
        self._files.append(file)
        self._take(file.fileno())

    def _take(self, descriptor: int) -> None:
        try:
            _take_soon(descriptor)
        except OSError as error:
            if self._files[1:] and error.errno not in BUSY:
                return  # a file system that locks no files that are open to be read
            msg = (
                f"The journal '{self._name}' is being written by another search. Give "
                "this one a file of its own, or wait for the other."
            )
            raise JournalError(msg) from error

    def release(self) -> None:
        """Let others in."""
        for file in self._files:
            file.close()
