"""Kept predictions: valid only for the data, members and fit parameters of the search.

If one of these differs, the predictions are those of other models.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sksearch.engine import describe
from sksearch.ensemble.members._valid_members import Named
from sksearch.evaluation import Contents, OutOfFold
from sksearch.space import has_params, short

#: Parameters of scikit-learn's estimators that change no prediction.
IGNORED = {"n_jobs", "verbose"}
#: Advice if kept predictions do not match.
ANEW = "set_params(oof=None) makes the predictions anew, by cv."


def described(estimator: Any) -> dict[str, Any]:
    """Return class and parameters of an estimator, as plain data."""
    return {
        "class": _name_of(estimator),
        **{
            name: _described(value)
            for name, value in estimator.get_params(deep=True).items()
            if name.rpartition("__")[2] not in IGNORED
        },
    }


def _name_of(value: Any) -> str:
    """Return the name of a class, with its module."""
    return f"{type(value).__module__}.{type(value).__qualname__}"


def _described(value: Any) -> Any:
    """Return a value as plain data."""
    if has_params(value):
        params = value.get_params(deep=False).items()
        own = {k: _described(v) for k, v in params if k not in IGNORED}
        return {_name_of(value): own}
    if isinstance(value, list | tuple):
        return [_described(item) for item in value]
    try:
        return describe(value)
    except Exception:  # noqa: BLE001 - without a description, compare the class
        return _name_of(value)


def check_kept(oof: OutOfFold, members: Named, X: Any, y: Any) -> None:
    """Raise ValueError if kept predictions are not of these members and this data."""
    if len(oof) != len(members):
        msg = (
            f"The 'oof' parameter has predictions of {len(oof)} members, but there are "
            f"{len(members)}. With oof=None they are made anew."
        )
        raise ValueError(msg)
    y = np.asarray(y)
    if y.shape != oof.y.shape or not np.array_equal(y, oof.y):
        msg = (
            "The 'oof' parameter has predictions for other data: wanted the y of the "
            f"search, with shape {oof.y.shape}, got one with shape {y.shape}"
            f"{' and other values' if y.shape == oof.y.shape else ''}. {ANEW}"
        )
        raise ValueError(msg)
    contents = None if oof.X is None else Contents.of(X)
    if oof.X is not None and contents is not None and not oof.X.same(contents):
        msg = (
            "The 'oof' parameter has predictions for other data: y is that of the "
            f"search, but X is another one. {ANEW}"
        )
        raise ValueError(msg)
    for i, (name, estimator) in enumerate(members):
        if oof.predictions[i] is None:
            msg = f"The 'oof' parameter has no predictions of the member {name!r}."
            raise ValueError(msg)
        if oof.members is not None and not _is_dropped(estimator):
            _check_member(name, estimator, oof.members[i])


def _is_dropped(estimator: Any) -> bool:
    """Tell whether a member is "drop" instead of an estimator."""
    return isinstance(estimator, str) and estimator == "drop"


def _check_member(name: str, estimator: Any, before: Mapping[str, Any]) -> None:
    """Raise ValueError if a member has other parameters than in the search."""
    now = described(estimator)
    if now == before:
        return
    changed = [k for k in {**before, **now} if now.get(k, ...) != before.get(k, ...)]
    key = _what_changed(changed, now, before)
    told = [_told(part[key]) if key in part else "none" for part in (now, before)]
    msg = (
        f"The member {name!r} is not the one of the search: its {key} is {told[0]}, "
        f"and was {told[1]}. The kept predictions are not its own. {ANEW}"
    )
    raise ValueError(msg)


def _what_changed(
    changed: Sequence[str], now: Mapping[str, Any], before: Mapping[str, Any]
) -> str:
    """Return the name of the main change: of a class, or the innermost parameter."""
    for key in changed:
        values = now.get(key), before.get(key)
        classes = [list(value) if isinstance(value, dict) else None for value in values]
        if key == "class" or classes[0] != classes[1]:
            return key
    return max(changed, key=lambda key: key.count("__"))


def _told(value: Any) -> str:
    """Return a described value in short; for an estimator, its class."""
    return (
        short(next(iter(value))) if isinstance(value, dict) and value else short(value)
    )


def kept_params(
    name: str, given: Mapping[str, Any], kept: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the fit parameters of a member, completed by those of the search.

    ValueError if they differ.
    """
    for key, value in given.items():
        if key not in kept:
            had = f"had {', '.join(map(repr, kept))}" if kept else "had none"
            msg = (
                f"The search was fitted without {key!r} ({had}), so the kept "
                f"predictions are those of other models than {name!r} would be. {ANEW}"
            )
            raise ValueError(msg)
        if not _same(value, kept[key]):
            msg = (
                f"{key!r} has other values than in the search, so the kept predictions "
                f"are those of other models than {name!r} would be. Leave it out to "
                f"use that of the search. {ANEW}"
            )
            raise ValueError(msg)
    return {**kept, **given}


def _same(one: Any, other: Any) -> bool:
    """Tell whether two parameters are equal."""
    if one is other:
        return True
    if np.ndim(one) or np.ndim(other) or hasattr(one, "shape"):
        contents = Contents.of(one), Contents.of(other)
        return contents[0] is not None and contents[0] == contents[1]
    return bool(one == other)
