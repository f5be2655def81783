"""``param_distributions="auto"``: the ready-made space, for the data of ``fit``."""

from __future__ import annotations

from sksearch.evaluation import as_indices
from sksearch.exceptions import SpaceTypeError
from sksearch.knowledge import Data, suggest, without
from sksearch.search._tuned import Estimator, options_of
from sksearch.search.checks import check_there_is_target
from sksearch.search.plan._fit_data import FitData
from sksearch.space import Choice, did_you_mean

AUTO = "auto"


def specification(
    given: object,
    estimator: Estimator | Choice,
    data: FitData,
    *,
    share: float = 1.0,
    resource: str | None = None,
) -> object:
    """Return the space of a search as the user gave it, or a ready-made one.

    Parameters
    ----------
    given : object
        What the user gave.
    estimator : estimator or Choice
        What is tuned.
    data : FitData
        What is fitted.
    share : float, default=1.0
        The share of the rows that candidates have at first.
    resource : str, default=None
        A parameter that the search sets itself, which is left out.

    Raises
    ------
    SpaceError
        If there is no ready-made space for the estimator.
    SpaceTypeError
        If the space is another string.
    """
    if given is None and not isinstance(estimator, Choice):
        msg = (
            "The 'param_distributions' parameter is missing: wanted the space that is "
            f"searched. Write param_distributions={AUTO!r} for a ready-made one, or "
            f"{_example(estimator)}, for one."
        )
        raise SpaceTypeError(msg)
    if not isinstance(given, str):
        return given
    if given != AUTO:
        msg = (
            "The 'param_distributions' parameter must be a dict, a list of dicts, a "
            f"Choice, a callable or {AUTO!r}, got {given!r}."
            f"{did_you_mean(given, [AUTO])}"
        )
        raise SpaceTypeError(msg)
    check_there_is_target(options_of(estimator), data.y)
    space = suggest(estimator, _facts(data, share))
    return space if resource is None else without(space, resource)


def _example(estimator: Estimator) -> str:
    """Return a dict with the name of a parameter of the estimator."""
    names = list(estimator.get_params())
    name = next((n for n in names if n.rpartition("__")[2] in ("C", "alpha")), "name")
    return f"{{{name!r}: [0.1, 1, 10]}}"


def _facts(data: FitData, share: float) -> Data:
    """Return the facts about the data, for the smallest training part that there is."""
    half = data.n_rows // 2
    rows = min(half, *(len(as_indices(train)) for train, _ in data.folds))
    if rows * share < half:
        return Data.of(data.X, data.y, max(1, int(rows * share)))
    return Data.of(data.X, data.y)
