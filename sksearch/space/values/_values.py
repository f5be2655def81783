"""Users' values: plain form, comparison, labels, near names.

``set_params`` takes anything: numbers, strings, tuples, arrays, estimators. So values
are never hashed, sorted or compared with a bare ``==``.
"""

from __future__ import annotations

import difflib
import math
import pickle
from collections.abc import Iterable, Mapping
from numbers import Real
from types import FunctionType
from typing import Any

import numpy as np

#: numpy's scalars that become Python values without any loss.
_PLAIN = (np.bool_, np.integer, np.floating, np.str_)
#: Subclasses of these that would lose something: durations their unit, long doubles
#: their last digits.
_NOT_PLAIN = (np.timedelta64, np.longdouble)


def plain(value: Any) -> Any:
    """Return numpy's numbers, booleans and strings as Python's, others unchanged."""
    if isinstance(value, _PLAIN) and not isinstance(value, _NOT_PLAIN):
        return value.item()
    return value


def is_number(value: Any) -> bool:
    """Tell whether `value` is a finite real number; booleans are not."""
    if isinstance(value, bool | np.timedelta64) or not isinstance(value, Real):
        return False
    return isinstance(value, int) or math.isfinite(value)


def has_params(value: Any) -> bool:
    """Tell whether `value` has parameters of its own, like an estimator."""
    methods = "get_params", "set_params"
    return all(hasattr(value, m) for m in methods) and not isinstance(value, type)


def keeps_fit(value: Any) -> bool:
    """Tell whether a clone of an estimator stays fitted: a ``FrozenEstimator``'s does.

    Its parameters do not tell it from one that was fitted to other data.
    """
    kinds = type(value).__mro__
    owner = next((kind for kind in kinds if "__sklearn_clone__" in vars(kind)), None)
    if owner is None or owner.__module__.startswith("sksearch."):
        return False
    return owner.__module__ != "sklearn.base"


def same_value(a: Any, b: Any) -> bool:
    """Tell whether two values are the same setting.

    Estimators are the same if their types and parameters are; numbers if they are
    equal, but a boolean is no number; arrays if all their entries are.
    """
    if a is b:
        return True
    if type(a) is type(b) and isinstance(a, str | bytes | bool):
        return bool(a == b)
    if all(map(_is_real, (a, b))):
        return bool(a == b) or bool(a != a and b != b)  # noqa: PLR0124 - not a number
    return type(a) is type(b) and _same_of_type(a, b)


def plain_key(value: Any) -> tuple[str, Any] | None:
    """Return a key that the same plain values share; None for a value of other types.

    It finds a value in a long list at once, where `same_value` would read the list.

    >>> from sksearch.space.values import plain_key
    >>> plain_key(1) == plain_key(1.0) != plain_key(True)
    True
    """
    kind = type(value)
    if kind is int or kind is float:
        return ("number", "nan" if value != value else value)  # noqa: PLR0124
    return (kind.__name__, value) if kind in (str, bytes, bool) else None


def _is_real(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool | np.timedelta64)


def _same_of_type(a: Any, b: Any) -> bool:
    """Compare two values of the same type that are not numbers."""
    if has_params(a):
        same = same_value(a.get_params(deep=False), b.get_params(deep=False))
        return same and (not keeps_fit(a) or _same_state(a, b))
    if isinstance(a, Mapping):
        return a.keys() == b.keys() and all(same_value(a[k], b[k]) for k in a)
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(same_value, a, b))
    if is_frozen(a):
        same_kind = type(a.dist) is type(b.dist)
        if not (same_kind and same_value((a.args, a.kwds), (b.args, b.kwds))):
            return False
        return a.dist is b.dist or same_value(_data_of(a.dist), _data_of(b.dist))
    return _is_equal(a, b)


def _data_of(distribution: Any) -> dict[str, Any]:
    """Return what makes a distribution of scipy, besides its class and arguments.

    Histograms, listed values and distributions of a user's class have it. The methods
    that scipy keeps on each object are left out, as each object has its own.
    """
    own = (FunctionType, np.ndarray, np.generic, list, tuple, dict, str, int, float)
    return {k: v for k, v in vars(distribution).items() if isinstance(v, own)}


def _same_state(a: Any, b: Any) -> bool:
    """Compare fitted estimators; those that cannot be pickled are different ones."""
    try:
        return pickle.dumps(a) == pickle.dumps(b)
    except Exception:  # noqa: BLE001 - such as a lock, or a class of the script
        return False


def _is_equal(a: Any, b: Any) -> bool:
    """Compare two values of the same type by their own ``==``."""
    if isinstance(a, np.generic) and a.dtype != b.dtype:
        return False
    if isinstance(a, np.generic) and not a.dtype.hasobject:
        return bool(a.tobytes() == b.tobytes())  # so that one NaT equals another
    try:
        if hasattr(a, "tocsr"):  # sparse: an == of these is slow, and scipy warns of it
            alike = a.shape == b.shape and a.dtype == b.dtype
            return bool(alike and (a != b).nnz == 0)
        return np.shape(a) == np.shape(b) and bool(np.all(a == b))
    except Exception:  # noqa: BLE001 - a value whose == fails is a different one
        return False


def is_frozen(value: Any) -> bool:
    """Tell whether `value` is a frozen distribution of scipy.stats."""
    return hasattr(value, "dist") and hasattr(value, "kwds") and hasattr(value, "rvs")


def evaluable(value: Any) -> str:
    """Return a text that evaluates to `value`, also for scipy's distributions."""
    if is_frozen(value):
        words = [evaluable(plain(arg)) for arg in value.args]
        words += [f"{key}={evaluable(plain(arg))}" for key, arg in value.kwds.items()]
        return f"{value.dist.name}({', '.join(words)})"
    if type(value) is list:
        return f"[{', '.join(map(evaluable, value))}]"
    if type(value) is dict:
        items = (f"{evaluable(key)}: {evaluable(v)}" for key, v in value.items())
        return f"{{{', '.join(items)}}}"
    return repr(value)


def short(value: Any, width: int = 60) -> str:
    """Return the text of `value` on one line, cut to `width` characters."""
    text = " ".join(evaluable(value).split())
    return text if len(text) <= width else text[: width - 3] + "..."


def plural(n: int, noun: str) -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> from sksearch.space import plural
    >>> plural(1, "fold"), plural(3, "fold")
    ('1 fold', '3 folds')
    """
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def label_of(value: Any) -> str:
    """Return the label of a value, unless the user gives one."""
    if isinstance(value, str):
        return value
    if has_params(value) or callable(value):
        return getattr(value, "__name__", type(value).__name__)
    if repr(value) == object.__repr__(value):  # the address differs between runs
        return type(value).__name__
    if isinstance(value, set | frozenset):  # so does the order of strings
        return f"{{{short(sorted(value, key=repr), 30)[1:-1]}}}"
    return short(value, 30)


def unique_labels(labels: Iterable[str]) -> list[str]:
    """Return labels, with repeated ones numbered: ``SVC``, ``SVC-2``."""
    given = list(labels)
    taken, out = set(given), dict[str, None]()
    for label in given:
        numbered = (f"{label}-{n}" for n in range(2, len(given) + 2))
        new = next(n for n in numbered if n not in taken) if label in out else label
        taken.add(new)
        out[new] = None
    return list(out)


def did_you_mean(name: object, valid: Iterable[str], prefix: str = "") -> str:
    """Return `` Did you mean 'a' or 'b'?`` for the nearest valid names, or nothing.

    What all of them share, the prefix, says nothing about which are near. A name that
    differs in its capitals alone is the one that was meant.
    """
    if not isinstance(name, str):
        return ""
    valid = sorted(set(valid))
    rests = {v.removeprefix(prefix): v for v in valid}
    rest = name.removeprefix(prefix)
    alike = [v for own, v in rests.items() if own.lower() == rest.lower()]
    close = difflib.get_close_matches(rest, rests, n=3, cutoff=0.6)
    near = alike or [rests[found] for found in close]
    tail = name.rpartition("__")[2]
    # 'C' for 'clf__C': the most common mistake is a missing or wrong prefix.
    near += [v for v in valid if v not in near and v.rpartition("__")[2] == tail][:3]
    if not near:
        return ""
    return f" Did you mean {' or '.join(map(repr, near[:3]))}?"


def check_one_of(what: str, name: object, known: Iterable[str]) -> str:
    """Return a name, or raise ValueError with the nearest valid names."""
    known = list(known)
    if isinstance(name, str) and name in known:
        return name
    shown = ", ".join(map(repr, known[:12])) + (", ..." if len(known) > 12 else "")
    msg = (
        f"{what} must be one of {shown}, got {short(name)}.{did_you_mean(name, known)}"
    )
    raise ValueError(msg)
