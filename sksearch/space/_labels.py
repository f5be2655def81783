"""Configurations in plain values: what a file or a table of text can hold."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from sksearch.space._categorical import Listed
from sksearch.space._domain import FloatArray
from sksearch.space._space import Space
from sksearch.space._values import label_of, plain, same_value, unique_labels


def labelled(
    space: Space, row: FloatArray, configuration: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a configuration with labels in the place of objects.

    Parameters
    ----------
    space : Space
        Where it comes from.
    row : ndarray of shape (d,)
        Its row.
    configuration : dict of str to object
        Its values.

    Returns
    -------
    labelled : dict of str to object
        Numbers, strings, booleans and None as they are, and lists of these; for all
        else the label of the option, or the name of its class.
    """
    labels = {
        h.name: _label(h.domain, unit)
        for h, unit in zip(space.hyperparameters, row.tolist(), strict=False)
        if isinstance(h.domain, Listed) and not math.isnan(unit)
    }
    return {
        name: _plainly(value, labels.get(name)) for name, value in configuration.items()
    }


def _label(domain: Listed, unit: float) -> str:
    """Return the label of the value at a unit coordinate."""
    labels = getattr(domain, "labels", None)
    if not labels:
        distinct: list[Any] = []
        for value in domain.values:
            if not any(same_value(value, other) for other in distinct):
                distinct.append(value)
        value = domain.from_unit(unit)
        index = next(i for i, other in enumerate(distinct) if same_value(value, other))
        return unique_labels(map(label_of, distinct))[index]
    return str(labels[domain.index(unit)])


def _plainly(value: Any, label: str | None) -> Any:
    value = plain(value)
    if isinstance(value, float) and not math.isfinite(value):
        return repr(value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple):
        return [_plainly(item, None) for item in value]
    return label_of(value) if label is None else label
