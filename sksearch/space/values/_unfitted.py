"""Unfitted copies of estimators, like those of scikit-learn's ``clone``.

This layer does not import scikit-learn. Fitted attributes are not copied: they are not
needed, and may hold locks or refuse new parameters.
"""

from __future__ import annotations

from typing import Any

from sksearch.space.values._values import has_params


def unfitted(value: Any) -> Any:
    """Return an unfitted copy of an estimator or of a list of steps; else `value`."""
    if has_params(value) and hasattr(value, "__sklearn_clone__"):
        return value.__sklearn_clone__()
    if has_params(value):
        params = value.get_params(deep=False)
        return type(value)(**{name: unfitted(own) for name, own in params.items()})
    if type(value) in (list, tuple):
        return type(value)(unfitted(item) for item in value)
    return value
