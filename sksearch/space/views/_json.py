"""Spaces as JSON. Reading runs no code: objects are written as labels.

The caller of `from_json` passes the estimators, functions and other objects by label.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import scipy.stats

from sksearch.exceptions import SpaceError
from sksearch.space._categorical import Categorical
from sksearch.space._choice import Choice, Option
from sksearch.space._numeric import Float, Int
from sksearch.space.foreign import read_range
from sksearch.space.reading import native_space, native_values
from sksearch.space.values import (
    did_you_mean,
    is_frozen,
    label_of,
    plain,
    same_value,
    short,
    unique_labels,
)


def to_json(space: Any) -> str:
    """Write a space, or any part of one, as JSON.

    Parameters
    ----------
    space : dict, list, Choice, Option, Int, Float, Categorical or frozen distribution
        The space, as users write it.

    Returns
    -------
    text : str
        JSON, on one line.

    Raises
    ------
    SpaceError
        If a range of another library in it cannot be read.

    See Also
    --------
    from_json : Read it again.

    Examples
    --------
    >>> from sksearch import Float, from_json, to_json
    >>> to_json({"C": Float(0.1, 10.0, log=True)})
    '{"C": {"Float": [0.1, 10.0, true, null]}}'
    >>> from_json(to_json({"C": Float(0.1, 10.0, log=True)}))
    {'C': Float(0.1, 10.0, log=True)}
    """
    return json.dumps(_encode(native_space(space)), allow_nan=False, default=_Labels())


def from_json(text: str, objects: Mapping[str, Any] | None = None) -> Any:
    """Read a space from the JSON text of `to_json`.

    Parameters
    ----------
    text : str
        JSON, as written by `to_json`.
    objects : dict of str to object, default=None
        The objects of the labels: ``{"SVC": SVC()}``. Labels are the names of classes
        and functions; different objects of one name are numbered: ``SVC``, ``SVC-2``.

    Returns
    -------
    space : object
        An object equal to the one written.

    Raises
    ------
    SpaceError
        If the text is not a space, or a label is not among `objects`.

    See Also
    --------
    to_json : Write a space.

    Examples
    --------
    >>> from sklearn.svm import SVC
    >>> from sksearch import Choice, from_json, to_json
    >>> text = to_json({"clf": Choice([SVC(), None])})
    >>> from_json(text, {"SVC": SVC()})
    {'clf': Choice([SVC(), None])}
    """
    try:
        return _decode(json.loads(text), objects or {})
    except SpaceError:
        raise
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        msg = f"This is not a space in JSON: {short(text)} ({error})."
        raise SpaceError(msg) from error


class _Labels:
    """Labels for objects that JSON cannot hold; equal objects share one."""

    def __init__(self) -> None:
        self._known: list[Any] = []

    def __call__(self, value: Any) -> str:
        same = [i for i, other in enumerate(self._known) if same_value(value, other)]
        if not same:
            same = [len(self._known)]
            self._known.append(value)
        return unique_labels(map(label_of, self._known))[same[0]]


def _encode(value: Any) -> Any:
    """Return a value for JSON: plain data, or ``{kind: body}``."""
    value = native_values(plain(value))
    if value is None or isinstance(value, bool | int | str):
        return value
    foreign = read_range(value)
    if foreign is not None:
        return _encode(foreign)
    if isinstance(value, list):
        return [_encode(item) for item in value]
    if isinstance(value, Mapping):
        return _encode_mapping(value)
    for kind, body_of in _ENCODERS:
        if isinstance(value, kind):
            return body_of(value)
    return _encode_object(value)


def _encode_mapping(value: Mapping[Any, Any]) -> Any:
    # JSON has no other keys than strings, and class weights are {0: 1, 1: 5}.
    if not all(isinstance(key, str) for key in value):
        return {"dict": [[_encode(key), _encode(v)] for key, v in value.items()]}
    encoded = {str(key): _encode(item) for key, item in value.items()}
    # Wrap a user's dict that looks like one of our records.
    looks_like_ours = len(encoded) == 1 and set(encoded) <= set(_DECODERS)
    return {"dict": encoded} if looks_like_ours else encoded


def _encode_object(value: Any) -> Any:
    # Another one by a name of scipy's would be read as scipy's.
    if is_frozen(value) and _is_by_name(value.dist):
        parts = [value.dist.name, _encode(list(value.args)), _encode(value.kwds)]
        return {"scipy": parts}
    if isinstance(value, np.ndarray):
        return _encode(value.tolist())
    return {"object": value}  # json calls `_Labels` for the text


def _is_by_name(distribution: Any) -> bool:
    """Tell whether scipy has a distribution by its name."""
    return type(getattr(scipy.stats, distribution.name, None)) is type(distribution)


def _encode_float(value: float) -> Any:
    return value if math.isfinite(value) else {"float": repr(value)}


def _encode_number(value: Float | Int) -> Any:
    name = type(value).__name__
    return {name: [value.low, value.high, bool(value.log), value.step]}


def _encode_choice(value: Choice) -> Any:
    options = [_encode(o if o.sub_space else o.value) for o in value.options]
    return {"Choice": [list(value.labels) if value.named else None, options]}


def _encode_option(value: Option) -> Any:
    sub_space = {name: _encode(values) for name, values in value.sub_space.items()}
    return {"Option": [_encode(value.value), sub_space]}


_ENCODERS: list[tuple[type, Callable[[Any], Any]]] = [
    (float, _encode_float),
    (Float, _encode_number),
    (Int, _encode_number),
    (Categorical, lambda c: {"Categorical": [_encode(list(c.values)), c.ordered]}),
    (Choice, _encode_choice),
    (Option, _encode_option),
    (range, lambda r: {"range": [r.start, r.stop, r.step]}),
    (tuple, lambda t: {"tuple": _encode(list(t))}),
]


def _decode(data: Any, objects: Mapping[str, Any]) -> Any:
    if isinstance(data, list):
        return [_decode(item, objects) for item in data]
    if isinstance(data, dict):
        if len(data) == 1:
            (kind, body), *_ = data.items()
            if kind in _DECODERS:
                return _DECODERS[kind](body, objects)
        return {key: _decode(item, objects) for key, item in data.items()}
    return data


def _decode_choice(body: Any, objects: Mapping[str, Any]) -> Choice:
    labels, options = body[0], [_decode(option, objects) for option in body[1]]
    return Choice(
        options if labels is None else dict(zip(labels, options, strict=True))
    )


def _decode_mapping(body: Any, objects: Mapping[str, Any]) -> dict[Any, Any]:
    pairs = body.items() if isinstance(body, dict) else body
    return {_decode(k, objects): _decode(v, objects) for k, v in pairs}


def _decode_scipy(body: Any, objects: Mapping[str, Any]) -> Any:
    name, args, kwds = body
    distribution = getattr(scipy.stats, name, None)
    if not isinstance(
        distribution, scipy.stats.rv_continuous | scipy.stats.rv_discrete
    ):
        msg = f"scipy.stats has no distribution {name!r}."
        raise SpaceError(msg)
    return distribution(*_decode(args, objects), **_decode(kwds, objects))


def _decode_object(label: str, objects: Mapping[str, Any]) -> Any:
    if label not in objects:
        msg = f"The space has an object {label!r}, which is not in `objects`."
        raise SpaceError(msg + did_you_mean(label, objects))
    return objects[label]


_DECODERS: dict[str, Any] = {
    "float": lambda body, _: float(body),
    "Float": lambda body, _: Float(*body),
    "Int": lambda body, _: Int(*body),
    "Categorical": lambda body, objects: Categorical(
        _decode(body[0], objects), ordered=body[1]
    ),
    "Choice": _decode_choice,
    "Option": lambda body, objects: Option(
        _decode(body[0], objects),
        **_decode_mapping(body[1], objects),
    ),
    "scipy": _decode_scipy,
    "dict": _decode_mapping,
    "range": lambda body, _: range(*body),
    "tuple": lambda body, objects: tuple(_decode(item, objects) for item in body),
    "object": _decode_object,
}
