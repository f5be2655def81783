"""Configurations and rows as plain values, for files and text tables."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sksearch.exceptions import SpaceError
from sksearch.space._categorical import Listed
from sksearch.space._domain import Domain, FloatArray
from sksearch.space._space import Hyperparameter, Space
from sksearch.space.values import label_of, plain, same_value


def labelled(
    space: Space, row: FloatArray, configuration: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the configuration of a row with labels instead of objects.

    Numbers, strings, booleans and None, and lists of these, stay as they are. Any other
    value becomes the label of its option, or the name of its class.
    """
    listed = {
        name: (h.domain, h.domain.index(unit))
        for j, (h, unit) in enumerate(zip(space, row.tolist(), strict=False))
        if isinstance(h.domain, Listed) and not math.isnan(unit)
        for name, _ in space.places_at(j, row)
    }
    return {
        name: _shown(value, *listed[name]) if name in listed else _plainly(value)
        for name, value in configuration.items()
    }


def labels_of_objects(space: Space, rows: Sequence[FloatArray]) -> list[dict[str, str]]:
    """Return the labels of the objects in configurations, by name.

    Plain values have none. The space is not define-by-run, whose answers are labels
    already.
    """
    found: list[dict[str, str]] = [{} for _ in rows]
    table = np.array(rows).reshape(len(rows), len(space))
    for j, h in enumerate(space.hyperparameters):
        if not isinstance(h.domain, Listed) or all(map(_is_plain, h.domain.values)):
            continue
        for own, row in zip(found, table, strict=True):
            i = None if math.isnan(row[j]) else h.domain.index(row[j])
            if i is not None and not _is_plain(h.domain.values[i]):
                names = (name for name, _ in space.places_at(j, row))
                own.update(dict.fromkeys(names, h.domain.value_labels[i]))
    return found


def option_labels(domain: Domain) -> list[str]:
    """Return the name of each option in a table: its label, or the value itself."""
    if not isinstance(domain, Listed):
        return []
    return [
        label_of(value) if _is_plain(value) else label
        for value, label in zip(domain.values, domain.value_labels, strict=True)
    ]


def written_as(domain: Domain, text: Any) -> int | None:
    """Return the position of the only listed value that a file shows as `text`.

    The text, read from a journal or a table, is the label of an object, or a list.
    """
    if not isinstance(domain, Listed) or not isinstance(text, str | list | tuple):
        return None
    if isinstance(text, list | tuple) and not _holds_plain(text):
        return None
    wanted = _plainly(text)
    found = [
        i
        for i in domain.distinct
        if same_value(_shown(domain.values[i], domain, i), wanted)
    ]
    return found[0] if len(found) == 1 else None


def _holds_plain(value: Any) -> bool:
    """Tell whether a value is plain, with all that is in it."""
    if isinstance(value, list | tuple):
        return all(map(_holds_plain, value))
    return _is_plain(plain(value))


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, bool | int | float | str | list | tuple)


def _shown(value: Any, domain: Listed, i: int) -> Any:
    """Return the value at a position of a list: itself if plain, else its label."""
    return _plainly(value) if _is_plain(plain(value)) else domain.value_labels[i]


def _plainly(value: Any) -> Any:
    value = plain(value)
    if isinstance(value, float) and not math.isfinite(value):
        return repr(value)
    if isinstance(value, list | tuple):
        return list(map(_plainly, value))
    return value if _is_plain(value) else label_of(value)


def axes_of(space: Space) -> list[list[Any]]:
    """Return the meaning of the columns of rows, as plain data.

    For each column they are its name, with the options above it, and the labels of its
    own options. Both may be in a different order in the next run.
    """
    names: list[str] = []
    for h in space.hyperparameters:
        below = sorted(
            f"{names[c.parent]}={label_at(space.hyperparameters[c.parent], c.option)}"
            for c in h.conditions
        )
        names.append(f"{h.name} [{', '.join(below)}]" if below else h.name)
    labels = [getattr(h.domain, "labels", None) for h in space.hyperparameters]
    return [
        [name, None if own is None else list(own)]
        for name, own in zip(names, labels, strict=True)
    ]


def label_at(h: Hyperparameter, option: int) -> str:
    """Return the label of an option that the user gave, else its position."""
    labels = getattr(h.domain, "labels", None)
    return str(labels[option] if labels else option)


def moved_row(
    row: FloatArray, before: Sequence[Sequence[Any]], now: Sequence[Sequence[Any]]
) -> FloatArray:
    """Return a row for axes or options in a different order.

    `before` and `now` are the results of :func:`axes_of` for the old and the new space.
    Raise SpaceError if an axis or a label no longer exists.
    """
    if list(map(list, before)) == list(map(list, now)):
        return row
    places = {name: j for j, (name, _) in enumerate(now)}
    if len(places) < len(now):
        msg = "Two of its axes have one name."
        raise SpaceError(msg)
    out = np.full(len(now), np.nan)
    for (name, labels), unit in zip(before, row.tolist(), strict=True):
        if math.isnan(unit):
            continue
        if name not in places:
            msg = f"There is no {name!r} any more."
            raise SpaceError(msg)
        j = places[name]
        out[j] = unit if labels is None else _moved(name, unit, labels, now[j][1])
    return out


def _moved(name: str, unit: float, before: Sequence[str], now: Any) -> float:
    """Return the new unit coordinate of the option at an old one."""
    label = before[min(int(unit * len(before)), len(before) - 1)]
    if label not in (now or ()):
        msg = f"{name!r} has no option {label!r} any more."
        raise SpaceError(msg)
    return float((now.index(label) + 0.5) / len(now))


def row_with_names(
    space: Space, row: FloatArray, names: Sequence[str | None]
) -> FloatArray:
    """Return a row for a define-by-run space with its axes in a different order.

    The space finds new axes when it activates a row.
    """
    units = {
        name: unit
        for name, unit in zip(names, row.tolist(), strict=True)
        if not math.isnan(unit)
    }
    given = np.full(len(space), np.nan)
    for _ in range(len(units) + 1):  # each time one more axis may appear
        n_known = len(space)
        given = np.array(
            [units.get(h.name, math.nan) for h in space.hyperparameters], dtype=float
        )
        [found] = space.activate(given[None])
        if len(space) == n_known:
            break
    return np.asarray(found)
