"""Data for several models, of which some change their input: ``copy=False``."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

#: Parameters that let an estimator of scikit-learn work in the memory of its input.
COPYING = ("copy", "copy_X", "copy_x")


def untouched(estimator: Any, X: Any) -> Any:
    """Return `X`, or a copy of it for an estimator that is set to change its input."""
    return copied(X) if _changes_input(estimator) else X


def copied(X: Any) -> Any:
    """Return a copy of an array, a sparse matrix or a frame; other data as they are."""
    if isinstance(X, np.ndarray):
        return X.copy(order="K")
    if sparse.issparse(X) or hasattr(X, "iloc"):
        return X.copy()
    return X


def _changes_input(estimator: Any) -> bool:
    """Tell whether an estimator, or a part of it, has ``copy=False``."""
    if not hasattr(estimator, "get_params"):
        return False
    return any(
        name.rpartition("__")[2] in COPYING and isinstance(value, bool) and not value
        for name, value in estimator.get_params(deep=True).items()
    )
