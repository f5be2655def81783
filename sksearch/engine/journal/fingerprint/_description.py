"""Descriptions in plain values, by which a run recognises the search of a journal.

Results on disk may be used only if they mean the same today. So a description contains
whatever may change between two runs: values and their types, the contents of data, and
code that is not installed. Settings that change no score are left out.
"""

from __future__ import annotations

import functools
import hashlib
import io
import json
import math
import sys
import types
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from enum import Enum
from typing import Any

import numpy as np
import scipy.stats

from sksearch.engine.journal.fingerprint._code import (
    State,
    is_changed,
    is_known_by_name,
    note_state,
    parts_of_class,
    parts_of_function,
)
from sksearch.engine.journal.fingerprint._digest import digest, holds_data
from sksearch.evaluation import EarlyStopping
from sksearch.exceptions import JournalError
from sksearch.space import Choice, Domain, Option, has_params, keeps_fit

#: Parameters of estimators that change no score.
NEUTRAL = frozenset(
    {
        "memory",
        "n_jobs",
        "nthread",
        "num_threads",
        "pre_dispatch",
        "thread_count",
        "verbose",
        "verbosity",
    }
)
#: Key for the name of a function or class.
NAME = "name"
#: Key for the hash of the code of a function or class.
CODE = "its code"
#: Key for the package of an installed class from outside scikit-learn.
PACKAGE = "its package"
#: Descriptions with more characters are hashed.
LONGEST = 2000
#: Stands for an object inside itself.
INSIDE = "itself"


def describe(value: Any) -> Any:
    """Return a description that identifies a value, as plain data for JSON.

    Estimators are identified by class and parameters, arrays by their contents,
    installed functions and classes by name, those of the user by their code, and all
    other objects by their parts. Raise TypeError if the contents of an object cannot be
    determined.

    Examples
    --------
    >>> from sklearn.linear_model import Ridge
    >>> from sksearch.engine import describe
    >>> describe({"alpha": [1, 2.0], "model": Ridge})
    {'alpha': [1, 2.0], 'model': 'sklearn.linear_model._ridge.Ridge'}
    """
    walk = Walk(State())
    described = walk.tell(value)
    if walk.noted:  # a second pass leaves out what the code changes
        described = Walk(walk.noted).tell(value)
    return described


class Walk:
    """Describes a value and all its parts.

    `state` has the names that code changes while it runs, to be left out, and `noted`
    those that the code met on the walk changes. `n_codes` counts the functions and
    classes of the user met on the walk.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self.noted = State()
        self.n_codes = 0
        self._n_busy = 0
        self._codes: dict[int, str] = {}
        self._alive: list[Any] = []  # ids are unique only while objects live
        self._open: set[int] = set()
        self._n_loose = 0  # depth inside code or unknown objects

    def tell(self, value: Any) -> Any:
        """Return the description of a value."""
        if isinstance(value, np.generic) and value.dtype.kind not in "mMV":
            value = value.item()
        if isinstance(value, float) and not math.isfinite(value):
            return repr(value)
        if value is None or isinstance(value, bool | int | float | str):
            return value
        if isinstance(value, range):
            return {"range": [value.start, value.stop, value.step]}
        if id(value) in self._open:
            return INSIDE
        self._open.add(id(value))
        try:
            return self._tell_object(value)
        finally:
            self._open.discard(id(value))

    def _tell_object(self, value: Any) -> Any:
        for kind, tell in _KINDS:
            if isinstance(value, kind):
                return tell(self, value)
        if holds_data(value):
            return digest(value)
        told = self._tell_callable(value) if callable(value) else None
        return self._tell_parts(value) if told is None else told

    def tell_list(self, value: Sequence[Any]) -> Any:
        """Describe a list or a tuple."""
        items = [self.tell(item) for item in value]
        return items if type(value) is list else {"tuple": items}

    def tell_set(self, value: AbstractSet[Any]) -> Any:
        """Describe a set, whatever the order of its items."""
        return {"set": sorted(map(self.tell, value), key=_text)}

    def tell_mapping(self, value: Mapping[Any, Any]) -> Any:
        """Describe a dict."""
        return {_key(key): self.tell(item) for key, item in value.items()}

    def tell_method(self, value: types.MethodType) -> Any:
        """Describe a method by its function and its object."""
        return {"method": [self.tell(value.__func__), self.tell(value.__self__)]}

    def tell_partial(self, value: functools.partial[Any]) -> Any:
        """Describe a partial."""
        parts = [value.func, value.args, value.keywords]
        return {"partial": [self.tell(part) for part in parts]}

    def tell_builtin(self, value: types.BuiltinMethodType) -> Any:
        """Describe a function, or a method, that is written in C."""
        owner = value.__self__
        if owner is None or isinstance(owner, types.ModuleType | type):
            return _name(value)
        return {"method": [value.__qualname__, self.tell(owner)]}

    def tell_code(self, value: types.FunctionType | type) -> Any:
        """Describe a function or a class."""
        if is_known_by_name(value):
            return _name(value)
        return {NAME: _name(value), CODE: self.code(value)}

    def _tell_callable(self, value: Any) -> Any:
        """Describe a wrapper of a function; None for other callables."""
        for inner in ("__wrapped__", "py_func", "pyfunc"):
            if hasattr(value, inner):  # a cache, a compiled function, np.vectorize
                kind = type(value).__qualname__
                return {kind: self.tell(getattr(value, inner))}
        named = hasattr(value, "__qualname__") and is_known_by_name(value)
        return _name(value) if named else None

    def code(self, value: Any) -> str:
        """Return a hash of the code of a function or class."""
        self.n_codes += 1
        if id(value) not in self._codes:
            self._alive.append(value)
            self._codes[id(value)] = INSIDE
            self._n_loose += 1
            if isinstance(value, type):
                parts = parts_of_class(value, self.tell, self._state)
            else:
                note_state(value.__code__, self.noted)
                parts = parts_of_function(value, self.tell, self._state)
            self._n_loose -= 1
            self._codes[id(value)] = _sum(parts)
        version = ".".join(map(str, sys.version_info[:2]))
        return f"{self._codes[id(value)]} of Python {version}"

    def _tell_parts(self, value: Any) -> Any:
        kind = type(value)
        known = _parts(value)
        if known is None:
            return self._tell_unknown(value)
        described = {kind.__qualname__: self.tell(known)}
        if not is_known_by_name(kind):
            described[CODE] = self.code(kind)
        else:
            package = kind.__module__.partition(".")[0]
            if package not in ("sksearch", "sklearn", "scipy"):
                described[PACKAGE] = package
        described.update(self._besides(value))
        return described

    def _besides(self, value: Any) -> dict[str, Any]:
        """Describe what identifies an object besides its parameters."""
        own = getattr(value, "__dict__", {})
        found = {}
        if "_metadata_request" in own:
            found["its requests"] = str(own["_metadata_request"])
        if own.get("_sklearn_output_config"):
            found["its output"] = self.tell(own["_sklearn_output_config"])
        if has_params(value) and keeps_fit(value):
            with suppress(Exception):  # then its parameters have to do
                found["its fit"] = digest(value)
        dist = own.get("dist")
        if dist is not None and not has_params(value):
            usual = getattr(scipy.stats, str(getattr(dist, "name", None)), None)
            if type(usual) is not type(dist):
                found["its distribution"] = self.tell(dist)
        return found

    def _tell_unknown(self, value: Any) -> Any:
        """Describe an object by the parts from which pickle would rebuild it."""
        kind = type(value)
        if self._n_loose and _is_busy(value):
            self._n_busy += 1
            return kind.__qualname__
        of_user = not is_known_by_name(kind)
        told_apart = self.n_codes, self._n_busy
        self._n_loose += 1
        try:
            parts = self._made_of(value, of_user=of_user)
        finally:
            self._n_loose -= 1
        if len(_text(parts)) > LONGEST:
            parts = _sum(parts)
        if of_user:
            return {kind.__qualname__: parts, CODE: self.code(kind)}
        if (self.n_codes, self._n_busy) == told_apart:
            # It contains nothing of the user's, so the hash of its pickle suffices.
            with suppress(Exception):
                return digest(value)
        return {kind.__qualname__: parts}

    def _made_of(self, value: Any, *, of_user: bool) -> Any:
        try:
            if isinstance(value, Enum):
                return [value.name, self.tell(value.value)]
            made = value.__reduce_ex__(4)
            if isinstance(made, str):
                return made
            _, args, *more = made
        except Exception as error:
            if self._n_loose > 1:
                return "unknown"
            msg = f"The contents of {value!r} cannot be determined: {error}."
            raise TypeError(msg) from error
        state, items, pairs = [*more, None, None, None][:3]
        return [
            [self.tell(arg) for arg in args if not isinstance(arg, type)],
            self._tell_state(value, state) if of_user else self.tell(state),
            None if items is None else [self.tell(item) for item in items],
            None if pairs is None else self.tell(dict(pairs)),
        ]

    def _tell_state(self, value: Any, state: Any) -> Any:
        """Describe the attributes of an object of a user's class."""
        parts = state if isinstance(state, tuple) else (state,)
        if not all(part is None or isinstance(part, dict) for part in parts):
            return self.tell(state)
        return {
            name: self.tell(attribute)
            for part in parts
            for name, attribute in sorted((part or {}).items())
            if _is_part(value, name)
            and not is_changed(attribute, name, self._state.attributes)
        }


#: How objects of Python's own kinds are described; the first match counts.
_KINDS: list[tuple[Any, Callable[[Walk, Any], Any]]] = [
    (list | tuple, Walk.tell_list),
    (set | frozenset, Walk.tell_set),
    (Mapping, Walk.tell_mapping),
    (types.ModuleType, lambda _, module: module.__name__),
    (types.MethodType, Walk.tell_method),
    (functools.partial, Walk.tell_partial),
    (types.BuiltinMethodType, Walk.tell_builtin),
    (types.FunctionType | type, Walk.tell_code),
]


def _parts(value: Any) -> Any:
    """Return the parts of an object of a known kind, None for other kinds."""
    if isinstance(value, Choice):
        return dict(zip(value.labels, value.options, strict=True))
    if isinstance(value, Option):
        return [value.value, value.sub_space]
    if isinstance(value, Domain | EarlyStopping):
        own = vars(value).items()
        return {k: v for k, v in own if not k.startswith("_") and _is_part(value, k)}
    if has_params(value):
        params = value.get_params(deep=False)
        return {k: v for k, v in params.items() if k not in NEUTRAL}
    if hasattr(value, "dist") and hasattr(value, "kwds"):  # a frozen distribution
        return [value.dist.name, list(value.args), value.kwds]
    return None


def _is_part(value: Any, name: str) -> bool:
    """Tell whether an attribute is more than a cache, which may be filled or not."""
    return not isinstance(getattr(type(value), name, None), functools.cached_property)


def _is_busy(value: Any) -> bool:
    """Tell whether an object advances with each use, so that no two runs agree."""
    random = np.random.RandomState | np.random.Generator | np.random.BitGenerator
    return isinstance(value, io.IOBase | random) or hasattr(value, "__next__")


def _name(value: Any) -> str:
    return f"{value.__module__}.{value.__qualname__}"


def _key(key: Any) -> str:
    """Return a key as JSON has it; a string that looks like a number is quoted."""
    if isinstance(key, str):
        looks = key in ("None", "True", "False") or _is_number(key)
        return repr(key) if looks else key
    return str(key)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _text(described: Any) -> str:
    return json.dumps(described, sort_keys=True)


def _sum(described: Any) -> str:
    return hashlib.sha256(_text(described).encode()).hexdigest()[:16]


def described(name: str, value: Any, by: Callable[[Any], Any] = describe) -> Any:
    """Describe a parameter of a search for its journal; a JournalError names it."""
    try:
        return by(value)
    except RecursionError:
        raise
    except Exception as error:
        msg = (
            f"{name} cannot be compared with that of another run, which `storage` "
            f"requires: {error} Search without `storage`, or build it from plain "
            "values, functions, and classes with parameters."
        )
        raise JournalError(msg) from error
