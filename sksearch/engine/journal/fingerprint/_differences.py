"""Differences between two descriptions of a search, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from sksearch.engine.journal.fingerprint._description import (
    CODE,
    NAME,
    NEUTRAL,
    PACKAGE,
)

#: A path in a description, with the values before and now.
Place: TypeAlias = tuple[list[str], Any, Any]
#: Keys that descriptions add, unknown to the user.
OURS = ("tuple", "partial", "method", "set", "range")
#: Caches of a list of values, which journals have had if they were filled.
CACHES = frozenset({"numbers", "value_labels"})
#: Number of characters of a value that are shown.
WIDTH = 60


def differences(
    before: Mapping[str, Any], now: Mapping[str, Any], *, old: bool = False
) -> list[str]:
    """Say where two fingerprints differ: names, places, and the values before and now.

    `old` says that an old version wrote the journal, whose fingerprints contain less.
    """
    if old:
        before = {k: _less(value) for k, value in before.items() if k != "window"}
        now = {name: _as_before(_less(value)) for name, value in now.items()}
    ordered = {"scoring"} if now.get("driven by") is None else set()
    found = []
    for name in dict.fromkeys([*before, *now]):
        pair = before.get(name), now.get(name)
        place = next(_places(*pair, [name]), None)
        if place is not None:
            found.append(_in_words(*place))
        elif name in ordered and _text(pair[0]) != _text(pair[1]):
            names = (" and ".join(map(str, side or ())) for side in pair)
            found.append("{} (was {}, is {})".format(name, *names))
    return found


def _text(value: Any) -> str:
    return json.dumps(value)


def _places(before: Any, now: Any, path: list[str]) -> Iterator[Place]:
    """Yield the places where two descriptions differ."""
    if isinstance(before, dict) and isinstance(now, dict):
        yield from _places_in_dicts(before, now, path)
    elif isinstance(before, list) and isinstance(now, list):
        for i, (one, other) in enumerate(zip(before, now, strict=False)):
            yield from _places(one, other, [*path, str(i)])
        if len(before) != len(now):
            yield path, before, now
    elif _text(before) != _text(now):
        yield path, before, now


def _places_in_dicts(
    before: dict[str, Any], now: dict[str, Any], path: list[str]
) -> Iterator[Place]:
    if before.keys() != now.keys() and not before.keys() & now.keys():
        yield path, before, now
        return
    if path[-1] == "Categorical":
        before = {k: v for k, v in before.items() if k not in CACHES - now.keys()}
    for key in dict.fromkeys([*before, *now]):
        inner = [*path, key]
        if key == CODE:
            owner = now.get(NAME, next(iter(now)))
            inner = [*path, f"the code of {owner}"]
        if key in before and key in now:
            yield from _places(before[key], now[key], inner)
        else:
            yield inner, before.get(key, "nothing"), now.get(key, "nothing")


def _in_words(path: list[str], before: Any, now: Any) -> str:
    name, *inner = path
    # Users do not know our keys, such as "tuple".
    where = ", ".join(part for part in inner if part not in OURS)
    was, is_ = _cut(_shown(before), _shown(now))
    return f"{name}{f' at {where}' if where else ''} (was {was}, is {is_})"


def _shown(value: Any) -> str:
    return " ".join(repr(value).split())


def _cut(one: str, other: str) -> tuple[str, str]:
    """Cut two texts so that both show the difference."""
    n_same = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    skipped = max(0, n_same - WIDTH // 3) if max(len(one), len(other)) > WIDTH else 0

    def part(text: str) -> str:
        shown = text[skipped : skipped + WIDTH]
        tail = "..." if len(text) > skipped + WIDTH else ""
        return f"{'...' if skipped else ''}{shown}{tail}"

    return part(one), part(other)


def _less(value: Any) -> Any:
    """Return a description without the parameters that change no score."""
    if isinstance(value, dict):
        return {k: _less(v) for k, v in value.items() if k not in NEUTRAL}
    return [_less(item) for item in value] if isinstance(value, list) else value


def _as_before(value: Any) -> Any:
    """Return a description in the form of the first journals."""
    if isinstance(value, list):
        return [_as_before(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"tuple"}:
        return _as_before(value["tuple"])
    if value.keys() == {"range"}:
        return list(range(*value["range"]))
    return {k: _as_before(v) for k, v in value.items() if k != PACKAGE}
