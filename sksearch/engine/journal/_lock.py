"""Lock: a lock on a file that the system releases when its process ends."""

from __future__ import annotations

import errno
import sys
import time
from io import FileIO
from pathlib import Path
from typing import IO

from sksearch.exceptions import JournalError

#: Error numbers that mean that another process has the lock.
BUSY = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES)
#: Seconds before the second try. `is_locked` holds a lock for a thousandth of that.
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
    """Take a lock; try twice, since `is_locked` holds it for a moment."""
    try:
        _take(descriptor)
    except OSError:
        time.sleep(A_MOMENT)
        _take(descriptor)


def is_locked(path: Path) -> bool:
    """Tell whether a search is writing to a journal; True if the system cannot tell."""
    if sys.platform == "win32":
        return True
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


class Lock:
    """Keeps other processes from writing to a journal.

    The lock is on a file beside the journal, so that others can read the journal. The
    lock file is never deleted: that could let two processes in. Where locks do not
    prevent reading, the journal is locked as well, since it may have a second name
    elsewhere (a hard link). `path` has links resolved, `name` is what the user wrote.
    Raise JournalError if another process has it.
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
        """Lock the journal itself, too, by the file that is open for writing."""
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
                return  # this file system locks no file that is open for reading
            msg = (
                f"The journal '{self._name}' is being written by another search. Give "
                "this one a file of its own, or wait for the other."
            )
            raise JournalError(msg) from error

    def release(self) -> None:
        """Release all locks."""
        for file in self._files:
            file.close()
