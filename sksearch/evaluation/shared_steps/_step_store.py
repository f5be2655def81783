"""StepStore: fitted steps with their outputs, in a folder of files.

All workers of a machine use it at once, so a file gets its name only when it is
complete. Each process also keeps recently used files in memory.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import platform
import threading
import uuid
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import joblib
import numpy as np
import scipy
import sklearn
from sklearn import get_config

from sksearch._version import __version__
from sksearch.evaluation.shared_steps._array_layout import packed, unpacked
from sksearch.evaluation.shared_steps._sharing_settings import SharedSteps
from sksearch.workers import FaultsIgnored, cloudpickle

#: Bytes that each process keeps in memory: a few outputs of a text vectorizer.
MEMORY_BYTES = 100_000_000
#: A worker may write this share of the maximum before it checks the folder's size.
UNSEEN_SHARE = 1 / 20

STEP = ".step"
DRAFT = ".step-draft"


class RecentBlobs:
    """The files that a process used most recently. Safe to share between threads."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.n_bytes = 0
        self._blobs: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> bytes | None:
        """Return the bytes with a key; None if they are not here."""
        with self._lock:
            if key in self._blobs:
                self._blobs.move_to_end(key)
            return self._blobs.get(key)

    def put(self, key: str, blob: bytes) -> None:
        """Keep bytes, and drop the least recently used ones beyond the limit."""
        if len(blob) > self.max_bytes:
            return
        with self._lock:
            self.n_bytes += len(blob) - len(self._blobs.pop(key, b""))
            self._blobs[key] = blob
            while self.n_bytes > self.max_bytes:
                self.n_bytes -= len(self._blobs.popitem(last=False)[1])

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._blobs.clear()
            self.n_bytes = 0


_recent = RecentBlobs(MEMORY_BYTES)
#: Bytes that this process has written since it checked the size, by folder.
_unseen: dict[str, int] = {}


@dataclass(frozen=True)
class StepStore:
    """Access to the folder for workers. Plain and picklable."""

    folder: str
    data: str  # identity of the data of this search
    max_bytes: int  # maximum size of the folder
    # Whether the folder is permanent, and made if missing. A temporary folder is
    # missing on other machines and after the search; then only memory is used.
    stays: bool

    def load(self, key: str) -> Any:
        """Return a copy of the value with a key; None if there is none."""
        path = Path(self.folder, key + STEP)
        blob = _recent.get(key)
        try:
            with suppress(OSError):
                os.utime(path)  # mark it as used
            if blob is None:
                blob = path.read_bytes()
                _recent.put(key, blob)
            return unpacked(pickle.loads(blob))  # noqa: S301 - our own file
        except Exception:  # noqa: BLE001 - an unreadable step is fitted again
            return None

    def save(self, key: str, value: Any) -> None:
        """Keep a value, if it can be pickled and there is room."""
        with FaultsIgnored():
            value = packed(value)
            if value is None:
                return
            # Not pickle: workers could not pickle classes defined in a script.
            blob: bytes = cloudpickle.dumps(value)
            if len(blob) > self.max_bytes:
                return
            _recent.put(key, blob)
            if self.stays:
                Path(self.folder).mkdir(parents=True, exist_ok=True)
            self._write(key, blob)
            unseen = _unseen.get(self.folder, self.max_bytes) + len(blob)
            if unseen > self.max_bytes * UNSEEN_SHARE:
                unseen = 0
                self._evict()
            _unseen[self.folder] = unseen

    def _write(self, key: str, blob: bytes) -> None:
        draft = Path(self.folder, f"{key}-{uuid.uuid4().hex}{DRAFT}")
        try:
            draft.write_bytes(blob)
            draft.replace(Path(self.folder, key + STEP))
        finally:
            draft.unlink(missing_ok=True)

    def _evict(self) -> None:
        """Remove the least recently used files until the size is within the limit."""
        found = []
        with os.scandir(self.folder) as entries:
            for entry in entries:
                if entry.name.endswith((STEP, DRAFT)):
                    with suppress(OSError):  # another worker may have removed it
                        about = entry.stat()
                        found.append((about.st_mtime_ns, about.st_size, entry.path))
        too_many = sum(size for _, size, _ in found) - self.max_bytes
        for _, size, path in sorted(found):
            if too_many <= 0:
                return
            with suppress(OSError):
                Path(path).unlink()
            too_many -= size


@contextmanager
def open_steps(
    settings: SharedSteps | None, X: Any, y: Any
) -> Iterator[StepStore | None]:
    """Prepare the folder for a search; a temporary one is removed at the end.

    Yields None for no sharing.
    """
    if settings is None:
        yield None
        return
    with ExitStack() as stack:
        if settings.folder is None:
            stack.callback(_recent.clear)
            made = TemporaryDirectory(prefix="sksearch-", ignore_cleanup_errors=True)
            folder, data = stack.enter_context(made), uuid.uuid4().hex
        else:
            folder = str(Path(settings.folder).absolute())
            Path(folder).mkdir(parents=True, exist_ok=True)
            data = _same_data(X, y)
        stack.callback(_unseen.pop, folder, None)
        yield StepStore(
            folder, data, int(settings.max_bytes), settings.folder is not None
        )


def _same_data(X: Any, y: Any) -> str:
    """Return a hash that is the same only for equal data, versions and settings."""
    versions = [
        platform.python_version(),
        __version__,
        *(module.__version__ for module in (np, scipy, sklearn, joblib)),
    ]
    try:
        told = [joblib.hash((X, y), hash_name="sha1")]
    except Exception:  # noqa: BLE001 - later searches will not find it
        told = [uuid.uuid4().hex]
    told += [*versions, repr(sorted(get_config().items(), key=str))]
    return hashlib.blake2b("\n".join(told).encode(), digest_size=20).hexdigest()
