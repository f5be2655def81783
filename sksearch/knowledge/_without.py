"""without: a space minus one name, which the search sets itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sksearch.space import Choice, Option, has_params


def without(space: Mapping[str, Any], name: str, above: str = "") -> dict[str, Any]:
    """Return a space, with names relative to `above`, without one full name."""
    prefix = f"{above}__" if above else ""
    kept = {}
    for key, values in space.items():
        full = prefix + key
        if full == name:
            continue
        if isinstance(values, Choice):
            options = {}
            for label, option in zip(values.labels, values.options, strict=True):
                below = full if has_params(option.value) else full.rpartition("__")[0]
                sub_space = without(option.sub_space, name, below)
                options[label] = Option(option.value, **sub_space)
            made = Choice(options if values.named else list(options.values()))
            kept[key] = values if made == values else made
        else:
            kept[key] = values
    return kept
