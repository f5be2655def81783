"""Whole spaces of hyperopt and ConfigSpace, and hyperopt's choices between ranges."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.space._choice import Choice, Option
from sksearch.space.foreign import (
    constant_of,
    holds_range,
    library_of,
    options_of_choice,
    read_range,
)
from sksearch.space.values import has_params, same_value


def native_space(space: Any) -> Any:
    """Return a space of hyperopt or ConfigSpace as dicts of ranges, `Choice`, `Option`.

    All other spaces, also dicts with ranges of these libraries, are returned unchanged.
    """
    if _is_configuration_space(space):
        return _from_configuration_space(space)
    if library_of(space) != "hyperopt":
        return space
    spaces = options_of_choice(space) if space.name == "switch" else [space]
    if not all(part.name == "dict" for part in spaces):
        msg = (
            "A search space must be a dict of names to values, got an expression of "
            'hyperopt. Write {"name": hp...(...), ...}.'
        )
        raise SpaceTypeError(msg)
    found = [{name: _values(node) for name, node in s.named_args} for s in spaces]
    return found if space.name == "switch" else found[0]


def native_values(values: Any) -> Any:
    """Return hyperopt's ``hp.choice`` of ranges as a `Choice`, others unchanged."""
    if library_of(values) != "hyperopt" or values.name != "switch":
        return values
    options = options_of_choice(values)
    return (
        Choice(list(map(_option, options)))
        if any(map(holds_range, options))
        else values
    )


def _values(node: Any) -> Any:
    """Return the values of a name in a dict of hyperopt; a constant is one value."""
    return _native(node) if holds_range(node) else [constant_of(node)]


def _option(node: Any) -> Any:
    return _native(node) if holds_range(node) else constant_of(node)


def _native(node: Any) -> Any:
    values = native_values(node)
    return values if isinstance(values, Choice) else read_range(values)


def _is_configuration_space(space: Any) -> bool:
    return any(
        base.__name__ == "ConfigurationSpace"
        and base.__module__.partition(".")[0] == "ConfigSpace"
        for base in type(space).__mro__
    )


def _from_configuration_space(space: Any) -> dict[str, Any]:
    """Return a space of ConfigSpace, with children below options of their parents."""
    if list(space.forbidden_clauses):
        msg = (
            "The forbidden clauses of a space of ConfigSpace have no counterpart here. "
            "Leave them out, or write a function of a trial that does not return such "
            "configurations."
        )
        raise SpaceError(msg)
    below: dict[str, list[tuple[str, list[Any]]]] = {}
    children: set[str] = set()
    for condition in space.conditions:
        child, parent, values = _read_condition(condition)
        if child in children:
            raise _cannot_read(condition)
        children.add(child)
        below.setdefault(parent, []).append((child, values))
    named = {name: space[name] for name in space}

    def read(name: str) -> Any:
        domain = read_range(named[name])
        if name not in below:
            return domain
        options = []
        for value in domain.values:
            inner = {
                _relative(child, name, value): read(child)
                for child, values in below[name]
                if any(same_value(value, v) for v in values)
            }
            options.append(Option(value, **inner) if inner else value)
        return Choice(options)

    return {name: read(name) for name in named if name not in children}


def _read_condition(condition: Any) -> tuple[str, str, list[Any]]:
    """Return the child of a condition, its parent, and the values that activate it."""
    parts = list(getattr(condition, "components", [condition]))
    if len(parts) > 1 and type(condition).__name__ != "OrConjunction":
        raise _cannot_read(condition)
    found = [_one_condition(part) for part in parts]
    child, parent, _ = found[0]
    if any(other != parent for _, other, _ in found):
        raise _cannot_read(condition)
    return child, parent, [v for _, _, values in found for v in values]


def _one_condition(condition: Any) -> tuple[str, str, list[Any]]:
    kind, parent = type(condition).__name__, getattr(condition, "parent", None)
    listed: Iterable[Any] | None = None
    for attribute in ("choices", "sequence"):
        listed = getattr(parent, attribute, listed)
    values: list[Any] | None = None
    if kind == "EqualsCondition":
        values = [condition.value]
    elif kind == "InCondition":
        values = list(condition.values)
    elif kind == "NotEqualsCondition" and listed is not None:
        values = [v for v in listed if not same_value(v, condition.value)]
    if parent is None or values is None or listed is None:
        raise _cannot_read(condition)
    return str(condition.child.name), str(parent.name), values


def _relative(child: str, parent: str, value: Any) -> str:
    """Return the name of a child relative to the sub-space of an option."""
    above = parent if has_params(value) else parent.rpartition("__")[0]
    if above and not child.startswith(f"{above}__"):
        msg = (
            f"{child!r} depends on {parent!r}, and has to stand beside or below it to "
            f"be in an Option of it: rename it to '{above}__...'."
        )
        raise SpaceError(msg)
    return child[len(above) + 2 :] if above else child


def _cannot_read(condition: Any) -> SpaceError:
    return SpaceError(
        f"The condition {condition} of ConfigSpace has no counterpart here: an Option "
        "can have a hyperparameter that depends on the values of one other. Write a "
        "function of a trial, with an if."
    )
