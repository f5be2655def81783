"""Caches of two questions that scikit-learn asks again at each fit.

They take a quarter of the time of small searches. The answers stay the same.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np
from sklearn.base import BaseEstimator

try:
    from narwhals.stable.v2 import dependencies as kinds_of_data
except ImportError:  # scikit-learn before 1.9 does not use it
    kinds_of_data = None


def ask_once():
    """Remember the parameters of each class; know that an array is no data frame."""
    BaseEstimator._get_param_names = names_read_once()
    if kinds_of_data is not None:
        for name in ("is_into_dataframe", "is_into_series"):
            setattr(kinds_of_data, name, no_array(getattr(kinds_of_data, name)))


def names_read_once():
    """Return the class method that reads a signature, which now does it once."""
    read = BaseEstimator.__dict__["_get_param_names"].__func__
    known = WeakKeyDictionary()

    def names(cls):
        if cls not in known:
            known[cls] = read(cls)
        return [*known[cls]]

    return classmethod(names)


def no_array(is_kind):
    """Return a predicate that is false for arrays, as this one, but at once."""
    return lambda data: type(data) is not np.ndarray and is_kind(data)
