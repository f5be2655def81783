"""What a search tries first: its estimator's settings, known points, or the user's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sklearn.base import is_classifier, is_regressor

from sksearch.exceptions import SpaceTypeError
from sksearch.knowledge import Data, known_points, n_columns
from sksearch.samplers import KnownScores
from sksearch.space import Space, complete_point, default_points, short

#: The most known points. A number that depends on how many candidates there are would
#: change a search that goes on with more of them.
N_KNOWN = 8


class Beginning(NamedTuple):
    """What a search begins with.

    Parameters
    ----------
    points : list of dict
        Complete configurations, to be tried first.
    scores : KnownScores or None
        What is known of others.
    """

    points: list[dict[str, Any]]
    scores: KnownScores | None = None


def beginning(search: Any, space: Space, base: Any, data: tuple[Any, Any]) -> Beginning:
    """Return what a search begins with.

    Parameters
    ----------
    search : BaseSearch
        With the parameters of the user.
    space : Space
        Where the points lie.
    base : estimator
        Whose settings fill in what they leave out.
    data : tuple
        X and y.
    """
    given = search.initial_points
    if isinstance(given, Mapping):
        msg = (
            "The 'initial_points' parameter must be a list, each point must be a dict, "
            f"got the dict {short(given)}. Write initial_points=[{short(given)}]."
        )
        raise SpaceTypeError(msg)
    if not isinstance(given, str):
        # It stands in best_params_ of a halving search, and has no place in the space.
        resource = getattr(search, "resource", None)
        return Beginning(
            [
                complete_point(space, base, _without(resource, point))
                for point in given or ()
            ]
        )
    own = default_points(space, base)
    # Of other estimators to choose from, the sampler's centres tell more.
    alone = Beginning(own[:1])
    task = _task(search)
    if given == "default" or not task:
        return alone
    known = known_points(
        space,
        base,
        N_KNOWN,
        task=task,
        scoring=_metric(search),
        data=_described(*data),
        tried=own[:1],
    )
    if not known.points:
        return alone
    if search.verbose > 0:
        print(f"Beginning with the estimator's own settings and {known}")  # noqa: T201
    scores = KnownScores(known.rows, known.scores, known.doubts)
    return Beginning([*own[:1], *known.points], scores)


def _described(X: Any, y: Any) -> Data:
    """Return what known points depend on of the data."""
    n = n_columns(X)
    return Data.of(y=y).with_columns(n, n)


def _task(search: Any) -> str:
    """Return which table tells of a search, "" if none does."""
    if is_classifier(search):
        return "classifiers"
    return "regressors" if is_regressor(search) else ""


def _metric(search: Any) -> str | None:
    """Return the name of the metric that drives a search, "" if it has none."""
    scoring = search.scoring
    if scoring is None or isinstance(scoring, str):
        return scoring
    if isinstance(search.refit, str):
        name = search.refit
        named = scoring.get(name) if isinstance(scoring, Mapping) else name
        return named if isinstance(named, str) else name
    return ""


def _without(resource: str | None, point: Any) -> Any:
    if not isinstance(point, Mapping):
        return point
    return {name: value for name, value in point.items() if name != resource}
