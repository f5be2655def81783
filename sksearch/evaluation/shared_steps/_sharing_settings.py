"""SharedSteps: the folder for fitted steps, and its size."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from numbers import Integral
from pathlib import Path
from typing import Any

#: Room for a few hundred outputs of a text vectorizer; a small part of any disk.
MAX_BYTES = 2_000_000_000
#: Matches a size that a user passed where a folder is wanted.
SIZE = re.compile(r"\d+(\.\d+)?\s*([kMGT]i?B?|B)", re.IGNORECASE)


@dataclass(frozen=True)
class SharedSteps:
    """Where a search keeps the fitted pipeline steps that candidates share.

    Parameters
    ----------
    folder : str, path or None, default=None
        A permanent folder, for later searches on the same data. It holds pickles, so
        nobody else should be able to write to it. ``None`` is a temporary folder, which
        is removed at the end of ``fit``.
    max_bytes : int, default=2_000_000_000
        Maximum size of the folder. Beyond it the least recently used files are removed.

    Raises
    ------
    TypeError
        If `folder` is not a path, or `max_bytes` not an int.
    ValueError
        If `folder` is empty, a size or a file, or `max_bytes` is less than 1.

    Examples
    --------
    >>> from sksearch import SharedSteps
    >>> SharedSteps(max_bytes=500_000_000)
    SharedSteps(folder=None, max_bytes=500000000)
    """

    folder: str | os.PathLike[str] | None = None
    max_bytes: int = MAX_BYTES

    def __post_init__(self) -> None:
        folder, n = self.folder, self.max_bytes
        if not isinstance(folder, str | os.PathLike | None):
            raise TypeError(f"folder must be a path or None, got {folder!r}.")
        if isinstance(folder, str):
            _check_name(folder)
        if folder is not None and Path(folder).exists() and not Path(folder).is_dir():
            raise ValueError(f"folder must be a folder, and {str(folder)!r} is a file.")
        if not isinstance(n, Integral) or isinstance(n, bool):
            raise TypeError(f"max_bytes must be an int, got {n!r}.")
        if n < 1:
            raise ValueError(f"max_bytes must be at least 1, got {n!r}.")


def _check_name(folder: str) -> None:
    """Raise ValueError if a string is unlikely to be the path of a folder."""
    if not folder.strip():
        raise ValueError("folder must be a path, got an empty text.")
    if SIZE.fullmatch(folder.strip()):
        msg = (
            f"folder must be a path, got {folder!r}, a size: write "
            "SharedSteps(max_bytes=...)."
        )
        raise ValueError(msg)


def as_shared_steps(value: Any) -> SharedSteps | None:
    """Read the `cache` parameter; return None for no sharing.

    A path is a permanent folder; True stands for a temporary one.
    """
    if value is None or value is False:
        return None
    if isinstance(value, SharedSteps):
        return value
    if value is True:
        return SharedSteps()
    try:
        return SharedSteps(value)
    except (TypeError, ValueError) as error:
        msg = (
            "The 'cache' parameter must be True for a temporary folder, the path of a "
            f"folder that stays, a SharedSteps or None. {error}"
        )
        raise type(error)(msg) from None
