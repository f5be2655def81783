"""Settings: what the estimators of a configuration are set to, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sksearch.space._values import has_params

#: Stands for a setting that there is not.
UNSET: Any = object()


class Settings:
    """The settings of an estimator, some of them replaced by those of a configuration.

    Parameters
    ----------
    estimator : estimator
        Whose settings they are. It is not changed.
    """

    def __init__(self, estimator: Any) -> None:
        self._base = estimator
        self._put: dict[str, Any] = {}
        # Reading all the parameters of a pipeline takes long; by the object's id.
        self._read: dict[int, tuple[Any, dict[str, Any]]] = {}
        self._recalled: dict[tuple[int, ...], Any] = {}

    def copy(self) -> Settings:
        """Return settings that can be replaced without changing these."""
        own = Settings(self._base)
        own._put, own._read = dict(self._put), self._read
        own._recalled = self._recalled
        return own

    def put(self, name: str, value: Any) -> None:
        """Replace a setting, ``clf__C`` or ``clf``."""
        self._put[name] = value

    def owner(self, name: str) -> tuple[Any, str]:
        """Return the estimator that has a parameter, and its name there.

        None instead of the estimator, if there is none.
        """
        path, _, parameter = name.rpartition("__")
        owner = self.value(path) if path else self._base
        return (owner if has_params(owner) else None), parameter

    def value(self, name: str) -> Any:
        """Return a setting, `UNSET` if there is none of the name."""
        return self._put[name] if name in self._put else self.own(name)

    def of(self, estimator: Any) -> dict[str, Any]:
        """Return the settings of one of the estimators that are set."""
        path = self._path(estimator)
        found = dict(self._parameters(estimator))
        for name, value in self._put.items():
            if path is not None and name.startswith(path):
                found[name.removeprefix(path)] = value
        return found

    def _path(self, estimator: Any) -> str | None:
        """Return what the names of the parameters of an estimator begin with."""
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
        """Return a setting as it is where the configuration does not name it.

        ``clf__C`` is looked up in the nearest object: in what ``clf`` is set to.
        """
        prefix, rest = name, ""
        while prefix:
            prefix, _, head = prefix.rpartition("__")
            rest = f"{head}__{rest}" if rest else head
            if prefix in self._put:
                return self._parameters(self._put[prefix]).get(rest, UNSET)
        return self._parameters(self._base).get(name, UNSET)

    def estimators(self) -> Iterator[Any]:
        """Yield all the estimators that are set, the outermost first."""
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
        """Return what a function makes of objects, which it is asked only once."""
        key = (id(function), *map(id, objects))
        if key not in self._recalled:
            # The objects are kept, so that no other one gets the id.
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
