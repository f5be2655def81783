"""Settings: the settings of the estimators of a configuration, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sksearch.space.values import has_params

#: Stands for a missing setting.
UNSET: Any = object()


class Settings:
    """The settings of an estimator, some of them replaced by a configuration.

    The estimator stays unchanged.
    """

    def __init__(self, estimator: Any) -> None:
        self._base = estimator
        self._put: dict[str, Any] = {}
        # By the object's id: reading all parameters of a pipeline takes long.
        self._read: dict[int, tuple[Any, dict[str, Any]]] = {}
        self._recalled: dict[tuple[int, ...], Any] = {}

    def copy(self) -> Settings:
        """Return an independent copy."""
        own = Settings(self._base)
        own._put, own._read = dict(self._put), self._read
        own._recalled = self._recalled
        return own

    def put(self, name: str, value: Any) -> None:
        """Replace a setting, ``clf__C`` or ``clf``."""
        self._put[name] = value

    def owner(self, name: str) -> tuple[Any, str]:
        """Return the estimator of a parameter, or None, and its name there."""
        path, _, parameter = name.rpartition("__")
        owner = self.value(path) if path else self._base
        return (owner if has_params(owner) else None), parameter

    def value(self, name: str) -> Any:
        """Return a setting, `UNSET` if there is none with this name."""
        return self._put[name] if name in self._put else self.own(name)

    def of(self, estimator: Any) -> dict[str, Any]:
        """Return the settings of one of the contained estimators."""
        path = self._path(estimator)
        found = dict(self._parameters(estimator))
        for name, value in self._put.items():
            if path is not None and name.startswith(path):
                found[name.removeprefix(path)] = value
        return found

    def _path(self, estimator: Any) -> str | None:
        """Return the prefix of an estimator's parameters; None if it is not inside."""
        if estimator is self._base:
            return ""
        for name, value in self._put.items():
            if value is estimator:
                return f"{name}__"
            for below, inner in self._parameters(value).items():
                if inner is estimator:
                    return f"{name}__{below}__"
        for name, value in self._parameters(self._base).items():
            if value is estimator:
                return f"{name}__"
        return None

    def own(self, name: str) -> Any:
        """Return a setting that the configuration does not name.

        ``clf__C`` is read from the ``clf`` of the configuration, if it has one.
        """
        prefix, rest = name, ""
        while prefix:
            prefix, _, head = prefix.rpartition("__")
            rest = f"{head}__{rest}" if rest else head
            if prefix in self._put:
                return self._parameters(self._put[prefix]).get(rest, UNSET)
        return self._parameters(self._base).get(name, UNSET)

    def estimators(self) -> Iterator[Any]:
        """Yield all contained estimators, the outermost first."""
        yield self._base
        inside = self.recall(_estimators_in, self._base)
        for name in inside:
            value = self.value(name)
            if has_params(value):
                yield value
        for name, value in self._put.items():
            if not has_params(value):
                continue
            if name not in inside:
                yield value
            for below in self.recall(_estimators_in, value):
                inner = self.value(f"{name}__{below}")
                if has_params(inner):
                    yield inner

    def recall(self, function: Callable[..., Any], *objects: Any) -> Any:
        """Return the result of a function of objects, computed only once."""
        key = (id(function), *map(id, objects))
        if key not in self._recalled:
            # Keep the objects, so that no other object gets their ids.
            self._recalled[key] = (function(*objects), objects)
        return self._recalled[key][0]

    def _parameters(self, holder: Any) -> dict[str, Any]:
        if not has_params(holder):
            return {}
        known = self._read.get(id(holder))
        if known is None:
            known = self._read[id(holder)] = (holder, holder.get_params(deep=True))
        return known[1]


def _estimators_in(holder: Any) -> list[str]:
    """Return the names of the parameters of an estimator that are estimators."""
    return [n for n, v in holder.get_params(deep=True).items() if has_params(v)]
