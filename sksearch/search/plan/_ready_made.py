"""``param_distributions="auto"``: the ready-made space, for the data of ``fit``."""

from __future__ import annotations

from collections.abc import Collection

from sksearch.evaluation import as_indices
from sksearch.exceptions import SpaceTypeError
from sksearch.knowledge import Data, suggest, without
from sksearch.search._tuned import Estimator, options_of
from sksearch.search.checks import check_there_is_target
from sksearch.search.plan._fit_data import FitData
from sksearch.space import Choice, did_you_mean, uncovered

AUTO = "auto"


def specification(
    given: object,
    estimator: Estimator | Choice,
    data: FitData,
    *,
    share: float = 1.0,
    resource: str | None = None,
    held: Collection[str] = (),
) -> object:
    """Return the space of a search as the user gave it, or a ready-made one.

    Parameters
    ----------
    given : object
        The space as the user gave it.
    estimator : estimator or Choice
        The estimator to tune.
    data : FitData
        The arguments of ``fit``.
    share : float, default=1.0
        Share of the rows on the lowest rung.
    resource : str, default=None
        A parameter that the search sets itself, which is left out.
    held : collection of str, default=()
        The parameters with ranges in the estimator; a ready-made space leaves them out.

    Raises
    ------
    SpaceError
        If there is no ready-made space for the estimator.
    SpaceTypeError
        If the space is another string.
    """
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
    space = uncovered(suggest(estimator, _facts(data, share)), held)
    return space if resource is None else without(space, resource)


def _facts(data: FitData, share: float) -> Data:
    """Return the facts about the data, for the smallest training part."""
    half = data.n_rows // 2
    rows = min(half, *(len(as_indices(train)) for train, _ in data.folds))
    if rows * share < half:
        return Data.of(data.X, data.y, max(1, int(rows * share)))
    return Data.of(data.X, data.y)
