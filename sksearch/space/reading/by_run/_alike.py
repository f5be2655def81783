"""unit_of: finds an object among options that a function recreates at each call."""

from __future__ import annotations

from types import FunctionType
from typing import Any

from sksearch.space._categorical import Listed
from sksearch.space._domain import Domain
from sksearch.space.values import same_value


def unit_of(domain: Domain, value: Any) -> float:
    """Return the unit coordinate of a value, of a single similar one, or of a label."""
    try:
        return domain.to_unit(value)
    except (ValueError, TypeError):
        if isinstance(domain, Listed):
            if isinstance(value, str) and value in domain.value_labels:
                return domain.unit(domain.value_labels.index(value))
            found = [i for i, v in enumerate(domain.values) if alike(v, value)]
            if len(found) == 1:
                return domain.unit(found[0])
        raise


def alike(one: Any, other: Any) -> bool:
    """Tell whether two different objects come from the same line of code."""
    if type(one) is not type(other):
        return False
    if isinstance(one, FunctionType):
        return one.__code__ == other.__code__ and same_value(
            _captured(one), _captured(other)
        )
    own = getattr(one, "__dict__", None)
    return bool(own) and same_value(own, other.__dict__)


def _captured(function: FunctionType) -> list[Any]:
    """Return the defaults and the closure of a function."""
    cells = function.__closure__ or ()
    return [function.__defaults__, *(cell.cell_contents for cell in cells)]
