"""Who called ``fit``: the user, or a loop of a library in which it is one step of many.

The user who interrupts a search wants what was found so far. Who interrupts a
cross-validation of searches wants the cross-validation to end, and not only the search
that happens to run; such a search hands the KeyboardInterrupt on.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from types import FrameType
from typing import Any

#: Libraries that call ``fit``, or a function of the user's that does, again and again.
LOOPS = {
    "concurrent",
    "dask",
    "distributed",
    "imblearn",
    "joblib",
    "mapie",
    "mlxtend",
    "multiprocessing.pool",
    "optuna",
    "pandas",
    "polars",
    "ray",
    "scipy",
    "sklearn",
    "sksearch",
}
#: Modules of theirs that call it once, and what they call goes on to the end.
PASSING = {
    "imblearn.base",
    "imblearn.pipeline",
    "joblib.memory",
    "sklearn.base",
    "sklearn.compose._target",
    "sklearn.feature_selection._from_model",
    "sklearn.pipeline",
    "sklearn.utils._set_output",
    "sklearn.utils.validation",
}


def called_in_a_loop() -> bool:
    """Tell whether the search that runs in this thread is a step in a library's loop.

    Looks at the frames above its ``fit``. That is for the moment of an interrupt: where
    there is none it costs nothing.
    """
    search, seen = None, False
    for frame in _frames(inspect.currentframe()):
        module = str(frame.f_globals.get("__name__", ""))
        root = module.partition(".")[0]
        if root == "sksearch" and frame.f_code.co_name == "fit" and not seen:
            search, seen = _self_of(frame), True
        elif seen and LOOPS & {root, module} and module not in PASSING:
            # A subclass calls the ``fit`` of its base.
            own = root == "sksearch" and _self_of(frame) is search
            if not own:
                return True
    return False


def _frames(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


def _self_of(frame: FrameType) -> Any:
    """Return the object whose method a frame is in, None if it is in none."""
    return frame.f_locals.get("self")
