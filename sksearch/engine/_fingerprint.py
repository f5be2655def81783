"""What makes a search the same one as before, in plain values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import joblib
import numpy as np

from sksearch.evaluation import EarlyStopping
from sksearch.space import Choice, Domain, Option, has_params


def describe(value: Any) -> Any:
    """Return what tells a value from others, as plain data that JSON can hold.

    Parameters
    ----------
    value : object
        Estimators are told apart by class and parameters, functions by name, arrays
        and all else by what they contain.

    Examples
    --------
    >>> from sklearn.linear_model import Ridge
    >>> from sksearch.engine import describe
    >>> describe({"alpha": (1, 2.0), "model": Ridge})
    {'alpha': [1, 2.0], 'model': 'sklearn.linear_model._ridge.Ridge'}
    """
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return repr(value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple | range):
        return [describe(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): describe(item) for key, item in value.items()}
    return _describe_object(value)


def _describe_object(value: Any) -> Any:
    parts = _parts(value)
    if parts is not None:
        return {type(value).__qualname__: describe(parts)}
    if hasattr(value, "__qualname__"):
        return f"{value.__module__}.{value.__qualname__}"
    return digest(value)


def _parts(value: Any) -> Any:
    """Return what an object of a known kind consists of, None for other kinds."""
    if isinstance(value, Choice):
        return dict(zip(value.labels, value.options, strict=True))
    if isinstance(value, Option):
        return [value.value, value.sub_space]
    if isinstance(value, Domain | EarlyStopping):
        return {k: v for k, v in vars(value).items() if not k.startswith("_")}
    if has_params(value):
        return value.get_params(deep=False)
    if hasattr(value, "dist") and hasattr(value, "kwds"):  # a frozen distribution
        return [value.dist.name, value.args, value.kwds]
    return None


def digest(value: Any) -> str:
    """Return a hash of the contents of an object, and what it is."""
    kind = type(value).__qualname__
    shape = getattr(value, "shape", None)
    size = "" if shape is None else f" of shape {tuple(shape)}"
    return f"{kind}{size} {joblib.hash(value)}"
