"""Results as JSON. Reading runs no code: objects are written as labels.

For people, an estimator is also written with its class and its parameters, any other
object as a text.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.ma import MaskedArray

from sksearch.reports._facts import Facts
from sksearch.space import has_params, label_of, plain, short

#: The version of the format.
FORMAT = 1
#: The greatest length of the text of an object.
LONGEST = 2000


def write_results(
    table: Mapping[str, Any], facts: Facts | None, settings: Mapping[str, Any]
) -> str:
    """Return a table as JSON."""
    labels = facts.labels if facts else []
    met = Objects()
    params = [
        {name: met.plain(value, own.get(name)) for name, value in given.items()}
        for given, own in zip(table["params"], labels, strict=True)
    ]
    columns = {
        name: _plain_column(column, name.removeprefix("param_"), labels, met)
        for name, column in table.items()
        if name != "params"
    }
    record = {
        "sksearch_results": FORMAT,
        "settings": {name: _setting(value) for name, value in settings.items()},
        "params": params,
        "columns": columns,
        "facts": None if facts is None else met.plain(asdict(facts)),
        "objects": met.described,
    }
    return json.dumps(record, allow_nan=False)


def _setting(value: Any) -> Any:
    """Return a parameter of a search: unchanged if it is plain, otherwise as a text."""
    return Objects().plain(value) if _holds_plain(value) else short(value, LONGEST)


def _holds_plain(value: Any) -> bool:
    """Tell whether a value is a number, a text or None, or contains only these."""
    value = plain(value)
    if type(value) in (list, tuple):
        return all(map(_holds_plain, value))
    if isinstance(value, Mapping):
        return all(map(_holds_plain, value.values()))
    return value is None or isinstance(value, bool | int | float | str)


def _plain_column(column: Any, name: str, labels: Any, met: Objects) -> dict[str, Any]:
    mask = np.ma.getmaskarray(column) if isinstance(column, MaskedArray) else None
    values = [
        None if mask is not None and mask[i] else met.plain(value, labels[i].get(name))
        for i, value in enumerate(np.ma.getdata(column).tolist())
    ]
    written = {"dtype": np.asarray(column).dtype.str, "values": values}
    return written if mask is None else {**written, "mask": mask.tolist()}


class Objects:
    """Converts values to JSON's types; `described` has each object once."""

    def __init__(self) -> None:
        self.described: list[dict[str, Any]] = []
        self._numbers: dict[int, tuple[Any, int]] = {}  # by id, with the object itself

    def plain(self, value: Any, label: str | None = None) -> Any:
        """Return a value in JSON's types; for others, a dict that names the kind."""
        value = plain(value)
        if isinstance(value, float) and not math.isfinite(value):
            return {"float": repr(value)}
        if value is None or isinstance(value, bool | int | float | str):
            return value
        if type(value) in (list, tuple):
            parts = [self.plain(part) for part in value]
            return parts if type(value) is list else {"tuple": parts}
        if isinstance(value, Mapping):
            return {"dict": {str(k): self.plain(v) for k, v in value.items()}}
        if id(value) not in self._numbers:
            self._numbers[id(value)] = (value, self._describe(value))
        number = self._numbers[id(value)][1]
        return {"label": label_of(value) if label is None else label, "object": number}

    def _describe(self, value: Any) -> int:
        """Add the description of an object, for people; return its number."""
        if has_params(value):
            kind = type(value)
            own = {k: self.plain(v) for k, v in value.get_params(deep=False).items()}
            found = {"class": f"{kind.__module__}.{kind.__qualname__}", "params": own}
        else:
            found = {"text": short(value, LONGEST)}
        self.described.append(found)
        return len(self.described) - 1


def read_results(
    text: str, source: str, objects: Mapping[str, Any]
) -> tuple[dict[str, Any], Facts | None, dict[str, Any]]:
    """Return the arguments of :func:`write_results`, read from its JSON.

    `source` is its origin, for messages; `objects` replace labels. ValueError if the
    text was not written by `write_results`.
    """
    try:
        record = json.loads(text)
        version = record["sksearch_results"]
    except (ValueError, KeyError, TypeError) as error:
        msg = f"'{source}' does not hold results of sksearch, as to_json writes them."
        raise ValueError(msg) from error
    if version != FORMAT:
        msg = (
            f"'{source}' has format {version}, this version of sksearch reads {FORMAT}."
        )
        raise ValueError(msg)
    columns = {n: _read_column(c, objects) for n, c in record["columns"].items()}
    params = [
        {name: _read(value, objects) for name, value in own.items()}
        for own in record["params"]
    ]
    facts = record["facts"]
    table = {**columns, "params": params}
    settings = {n: _read(v, {}) for n, v in record["settings"].items()}
    return table, None if facts is None else Facts(**_read(facts, {})), settings


def _read_column(record: Mapping[str, Any], objects: Mapping[str, Any]) -> Any:
    dtype = np.dtype(record["dtype"])
    mask = record.get("mask", [False] * len(record["values"]))
    column = np.empty(len(mask), dtype=dtype)
    for i, value in enumerate(record["values"]):
        if not mask[i]:
            column[i] = _read(value, objects)
    return MaskedArray(column, mask=mask) if "mask" in record else column


def _read(value: Any, objects: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_read(part, objects) for part in value]
    if not isinstance(value, dict):
        return value
    if "label" in value:
        return objects.get(value["label"], value["label"])
    [(kind, inside)] = value.items()
    if kind == "float":
        return float(inside)
    if kind == "tuple":
        return tuple(_read(part, objects) for part in inside)
    return {name: _read(part, objects) for name, part in inside.items()}
