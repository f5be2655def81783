"""The estimator type of a candidate: which parameter chooses it, and its label."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sksearch.space import label_of

#: Parameters that hold the inner estimator of another estimator.
INNER = ("estimator", "regressor", "classifier", "base_estimator")


class Kind(NamedTuple):
    """The parameter that chooses the estimator type of candidates."""

    name: str | None  # the parameter; None if all candidates have the same type
    default: str  # the label of candidates without this parameter


def kind_of(estimator: Any, names: Collection[str]) -> Kind:
    """Return which parameter of an estimator chooses the estimator type.

    This is the last step of a pipeline, or the inner estimator of another one, if it is
    searched over.

    Examples
    --------
    >>> from sklearn.pipeline import Pipeline
    >>> from sklearn.svm import SVC
    >>> from sksearch.reports import kind_of
    >>> kind_of(Pipeline([("clf", SVC())]), {"clf", "clf__C"})
    Kind(name='clf', default='SVC')
    >>> kind_of(Pipeline([("clf", SVC())]), {"clf__C"})
    Kind(name=None, default='SVC')
    """
    prefix = ""
    while True:
        for name in _choosing(estimator):
            if prefix + name in names:
                return Kind(prefix + name, _type_of(estimator))
        if not _steps_of(estimator):
            return Kind(None, _type_of(estimator))
        name, inner = _steps_of(estimator)[-1]
        prefix, estimator = f"{prefix}{name}__", inner


def _choosing(estimator: Any) -> Iterator[str]:
    """Yield the parameters that may choose the type of an estimator."""
    steps = _steps_of(estimator)
    if steps:
        yield from ("steps", steps[-1][0])
    yield from (name for name in INNER if hasattr(estimator, name))


def _steps_of(estimator: Any) -> Sequence[tuple[str, Any]]:
    steps = getattr(estimator, "steps", None)
    named = isinstance(steps, list | tuple) and all(
        isinstance(step, list | tuple) and len(step) == 2 for step in steps
    )
    return steps if steps and named else ()


def _type_of(estimator: Any) -> str:
    """Return the class name of an estimator, or of the last step of a pipeline."""
    while _steps_of(estimator):
        estimator = _steps_of(estimator)[-1][1]
    return label_of(estimator)


def kinds_of(
    kind: Kind,
    params: Sequence[Mapping[str, Any]],
    labels: Sequence[Mapping[str, str]],
) -> list[str]:
    """Return the label of the estimator type of each candidate."""
    return [_label(kind, own, known) for own, known in zip(params, labels, strict=True)]


def _label(kind: Kind, params: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    if kind.name is None or kind.name not in params:
        return kind.default
    value = params[kind.name]
    if isinstance(value, list | tuple) and value:  # the steps of a pipeline
        last = value[-1]
        return _type_of(last[-1] if isinstance(last, list | tuple) and last else last)
    return labels.get(kind.name) or label_of(value)
