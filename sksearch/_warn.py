"""Warnings that point to the line of the user, however deep they are raised."""

from __future__ import annotations

import inspect
import warnings

#: What stands between that line and the one that warns.
INSIDE = ("sksearch", "sklearn", "contextlib")


def warn(message: str, category: type[Warning]) -> None:
    """Warn, at the line outside of this package and of scikit-learn that led here.

    Parameters
    ----------
    message : str
        What there is to say.
    category : type of Warning
        Its kind.
    """
    frame = inspect.currentframe()
    level = 0
    while frame is not None and _is_inside(frame.f_globals.get("__name__", "")):
        frame = frame.f_back
        level += 1
    warnings.warn(message, category, stacklevel=level + 1)


def _is_inside(module: str) -> bool:
    return module.partition(".")[0] in INSIDE
