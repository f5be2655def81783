"""Sharing on a fold: pipelines get a `StepMemory` as their memory during one fit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sklearn.pipeline import FeatureUnion, Pipeline

from sksearch._sklearn import has_callbacks
from sksearch.evaluation.fitting import sklearn_classes
from sksearch.evaluation.folds import Indices
from sksearch.evaluation.shared_steps._identity import identity
from sksearch.evaluation.shared_steps._step_memory import KnownData, StepMemory
from sksearch.evaluation.shared_steps._step_store import StepStore


@contextmanager
def share_steps(
    estimator: Any, store: StepStore | None, rows: Indices, data: tuple[Any, ...]
) -> Iterator[None]:
    """Let the pipelines in an estimator share their steps, while it is fitted.

    After the block it has no trace of the sharing. `rows` are the training rows of the
    fold, `data` are X and maybe y of these rows.
    """
    pipelines = [] if store is None else list(_pipelines(estimator))
    # Callbacks have to see every fit of a step.
    if store is None or not pipelines or has_callbacks(estimator):
        yield
        return
    known = KnownData(store, identity(store.data, rows, getattr(data[0], "shape", "")))
    known.know(known.root, *data)
    for pipeline in pipelines:
        pipeline.memory = StepMemory(known, pipeline.memory)
    try:
        yield
    finally:
        known.forget()
        # Look again: fitting may have replaced pipelines that are steps.
        for pipeline in _pipelines(estimator):
            if isinstance(pipeline.memory, StepMemory):
                pipeline.memory = pipeline.memory.own


def know_part(estimator: Any, data: tuple[Any, ...], positions: Indices) -> None:
    """Announce that a pipeline is going to be fitted to a part of the training rows.

    Estimators outside of a block of :func:`share_steps` are ignored.
    """
    memory = getattr(estimator, "memory", None)
    if isinstance(memory, StepMemory):
        memory.known.know(identity(memory.known.root, positions), *data)


def _pipelines(estimator: Any) -> Iterator[Any]:
    """Yield the pipelines in an estimator that may be fitted to the fold's data."""
    if isinstance(estimator, Pipeline):
        yield estimator
        inner = [step for _, step, *_ in estimator.steps]
    elif isinstance(estimator, FeatureUnion):
        inner = [member for _, member, *_ in estimator.transformer_list]
    elif "TransformedTargetRegressor" in sklearn_classes(estimator):
        inner = [estimator.regressor, getattr(estimator, "regressor_", None)]
    else:
        return
    for part in inner:
        yield from _pipelines(part)
