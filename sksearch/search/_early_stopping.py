"""Early stopping inside of fits: what a search was given, checked, as a `Fitting`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from sklearn import get_config
from sklearn.pipeline import Pipeline

from sksearch.evaluation import (
    COUNTS,
    STOPPABLE,
    Fitting,
    Folds,
    InnerSplit,
    StoppedFitting,
    StopRule,
    as_early_stopping,
    can_stop,
    stop_rule_of,
)
from sksearch.exceptions import ResourceError
from sksearch.search._rows import classes_of, codes_of, gaps_between, goes_forward
from sksearch.search._slot import SLOT, Slot
from sksearch.search.halving import EPOCHS, SAMPLES
from sksearch.space import DefineByRunSpace, Space, has_params

#: What `fit` must not be given besides, for it is given that by us.
OURS = {"eval_set", "eval_X", "eval_y", "X_val", "y_val", "early_stopping_rounds"}


def is_on(search: Any) -> bool:
    """Tell whether a search stops fits early."""
    value = search.early_stopping
    return value is not None and value is not False


def read_fit(
    search: Any,
    space: Space,
    base: Any,
    folds: tuple[Folds, Folds],
    data: tuple[Any, Any, Mapping[str, Any]],
    fit_params: Mapping[str, Any],
    rng: Any,
) -> Fitting:
    """Return how candidates are fitted, after all checks.

    Parameters
    ----------
    search : BaseSearch
        The search.
    space : Space
        Where its candidates come from.
    base : estimator
        What they are set on.
    folds : (Folds, Folds)
        The splits, and what the lowest rung has of them.
    data : tuple
        X, y and what the splitter takes besides.
    fit_params : dict
        What ``fit`` takes besides.
    rng : RandomState
        Where the seed comes from that says which rows are held back.
    """
    if not is_on(search):
        check_own_stopping(search, space, base, fit_params)
        return Fitting()
    stopping = as_early_stopping(search.early_stopping)
    _check_resource(getattr(search, "resource", SAMPLES))
    _check_fit_params(fit_params)
    whole, lowest = folds
    _, y, split_params = data
    groups = split_params.get("groups")
    in_order = goes_forward(search._checked_cv_orig, whole)
    split = InnerSplit(
        stopping.validation_fraction,
        int(rng.randint(np.iinfo(np.int32).max)),
        labels=classes_of(search, y),
        groups=None if groups is None else codes_of(groups),
        in_order=in_order,
        gaps=gaps_between(whole) if in_order else (),
    )
    _check_estimators(space, base, split, fit_params)
    _check_folds(split, whole, lowest)
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


def _check_resource(name: str) -> None:
    counts = name == EPOCHS or name.rpartition("__")[-1] in COUNTS
    if counts:
        msg = (
            f"Cannot use early_stopping with resource={name!r}, which says already how "
            "many rounds there are. Use resource='n_samples', or early_stopping=None."
        )
        raise ResourceError(msg)


def _check_fit_params(names: Iterable[str]) -> None:
    for name in names:
        if name.rpartition("__")[-1] in OURS:
            msg = (
                f"fit got {name!r}, and early_stopping makes one of its own from the "
                "training rows of each fold. Leave out one of the two."
            )
            raise ValueError(msg)


def _check_estimators(
    space: Space, base: Any, split: InnerSplit, fit_params: Iterable[str]
) -> None:
    """Raise ValueError if no candidate can be stopped, as far as can be foreseen."""
    if not len(space):  # axes turn up while a callable is called
        return
    if isinstance(space, DefineByRunSpace) and isinstance(base, Slot):
        return  # so do estimators
    found = list(estimators_of(space, base))
    able = [(path, model) for path, model in found if can_stop(model, split)]
    if able:
        for path, model in able:
            _check_searched(space, path, model)
        given = [path for path, model in able if not _stop_of(model).alone]
        if given and all(path.removeprefix(SLOT) for path in given):
            _check_routed(fit_params)
        return
    names = ", ".join(dict.fromkeys(type(estimator).__name__ for _, estimator in found))
    where = ""
    if not split.any_rows:
        where = (
            " With groups, or folds that go forward in time, only those that can be "
            "given the rows to stop by, which are all boosters, but for "
            "GradientBoosting (and HistGradientBoosting before scikit-learn 1.7)."
        )
    msg = (
        f"The 'early_stopping' parameter stops {STOPPABLE}. It cannot stop {names}."
        f"{where}"
    )
    raise ValueError(msg)


def _check_searched(space: Space, path: str, model: Any) -> None:
    """Raise ValueError if the space has values for what early stopping sets itself."""
    stop = _stop_of(model)
    names = {f"{path}__{name}" if path else name for name in stop.sets}
    for h in space:
        if h.name in names and h.domain.n_values > 1:
            msg = (
                f"The space has {h.name!r}, which early_stopping sets itself: all its "
                "values would be the same. Leave it out of the space, or use "
                "early_stopping=None."
            )
            raise ValueError(msg)


def _stop_of(model: Any) -> StopRule:
    stop = stop_rule_of(model)
    assert stop is not None
    return stop


def _check_routed(names: Iterable[str]) -> None:
    """Raise ValueError for what no step of a pipeline is named for."""
    alone = sorted(name for name in names if "__" not in name)
    if alone and not get_config()["enable_metadata_routing"]:
        msg = (
            "With early_stopping, what fit takes besides X and y needs the name of the "
            f"step of the pipeline that takes it, got {alone}: write "
            f"fit(X, y, clf__{alone[0]}=...) where the step is called 'clf'."
        )
        raise ValueError(msg)


def check_own_stopping(
    search: Any, space: Space, base: Any, fit_params: Mapping[str, Any]
) -> None:
    """Raise ValueError if all boosters stop by rows that nobody gives them.

    Their own message comes after all fits, and does not say what a search can do.
    """
    tails = {name.rpartition("__")[-1] for name in fit_params}
    if not len(space) or tails & OURS:
        return
    found = [
        (type(model).__name__, name)
        for path, model in estimators_of(space, base)
        for name in [_wants_rows(space, path, model, fit_params)]
    ]
    if not found or any(name is None for _, name in found):
        return
    (model, name), *_ = found
    msg = (
        f"{model} has a stopping of its own ({name}), and fit has no rows for it to "
        f"stop by: all fits would fail. Use early_stopping in {type(search).__name__}, "
        "early_stopping=20 for example, which holds back a part of the training rows "
        f"of each fold and takes the place of {name}; or leave out {name}."
    )
    raise ValueError(msg)


def _wants_rows(
    space: Space, path: str, model: Any, fit_params: Mapping[str, Any]
) -> str | None:
    """Return what makes all fits of a booster fail; None if it may be fitted."""
    stop = stop_rule_of(model)
    if stop is None or stop.alone:
        return None
    # A subclass may find rows to stop by itself.
    library = type(model).fit.__module__.partition(".")[0]
    if library not in ("lightgbm", "xgboost"):
        return None
    prefix = f"{path}__" if path else ""
    callbacks = fit_params.get(f"{prefix.removeprefix(f'{SLOT}__')}callbacks")
    name = stop.wants_rows(model, callbacks)
    return None if any(h.name == f"{prefix}{name}" for h in space) else name


def estimators_of(space: Space, base: Any, path: str = "") -> Iterable[tuple[str, Any]]:
    """Yield what may be fitted last, whatever the configuration, and its name."""
    listed = [
        value
        for h in space
        if path and h.name == path and not h.hidden
        for value in getattr(h.domain, "values", ())
    ]
    if isinstance(base, Slot):
        yield from estimators_of(space, None, SLOT)
        return
    for estimator in listed or [base]:
        if isinstance(estimator, Pipeline):
            name, last = estimator.steps[-1]
            below = f"{path}__{name}" if path else name
            yield from estimators_of(space, last, below)
        elif has_params(estimator):
            yield path, estimator
