"""Errors for wrong arguments of `Float`, `Int` and the like, with the line to write."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, TypeAlias, TypeVar

from sksearch.exceptions import SpaceTypeError
from sksearch.space.values._values import did_you_mean, evaluable, is_number, short

T = TypeVar("T")
#: ``check(args, words)`` raises for wrong arguments of a class.
Check: TypeAlias = Callable[[Sequence[Any], Mapping[str, Any]], None]
#: Names of other libraries for the parameters of a range, or of a list.
RANGE_WORDS = {
    **dict.fromkeys(
        ("lower", "lo", "start", "min", "min_value", "minimum", "a"), "low"
    ),
    **dict.fromkeys(
        ("upper", "hi", "stop", "max", "max_value", "maximum", "b"), "high"
    ),
    **dict.fromkeys(("q", "quantization", "step_size"), "step"),
}
LIST_WORDS = dict.fromkeys(("categories", "choices", "options", "sequence"), "values")
#: Words that say whether the scale is logarithmic.
SCALES = ("prior", "sampling", "distribution", "scale", "log_scale")


def answers(check: Check) -> Callable[[type[T]], type[T]]:
    """Return a decorator that checks the arguments of a class first.

    It keeps the signature, for help pages and type checkers.
    """

    def decorated(kind: type[T]) -> type[T]:
        own: Any = kind  # a method is replaced
        made = own.__init__

        @wraps(made)
        def init(self: T, /, *args: Any, **words: Any) -> None:
            check(args, words)
            made(self, *args, **words)

        own.__init__ = init
        return kind

    return decorated


def check_range(name: str, args: Sequence[Any], words: Mapping[str, Any]) -> None:
    """Raise SpaceTypeError for a range with the arguments of other libraries."""
    own = ("low", "high", "log", "step")
    if len(args) == 1 and _is_pair(args[0]) and not words.keys() & {"low", "high"}:
        line = _line(name, args[0], words, own)
        msg = f"{name} takes two bounds, got {short(args[0])}. Write {line}."
        raise SpaceTypeError(msg)
    unknown = [word for word in words if word not in own]
    if not unknown and len(args) + len(words.keys() & {"low", "high"}) < 2:
        given = ", ".join([*map(short, args), *words]) or "none"
        msg = f"{name} takes two bounds, got {given}. Write {name}(1, 10), for example."
        raise SpaceTypeError(msg)
    if not unknown:
        return
    word = next((w for w in unknown if w in SCALES), unknown[0])
    line = _line(name, args, words, own, RANGE_WORDS)
    why = ""
    if word in SCALES:
        why = (
            " Numbers are uniform between the bounds, with log=True on a logarithmic "
            "scale."
        )
    msg = (
        f"{name} has no {word}, got {word}={words[word]!r}.{why}"
        f"{did_you_mean(word, own) if word not in RANGE_WORDS else ''} Write {line}."
    )
    raise SpaceTypeError(msg)


def check_list(args: Sequence[Any], words: Mapping[str, Any]) -> None:
    """Raise SpaceTypeError for a list with the arguments of other libraries."""
    own = ("values", "ordered")
    unknown = [word for word in words if word not in own]
    if unknown:
        word = unknown[0]
        odds = word in ("prior", "weights", "p", "probabilities")
        twice = " To make a value twice as likely, list it twice." * odds
        msg = (
            f"Categorical has no {word}, got {word}={short(words[word])}.{twice} Write "
            f"{_line('Categorical', args, words, own, LIST_WORDS)}."
        )
        raise SpaceTypeError(msg)
    if len(args) > 1 and not isinstance(args[1], bool):
        msg = f"Categorical takes one list, got {short(args)}. Write "
        raise SpaceTypeError(f"{msg}Categorical({short([*args], 160)}).")


def line_for_dict(values: Mapping[Any, Any]) -> str:
    """Return the line to write for a dict of bounds, a sub-space, or a dict as a value.

    >>> from sksearch.space.values import line_for_dict
    >>> line_for_dict({"min": 1, "max": 9}), line_for_dict({"a": 1})
    ('Int(1, 9)', "[{'a': 1}]")
    """
    named: dict[Any, Any] = {
        RANGE_WORDS.get(str(key).lower(), key): v for key, v in values.items()
    }
    if {"low", "high"} <= named.keys() and all(map(is_number, named.values())):
        bounds = [named["low"], named["high"]]
        kind = "Int" if all(isinstance(bound, int) for bound in bounds) else "Float"
        step = f", step={named['step']!r}" if "step" in named else ""
        return f"{kind}({bounds[0]!r}, {bounds[1]!r}{step})"
    if values and all(str(k).isidentifier() and is_spec(v) for k, v in values.items()):
        words = ", ".join(f"{key}={short(v)}" for key, v in values.items())
        return f"Choice([Option(value, {words}), ...]) for a space below a value"
    return f"[{short(values, 160)}]"


def is_spec(value: Any) -> bool:
    """Tell whether a value looks like the values of a hyperparameter."""
    return isinstance(value, list | tuple) or hasattr(value, "rvs")


def _line(
    name: str,
    args: Sequence[Any],
    words: Mapping[str, Any],
    own: Sequence[str],
    known: Mapping[str, str] | None = None,
) -> str:
    """Return the call that was probably meant."""
    given = [*map(evaluable, args)]
    for word, value in words.items():
        meant = word if word in own else (known or {}).get(word)
        if meant is not None and not (word != meant and meant in words):
            given.append(f"{meant}={evaluable(value)}")
    scales = [value for word, value in words.items() if word in SCALES]
    if "log" in own and "log" not in words and any(map(_is_log, scales)):
        given.append("log=True")
    return f"{name}({', '.join(given)})"


def _is_log(value: Any) -> bool:
    return value is True or (isinstance(value, str) and "log" in value)


def _is_pair(value: Any) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) == 2
        and all(map(is_number, value))
    )
