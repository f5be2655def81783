"""Prefit members: they must have the same features and classes."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.exceptions import NotFittedError
from sklearn.utils.validation import check_is_fitted

from sksearch.ensemble.members._valid_members import Named
from sksearch.ensemble.predictions import Target
from sksearch.space import short


def check_fitted_alike(members: Named) -> None:
    """Raise unless all are fitted, with the same features and the same classes."""
    seen: dict[str, tuple[str, Any]] = {}
    for name, estimator in members:
        try:
            check_is_fitted(estimator)
        except NotFittedError as error:
            msg = f"cv='prefit' needs fitted members, and {name!r} is not fitted."
            raise NotFittedError(msg) from error
        for attribute in ("n_features_in_", "classes_"):
            value = getattr(estimator, attribute, None)
            if value is None:
                continue
            first, expected = seen.setdefault(attribute, (name, value))
            if not _same(expected, value):
                msg = (
                    f"The members are not fitted alike: {attribute} of {first!r} is "
                    f"{short(expected)}, that of {name!r} is {short(value)}."
                )
                raise ValueError(msg)


def _same(one: Any, other: Any) -> bool:
    """Tell whether two attributes are equal; classes may come in any order."""
    if np.ndim(one) == 0 or np.ndim(other) == 0:
        return np.array_equal(one, other)
    if isinstance(one, list) or isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return np.array_equal(np.sort(one), np.sort(other))


def check_target(target: Target, members: Named) -> Target:
    """Return the target with the classes of the members; `y` may lack some."""
    known = next((e.classes_ for _, e in members if hasattr(e, "classes_")), None)
    if target.classes is None or known is None:
        return target
    parts = known if isinstance(known, list) else [known]
    if len(parts) != target.n_outputs:
        return target
    for seen, part in zip(target.classes, parts, strict=True):
        foreign = [c for c in seen.tolist() if c not in set(np.asarray(part).tolist())]
        if foreign:
            msg = (
                "y has classes that the members were not fitted to: "
                f"{', '.join(map(repr, foreign))}. They know "
                f"{', '.join(map(repr, np.asarray(part).tolist()))}."
            )
            raise ValueError(msg)
    return Target(
        tuple(np.sort(part) for part in parts),
        target.n_outputs,
        target.one_dimensional,
    )
