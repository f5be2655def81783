"""The first candidates: the estimator's settings, known points, or the user's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from sksearch.exceptions import SpaceTypeError
from sksearch.knowledge import (
    Data,
    is_texts,
    known_points,
    n_columns,
    own_in_numbers,
)
from sksearch.samplers import KnownScores
from sksearch.search.plan._fit_data import FitData
from sksearch.search.plan._tuned import Tuned
from sksearch.space import Answered, complete_point, default_points, short

#: The largest number of known points. If it depended on the number of candidates,
#: resuming with more candidates would change the search.
N_KNOWN = 8


class Beginning(NamedTuple):
    """The initial points and known scores of a search."""

    points: list[dict[str, Any]]  # complete configurations, to be tried first
    scores: KnownScores | None = None  # known scores of other configurations


def beginning(
    given: object,
    tuned: Tuned,
    data: FitData,
    *,
    metric: str | None = None,
    resource: str | None = None,
    verbose: int = 0,
) -> Beginning:
    """Read the `initial_points` parameter.

    The estimator's settings complete the points. `metric` is "" if it has no name;
    `resource` is a parameter that the search sets itself.
    """
    space, base = tuned.space, tuned.base
    if isinstance(given, Mapping):
        msg = (
            "The 'initial_points' parameter must be a list, each point must be a dict, "
            f"got the dict {short(given)}. Write initial_points=[{_as_point(given)}]."
        )
        raise SpaceTypeError(msg)
    facts = _described(data)
    wish = own_in_numbers(base, facts)
    if not isinstance(given, str):
        # best_params_ of a halving search contains the resource, which is not in the
        # space.
        points = (_without(resource, point) for point in _listed(given))
        return Beginning([complete_point(space, base, point, wish) for point in points])
    # One point only: for other estimators, the sampler's centres are better.
    own = default_points(space, base, 1, wish)
    alone = Beginning(own)
    if given == "default" or not data.kind:
        return alone
    known = known_points(
        space,
        base,
        N_KNOWN,
        task=f"{data.kind}s",
        scoring=metric,
        data=facts,
        tried=own,
    )
    if not known.points:
        return alone
    if verbose > 0:
        print(f"Beginning with the estimator's own settings and {known}")  # noqa: T201
    scores = KnownScores(known.rows, known.scores, known.doubts)
    return Beginning([*own, *known.points], scores)


def _as_point(given: Mapping[str, Any]) -> str:
    """Return the point to write for a dict."""
    if "x_iters" in given:  # a result of scikit-optimize
        return "dict(zip(result.space.dimension_names, result.x))"
    return short(given)


def _described(data: FitData) -> Data:
    """Return the facts about the data on which points depend."""
    facts = Data.of(y=data.y)
    if not is_texts(data.X):
        n = n_columns(data.X)
        facts = facts.with_columns(n, n)
    return replace(facts, X=data.X)


def _listed(given: Any) -> list[Any]:
    """Return the points of a list; SpaceTypeError for a table of points."""
    if hasattr(given, "columns"):
        line = (
            "table.to_dict('records')" if hasattr(given, "iloc") else "table.to_dicts()"
        )
        msg = (
            "The 'initial_points' parameter must be a list, each point must be a dict, "
            f"got a {type(given).__name__}. Write initial_points={line}."
        )
        raise SpaceTypeError(msg)
    return [] if given is None else list(given)


def _without(resource: str | None, point: Any) -> Any:
    if not isinstance(point, Mapping) or isinstance(point, Answered):
        return point
    return {name: value for name, value in point.items() if name != resource}
