"""SharedSteps: where fitted steps are kept, and how much room they have."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from numbers import Integral
from pathlib import Path
from typing import Any

#: Room for some hundred outputs of a text vectorizer; a small part of any disk.
MAX_BYTES = 2_000_000_000
#: What is meant as a size, and would be the name of a folder.
SIZE = re.compile(r"\d+(\.\d+)?\s*([kMGT]i?B?|B)", re.IGNORECASE)


@dataclass(frozen=True)
class SharedSteps:
    """Where a search keeps the fitted steps of pipelines that candidates share.

    Parameters
    ----------
    folder : str, path or None, default=None
        A folder that stays, for later searches on the same data. It holds pickles: it
        must be one that nobody else can write to. ``None`` is a temporary folder, which
        is removed at the end of ``fit``.
    max_bytes : int, default=2_000_000_000
        How large the folder may become. The files that were not used for the longest
        time are then removed.

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
    """Raise ValueError if a text is not likely to be the path of a folder."""
    if not folder.strip():
        raise ValueError("folder must be a path, got an empty text.")
    if SIZE.fullmatch(folder.strip()):
        msg = (
            f"folder must be a path, got {folder!r}, a size: write "
            "SharedSteps(max_bytes=...)."
        )
        raise ValueError(msg)


def as_shared_steps(value: Any) -> SharedSteps | None:
    """Return the settings that a value of `cache` stands for; None for no sharing.

    Parameters
    ----------
    value : SharedSteps, str, path, bool or None
        A path is a folder that stays; True stands for a temporary one.

    Raises
    ------
    TypeError, ValueError
        If it is none of these.
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
