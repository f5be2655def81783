"""check_values_taken: values that the estimator refuses, named before any fit.

Only scikit-learn's own estimators say which values they take.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sklearn import get_config

from sksearch._sklearn import refusal
from sksearch.search.checks._constraints import readings
from sksearch.space import Choice, DefineByRunSpace, Option, Space, has_params, short

#: Unit coordinates of the values that are tried of a range, its ends among them.
TRIED = (0.0, 0.1, 0.5, 0.9, 1.0)
#: Values that scikit-learn had once, and what replaced them.
RENAMED = {
    "deviance": "log_loss",
    "lad": "absolute_error",
    "log": "log_loss",
    "ls": "squared_error",
    "mae": "absolute_error",
    "mse": "squared_error",
    "none": None,
}


def check_values_taken(space: Space, estimator: Any) -> None:
    """Raise ValueError if an estimator takes none of the values of a hyperparameter.

    Every fit would fail. Below an option, other candidates may still be fitted, and a
    step that the space replaces may be of another kind: both are left to the fits.
    """
    if isinstance(space, DefineByRunSpace) or get_config()["skip_parameter_validation"]:
        return
    chosen = [h.name for h in space]
    params = {"": estimator, **estimator.get_params(deep=True)}
    for h in space:
        place, _, name = h.name.rpartition("__")
        owner = params.get(place)
        replaced = any(place == c or place.startswith(f"{c}__") for c in chosen)
        if h.hidden or h.conditions or replaced or not _says_what_it_takes(owner):
            continue
        values = getattr(h.domain, "values", None)
        units = [h.domain.from_unit(u) for u in TRIED] if values is None else values
        _check(h.name, h.domain, units, owner, name)


def _says_what_it_takes(owner: Any) -> bool:
    known = type(owner).__module__.startswith("sklearn.")
    return known and hasattr(owner, "_parameter_constraints")


def _check(
    whole: str, domain: Any, values: Sequence[Any], owner: Any, name: str
) -> None:
    """Raise ValueError if all values are refused."""
    if any(has_params(v) or refusal(owner, name, v) is None for v in values):
        return
    written = getattr(domain, "written", None)
    got = short(domain if written is None else [*written], 160)
    refused = str(refusal(owner, name, values[-1]))
    wanted = refused.partition(" must be ")[2].rpartition(". Got ")[0]
    msg = (
        f"Parameter {whole!r}: {type(owner).__name__} takes none of the values of "
        f"{got}; {name} must be {wanted}."
    )
    raise ValueError(msg + _line(domain, values, owner, name))


def _line(domain: Any, values: Sequence[Any], owner: Any, name: str) -> str:
    """Return the line to write if what was meant is clear."""
    if isinstance(domain, Choice) and all(isinstance(v, Mapping) for v in values):
        pairs = zip(domain.labels, values, strict=True)
        return f" Write {short(Choice([Option(n, **v) for n, v in pairs]), 160)}."
    if hasattr(domain, "values"):
        meant = [_meant(value, owner, name) for value in values]
        found = [m[0] for m in meant if m]
        return f" Write {short(found, 160)}." if len(found) == len(values) else ""
    low, high = getattr(domain, "low", None), getattr(domain, "high", None)
    whole = [v for v in (low, high) if isinstance(v, int | float) and v == int(v)]
    if len(whole) == 2 and refusal(owner, name, int(whole[1])) is None:
        log = ", log=True" * bool(getattr(domain, "log", False))
        return f" Write Int({int(whole[0])}, {int(whole[1])}{log})."
    return ""


def _meant(value: Any, owner: Any, name: str) -> list[Any]:
    """Return the value that was probably meant, in a list; [] if it is unknown."""
    new = [RENAMED[value]] if isinstance(value, str) and value in RENAMED else []
    for other in (*new, *readings(value)):
        if refusal(owner, name, other) is None:
            return [other]
    return []
