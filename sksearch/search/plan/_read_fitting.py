"""Checks and reads `early_stopping`: candidates are fitted plainly or with stopping."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from sklearn.pipeline import Pipeline

from sksearch._rng import drawn_seed
from sksearch._sklearn import routes_metadata
from sksearch.evaluation import (
    COUNTS,
    SLOT,
    STOPPABLE,
    Epochs,
    Estimator,
    Fitting,
    Folds,
    InnerSplit,
    Resource,
    Slot,
    StoppedFitting,
    StopRule,
    as_early_stopping,
    can_stop,
    stop_rule_of,
)
from sksearch.exceptions import ResourceError
from sksearch.search.plan._fit_data import FitData
from sksearch.search.plan._plan import EPOCHS, Plan
from sksearch.search.plan._tuned import Tuned
from sksearch.space import DefineByRunSpace, all_names, has_params, names_of

#: Arguments that `fit` must not get with early stopping, which sets them itself.
OURS = {"eval_set", "eval_X", "eval_y", "X_val", "y_val", "early_stopping_rounds"}


def read_fit(
    search: Any, plan: Plan, data: FitData, rng: np.random.RandomState
) -> Fitting:
    """Return the way of fitting candidates of a search, after all checks."""
    if search.early_stopping is None or search.early_stopping is False:
        check_own_stopping(plan.tuned, data.fit_params, type(search).__name__)
        return Fitting()
    stopping = as_early_stopping(search.early_stopping)
    _check_resource(plan.resource)
    _check_fit_params(data.fit_params)
    split = InnerSplit(
        stopping.validation_fraction,
        drawn_seed(rng),
        labels=data.classes,
        groups=data.groups,
        in_order=data.in_order,
        gaps=data.gaps,
    )
    _check_estimators(plan.tuned, split, data.fit_params)
    if search.refit is not False:  # the last fit has no rows held back
        _check_last_fit(plan.tuned)
    _check_folds(split, data.folds, plan.lowest(data.folds))
    return StoppedFitting(stopping, split)


def _check_folds(split: InnerSplit, whole: Folds, lowest: Folds) -> None:
    """Raise ValueError if a fold has too few rows to hold some back."""
    for folds, where in ((whole, ""), (lowest, " This is on the lowest rung.")):
        for fold, (train, _) in enumerate(folds):
            try:
                split.divide(fold, train)
            except ValueError as error:
                more = f"{where} Use larger min_resources." if where else ""
                raise ValueError(f"{error}{more}") from None


def _check_resource(resource: Resource) -> None:
    """Raise ResourceError if the resource is the number of rounds."""
    names = [EPOCHS] if isinstance(resource, Epochs) else resource.parameters(1)
    for name in names:
        if name == EPOCHS or name.rpartition("__")[-1] in COUNTS:
            msg = (
                f"Cannot use early_stopping with resource={name!r}, which already "
                "sets the number of rounds. Use resource='n_samples', or "
                "early_stopping=None."
            )
            raise ResourceError(msg)


def _check_fit_params(names: Iterable[str]) -> None:
    for name in names:
        if name.rpartition("__")[-1] in OURS:
            msg = (
                f"fit got {name!r}, but early_stopping makes its own from the "
                "training rows of each fold. Leave out one of the two."
            )
            raise ValueError(msg)


def _check_estimators(
    tuned: Tuned, split: InnerSplit, fit_params: Collection[str]
) -> None:
    """Raise ValueError if no candidate can be stopped, as far as can be foreseen."""
    if not len(tuned.space):  # the axes of a define-by-run space are not known yet
        return
    if isinstance(tuned.space, DefineByRunSpace) and tuned.slot:
        return  # nor are its estimators
    found = list(estimators_of(tuned))
    able = [(path, model) for path, model in found if can_stop(model, split)]
    if able:
        for path, model in able:
            _check_searched(tuned, path, model)
        given = [path for path, model in able if not _stop_of(model).alone]
        if given and all(path.removeprefix(SLOT) for path in given):
            _check_routed(fit_params)
        return
    names = ", ".join(dict.fromkeys(type(estimator).__name__ for _, estimator in found))
    where = ""
    if not split.any_rows:
        where = (
            " With groups, or folds that go forward in time, it stops only estimators "
            "that accept the rows to stop by: all boosters except "
            "GradientBoosting (and HistGradientBoosting before scikit-learn 1.7)."
        )
    msg = (
        f"The 'early_stopping' parameter stops {STOPPABLE}. It cannot stop {names}."
        f"{where} Write early_stopping=None."
    )
    raise ValueError(msg)


def _check_last_fit(tuned: Tuned) -> None:
    """Raise ValueError for a callback that needs rows held back in the last fit."""
    for _, model in estimators_of(tuned) if len(tuned.space) else ():
        stop = stop_rule_of(model)
        lost = None if stop is None else stop.lost_without_rows(model)
        if lost is not None:
            msg = (
                f"The callback {lost} of {type(model).__name__} monitors rows held "
                "back, and with early_stopping the last fit has none: it would fail, "
                "after the whole search. Write monitor='train_loss' for the callback, "
                "leave it out, or write refit=False."
            )
            raise ValueError(msg)


def _check_searched(tuned: Tuned, path: str, model: Estimator) -> None:
    """Raise ValueError if the space has parameters that early stopping sets itself."""
    stop = _stop_of(model)
    names = {f"{path}__{name}" if path else name for name in stop.sets}
    for j, h in enumerate(tuned.space):
        searched = names.intersection(names_of(tuned.space, j))
        if searched and h.domain.n_values > 1:
            msg = (
                f"The space has {min(searched)!r}, which early_stopping sets itself: "
                "all its values would be the same. Leave it out of the space, or use "
                "early_stopping=None."
            )
            raise ValueError(msg)


def _stop_of(model: Estimator) -> StopRule:
    stop = stop_rule_of(model)
    assert stop is not None
    return stop


def _check_routed(names: Iterable[str]) -> None:
    """Raise ValueError for arguments of ``fit`` that name no step of a pipeline."""
    alone = sorted(name for name in names if "__" not in name)
    if alone and not routes_metadata():
        msg = (
            "With early_stopping, other arguments of fit than X and y need the name of "
            f"the pipeline step that takes them, got {alone}: write "
            f"fit(X, y, clf__{alone[0]}=...) if the step is called 'clf'."
        )
        raise ValueError(msg)


def check_own_stopping(
    tuned: Tuned, fit_params: Mapping[str, object], face: str
) -> None:
    """Raise ValueError if all models have early stopping without rows to stop by.

    The models' own error comes only after all fits, and does not mention the
    search's `early_stopping`.
    """
    tails = {name.rpartition("__")[-1] for name in fit_params}
    if not len(tuned.space) or tails & OURS:
        return
    found = [
        (type(model).__name__, name)
        for path, model in estimators_of(tuned)
        for name in [_wants_rows(tuned, path, model, fit_params)]
    ]
    if not found or any(name is None for _, name in found):
        return
    (model, name), *_ = found
    msg = (
        f"{model} has early stopping of its own ({name}), but fit has no rows for it "
        f"to stop by: all fits would fail. Use early_stopping in {face}, "
        "early_stopping=20 for example, which holds back a part of the training rows "
        f"of each fold and replaces {name}; or leave out {name}."
    )
    raise ValueError(msg)


def _wants_rows(
    tuned: Tuned, path: str, model: Estimator, fit_params: Mapping[str, object]
) -> str | None:
    """Return the setting that makes all fits of a model fail, if there is one."""
    stop = stop_rule_of(model)
    if stop is None or stop.alone:
        return None
    # A subclass may provide the rows to stop by.
    library = type(model).fit.__module__.partition(".")[0]
    if library not in ("lightgbm", "skorch", "xgboost"):
        return None
    prefix = f"{path}__" if path else ""
    callbacks = fit_params.get(f"{prefix.removeprefix(f'{SLOT}__')}callbacks")
    name = stop.wants_rows(model, callbacks)
    return None if f"{prefix}{name}" in all_names(tuned.space) else name


def estimators_of(tuned: Tuned) -> Iterator[tuple[str, Estimator]]:
    """Yield prefix and estimator of every possible last step, in any configuration."""
    if isinstance(tuned.base, Slot):
        yield from _last_steps(tuned, None, SLOT)
    else:
        yield from _last_steps(tuned, tuned.base, "")


def _last_steps(
    tuned: Tuned, base: Estimator | None, path: str
) -> Iterator[tuple[str, Estimator]]:
    """Yield the possible last steps at one place, where `base` is the default."""
    listed = [
        value
        for h in tuned.space
        if path and h.name == path and not h.hidden
        for value in getattr(h.domain, "values", ())
    ]
    for estimator in listed or [base]:
        if isinstance(estimator, Pipeline):
            name, last = estimator.steps[-1]
            yield from _last_steps(tuned, last, f"{path}__{name}" if path else name)
        elif estimator is not None and has_params(estimator):
            yield path, estimator
