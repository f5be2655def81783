"""What a halving search works out before the first fit: the ladder, the resource."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import is_classifier
from sklearn.model_selection import TimeSeriesSplit
from sklearn.utils.multiclass import type_of_target

from sksearch._sklearn import is_constant, n_rows, to_numpy
from sksearch.evaluation import Folds
from sksearch.exceptions import ResourceError, SpaceError, SpaceExhaustedWarning
from sksearch.schedulers import AsyncHalving, Hyperband, Scheduler, SuccessiveHalving
from sksearch.search._slot import SLOT
from sksearch.space import Choice, Space, as_space, check_names
from sksearch.trials import Ladder, as_ladder

#: The resource that is a number of rows.
SAMPLES = "n_samples"


def check_splitter(cv: Any) -> None:
    """Raise ValueError if a splitter does not give the same folds each time."""
    if not is_constant(cv):
        msg = (
            "The cv parameter must yield consistent folds across calls to split(). "
            "Set its random_state to an int, or set shuffle=False."
        )
        raise ValueError(msg)


def check_resource(
    name: str, estimator: Any, specification: Any, space: Space, base: Any
) -> None:
    """Raise ResourceError if a parameter cannot be the resource of a search.

    Parameters
    ----------
    name : str
        The parameter.
    estimator, specification : object
        The estimator and the space, as the user gave them.
    space : Space
        The space as it was read.
    base : estimator
        What its configurations are set on.
    """
    if any(h.name == name for h in space):
        msg = (
            f"Cannot use parameter {name} as the resource since it is part of the "
            "searched parameters."
        )
        raise ResourceError(msg)
    # The names of the space are checked option by option. So is this one, beside them.
    try:
        check_names(as_space(_with(name, estimator, specification)), base)
    except SpaceError as error:
        chosen = "Choice" if isinstance(estimator, Choice) else type(estimator).__name__
        msg = (
            f"Cannot use resource={name} which is not supported by estimator "
            f"{chosen}. {error}"
        )
        raise ResourceError(msg) from None


def _with(name: str, estimator: Any, specification: Any) -> Any:
    """Return a specification with one more name, where it can take one."""
    more = {name: [1]}
    if isinstance(estimator, Choice):
        return {SLOT: estimator, **(specification or {}), **more}
    if isinstance(specification, Mapping):
        return {**specification, **more}
    if isinstance(specification, list):
        return [{**part, **more} for part in specification]
    return more


def smallest_sample(n_splits: int, X: Any, y: Any, *, classify: bool) -> int:
    """Return the least number of rows on a rung: scikit-learn's rule of thumb.

    Where there are not so many rows, one rung takes them all.

    Parameters
    ----------
    n_splits : int
        Number of folds.
    X, y : array-like
        The data.
    classify : bool
        Whether it holds classes.
    """
    n_classes = len(np.unique(to_numpy(y))) if classify and y is not None else 1
    return min(max(n_splits, 1) * 2 * n_classes, int(n_rows(X)))


def read_ladder(
    search: Any, smallest: int, available: int | None, n_configurations: float
) -> Ladder:
    """Return the ladder that the parameters of a search stand for.

    Parameters
    ----------
    search : HalvingSearchCV
        The search.
    smallest : int
        What "smallest" stands for.
    available : int or None
        How much there is, where it is limited.
    n_configurations : int or inf
        How many candidates can be had.
    """
    ladder = as_ladder(
        search.n_candidates,
        factor=search.factor,
        min_resources=search.min_resources,
        max_resources=search.max_resources,
        aggressive_elimination=search.aggressive_elimination,
        smallest=smallest,
        available=available,
        n_configurations=n_configurations,
    )
    if available is not None and ladder.resources[-1] > available:
        msg = (
            f"max_resources={search.max_resources} is greater than the number of "
            f"samples, {available}."
        )
        raise ResourceError(msg)
    return ladder


def classes_of(estimator: Any, y: Any) -> NDArray[np.intp] | None:
    """Return the class of each row as a number; None if there are no classes."""
    if y is None or not is_classifier(estimator):
        return None
    y = to_numpy(y)
    try:
        kind = type_of_target(y)
    except ValueError:  # the estimator will say what is wrong
        return None
    if kind not in ("binary", "multiclass"):
        return None
    return codes_of(y)


def codes_of(labels: Any) -> NDArray[np.intp]:
    """Return labels of any kind as integers."""
    return np.unique(to_numpy(labels).ravel(), return_inverse=True)[1].ravel()


def goes_forward(cv: Any, folds: Folds) -> bool:
    """Tell whether folds train on what comes before what they test on."""
    if isinstance(cv, TimeSeriesSplit):
        return True
    # A single such fold may just be data that were cut in two.
    return len(folds) > 1 and all(
        len(train) and len(test) and train.dtype != bool and train.max() < test.min()
        for train, test in folds
    )


def is_listed(specification: Any) -> bool:
    """Tell whether there is no scipy.stats distribution among the values of a dict.

    scikit-learn repeats candidates if it is asked for more than there are, where there
    is one.
    """
    if isinstance(specification, list):
        return all(is_listed(part) for part in specification)
    values = specification.values() if isinstance(specification, Mapping) else ()
    return not any(hasattr(v, "rvs") and hasattr(v, "dist") for v in values)


def warn_of_few(space: Space, n_candidates: Any, what: str) -> None:
    """Warn if a space has fewer configurations than were asked for."""
    if not isinstance(n_candidates, str) and space.size < n_candidates:
        warnings.warn(
            f"The space has only {space.size:g} configurations, fewer than "
            f"n_candidates={n_candidates}. {what}",
            SpaceExhaustedWarning,
            stacklevel=5,
        )


def halving_runs(
    ladder: Ladder, brackets: int | str, *, asynchronous: bool
) -> Scheduler:
    """Return the halving run over a ladder, or several.

    Parameters
    ----------
    ladder : Ladder
        All the rungs.
    brackets : int or "hyperband"
        How many runs.
    asynchronous : bool
        Whether the only run has no barriers.
    """
    if brackets == 1:
        return (AsyncHalving if asynchronous else SuccessiveHalving)(ladder)
    if asynchronous:
        msg = f"asynchronous=True takes one bracket, got brackets={brackets!r}."
        raise ValueError(msg)
    return Hyperband(ladder, None if isinstance(brackets, str) else brackets)


def best_on_top(scores: NDArray[np.float64], rungs: NDArray[np.intp]) -> np.intp:
    """Return the position of the best score on the highest rung that has a finite one.

    Parameters
    ----------
    scores : ndarray of shape (n,)
        Not finite for failures. If all are, the first one on the highest rung is best.
    rungs : ndarray of shape (n,)
        Where they were reached.
    """
    sound = np.isfinite(scores)
    if not sound.any():
        sound[:] = True
    top = np.flatnonzero(sound & (rungs == rungs[sound].max()))
    best: np.intp = top[np.argmax(scores[top])]
    return best
