"""Early stopping inside of fits: what a search was given, checked, as a `Fit`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from sklearn.pipeline import Pipeline

from sksearch.evaluation import (
    COUNTS,
    STOPPABLE,
    Fit,
    Folds,
    InnerSplit,
    StoppedFit,
    as_early_stopping,
    can_stop,
)
from sksearch.exceptions import ResourceError
from sksearch.search._resources import (
    EPOCHS,
    SAMPLES,
    classes_of,
    codes_of,
    goes_forward,
)
from sksearch.search._slot import SLOT, Slot
from sksearch.space import DefineByRunSpace, Space, has_params

#: What `fit` must not be given besides, for it is given that by us.
OURS = {"eval_set", "eval_X", "eval_y", "X_val", "y_val", "early_stopping_rounds"}


def read_fit(
    search: Any,
    space: Space,
    base: Any,
    folds: Folds,
    data: tuple[Any, Any, Mapping[str, Any]],
    fit_params: Mapping[str, Any],
    rng: Any,
) -> Fit:
    """Return how candidates are fitted, after all checks.

    Parameters
    ----------
    search : BaseSearch
        The search.
    space : Space
        Where its candidates come from.
    base : estimator
        What they are set on.
    folds : Folds
        The splits.
    data : tuple
        X, y and what the splitter takes besides.
    fit_params : dict
        What ``fit`` takes besides.
    rng : RandomState
        Where the seed comes from that says which rows are held back.
    """
    if search.early_stopping is None:
        return Fit()
    stopping = as_early_stopping(search.early_stopping)
    _check_resource(getattr(search, "resource", SAMPLES))
    _check_fit_params(fit_params)
    _, y, split_params = data
    groups = split_params.get("groups")
    split = InnerSplit(
        stopping.validation_fraction,
        int(rng.randint(np.iinfo(np.int32).max)),
        labels=classes_of(search, y),
        groups=None if groups is None else codes_of(groups),
        in_order=goes_forward(search._checked_cv_orig, folds),
    )
    _check_estimators(space, base, split)
    return StoppedFit(stopping, split)


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


def _check_estimators(space: Space, base: Any, split: InnerSplit) -> None:
    """Raise ValueError if no candidate can be stopped, as far as can be foreseen."""
    if not len(space):  # axes turn up while a callable is called
        return
    if isinstance(space, DefineByRunSpace) and isinstance(base, Slot):
        return  # so do estimators
    found = list(_estimators(space, base, ""))
    if any(can_stop(estimator, split) for estimator in found):
        return
    names = ", ".join(dict.fromkeys(type(estimator).__name__ for estimator in found))
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


def _estimators(space: Space, base: Any, path: str) -> Iterable[Any]:
    """Yield what may be fitted last, whatever the configuration."""
    listed = [
        value
        for h in space
        if path and h.name == path and not h.hidden
        for value in getattr(h.domain, "values", ())
    ]
    if isinstance(base, Slot):
        yield from _estimators(space, None, SLOT)
        return
    for estimator in listed or [base]:
        if type(estimator) is Pipeline:
            name, last = estimator.steps[-1]
            yield from _estimators(space, last, f"{path}__{name}" if path else name)
        elif has_params(estimator):
            yield estimator
