"""Points from names and values: an estimator's settings, users' and known points."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.space._categorical import Listed
from sksearch.space._distribution import Opaque
from sksearch.space._domain import Domain, FloatArray
from sksearch.space._links import all_names, disagree
from sksearch.space._paths import paths
from sksearch.space._placed import DRAWN, Answered, MisfitError, Placed
from sksearch.space._space import Hyperparameter, Space
from sksearch.space.reading.by_run import DefineByRunSpace, recall
from sksearch.space.values import did_you_mean, has_params, short
from sksearch.space.views._closest import closest_unit
from sksearch.space.views._labels import written_as
from sksearch.space.views._settings import UNSET, Settings

#: Returns a value for a hyperparameter: (its domain, its estimator, its parameter name
#: there) -> value, or `UNSET`.
Wish: TypeAlias = Callable[[Any, Any, str], Any]


class Filled(NamedTuple):
    """A point, and the settings of the estimators there."""

    row: FloatArray  # not yet snapped to the centres of bins
    settings: Settings
    n_matched: int  # number of forced options and own settings


def default_points(
    space: Space, estimator: Any, limit: int = 10, wish: Wish | None = None
) -> list[dict[str, Any]]:
    """Return an estimator's own settings as configurations of a space.

    If the space chooses between estimators, there is one point for each estimator. If a
    setting lies outside of its range, the centre of the range replaces it, unless the
    `wish` knows a number for it. There are at most `limit`, and none if no setting lies
    in the space.
    """
    if isinstance(space, DefineByRunSpace) or not len(space):
        return []
    unique: dict[bytes, FloatArray] = {}
    for filled in _own_settings(space, Settings(estimator), wish):
        if filled.n_matched:
            row = space.snap(filled.row[None])[0]
            unique.setdefault(row.tobytes(), row)
        if len(unique) == limit:
            break
    return [placed_point(space, row) for row in unique.values()]


def _own_settings(
    space: Space, settings: Settings, wish: Wish | None
) -> Iterator[Filled]:
    """Yield the point of the settings, then points with each estimator forced."""
    yield _fill(space, settings, {}, {}, wish)
    for j, h in enumerate(space):
        if isinstance(h.domain, Listed) and (
            h.hidden or any(map(has_params, h.domain.values))
        ):
            for option in h.domain.distinct:
                # Forcing a choice also forces the choices above it.
                for path in paths(space.hyperparameters, j):
                    yield _fill(space, settings, {}, {**path, j: option}, wish)


def complete_point(
    space: Space, estimator: Any, given: Mapping[str, Any], wish: Wish | None = None
) -> dict[str, Any]:
    """Return a user's point as a configuration, completed by an estimator's settings.

    `given` has names and values, or labels of options; for a define-by-run space, the
    answers or the result of its function. A `wish` may know numbers for settings
    outside of the space. Raise SpaceError if a name is unknown or does not apply, or a
    value is outside of the space.
    """
    if not isinstance(given, Mapping):
        msg = f"An initial point must be a dict of names to values, got {short(given)}."
        names = [h.name for h in space]
        if isinstance(given, list | tuple) and len(given) == len(names):
            msg += f" Write {short(dict(zip(names, given, strict=True)))}."
        raise SpaceTypeError(msg)
    if isinstance(space, DefineByRunSpace):
        return _suggestions(space, given)
    names = all_names(space)
    for name in given:
        if name not in names:
            msg = f"Initial point {short(dict(given))}: {name!r} is not in the space."
            raise SpaceError(msg + did_you_mean(name, names))
    settings = Settings(estimator)
    row = space.best_reading(
        given,
        lambda values, forced: _fill(space, settings, values, forced, wish).row,
    )
    return placed_point(space, space.snap(row[None])[0])


def _suggestions(space: DefineByRunSpace, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers for a function, given its answers or its result."""
    if isinstance(given, Answered):
        given = given.suggestions
    try:
        space.encode(given)
    except Exception as error:
        found = recall(space, given)
        if found is not None:
            return found
        if not isinstance(error, SpaceError):
            raise
        msg = (
            f"Initial point {short(dict(given))}: {error} A point of a space function "
            "has a value for each name that it asks for, as in suggestions_ of a "
            "search; its result works only if it determines these values."
        )
        raise SpaceError(msg) from None
    return dict(given)


def wished_point(
    space: Space, settings: Settings, wish: Wish, forced: Mapping[int, int]
) -> Filled:
    """Return the point of a space that is nearest to a wish.

    The space is not define-by-run. The settings of the tuned estimator are for values
    that the wish leaves open; values outside of a range move to the nearest value
    inside. `forced` are the options of choices already made.
    """
    return _fill(space, settings, {}, forced, wish)


def placed_point(space: Space, row: FloatArray) -> dict[str, Any]:
    """Return the configuration of a row, together with the row."""
    return Placed(space.decode(row), row)


def _fill(
    space: Space,
    settings: Settings,
    given: Mapping[str, Any],
    forced: Mapping[int, int],
    wish: Wish | None = None,
) -> Filled:
    """Return the point with forced options, given values, and settings otherwise."""
    row, matched = np.full(len(space), np.nan), 0
    unused = set(given)
    settings = settings.copy()
    for j, h in enumerate(space):
        if not space.is_active(j, row):
            continue
        domain = h.domain
        places = space.places_at(j, row)
        wanted = [(name, own) for name, own in places if name in given]
        unused.difference_update(name for name, _ in wanted)
        if j in forced:
            row[j] = space.listed(j).unit(forced[j])
            matched += 1
        elif wanted:
            row[j] = _given_unit(wanted, given, len(given) - len(unused))
        elif isinstance(domain, Opaque):
            row[j] = DRAWN
            continue
        else:
            row[j], is_own = _unit_of(h, settings, wish)
            matched += is_own
        for name, own in places:
            settings.put(name, own.from_unit(float(row[j])))
    if unused:
        msg = (
            f"Initial point {short(dict(given))}: {sorted(unused)} does not apply "
            "beside the others."
        )
        raise MisfitError(msg, len(given) - len(unused))
    return Filled(row, settings, matched)


def _unit_of(
    h: Hyperparameter, settings: Settings, wish: Wish | None
) -> tuple[float, bool]:
    """Return the unit of a wish or of a setting, and whether there is one."""
    if wish is not None:
        wished = wish(h.domain, *settings.owner(h.name))
        unit = None if wished is UNSET else closest_unit(h.domain, wished)
        if unit is not None:
            return unit, True
    found: tuple[float, bool] = settings.recall(
        _own_unit, h.domain, settings.own(h.name)
    )
    return found


def _given_unit(
    wanted: Sequence[tuple[str, Domain]], given: Mapping[str, Any], n_fitting: int
) -> float:
    """Return the unit coordinate of a user's value; MisfitError outside the space."""
    units = [_inside(name, domain, given[name], n_fitting) for name, domain in wanted]
    if any(unit != units[0] for unit in units):
        (one, _), (other, _), *_ = wanted
        raise MisfitError(f"Initial point: {disagree(given, one, other)}", n_fitting)
    return units[0]


def _inside(name: str, domain: Domain, value: Any, n_fitting: int) -> float:
    if isinstance(domain, Opaque):
        return domain.place(value)
    if not domain.contains(value):
        position = written_as(domain, value)
        if position is not None and isinstance(domain, Listed):
            return domain.unit(position)
        msg = f"Initial point: {name}={short(value)} is not in {short(domain)}."
        raise MisfitError(msg, n_fitting)
    return domain.to_unit(value)


def _own_unit(domain: Any, value: Any) -> tuple[float, bool]:
    """Return the unit coordinate of a setting and True, or the centre and False."""
    if value is not UNSET and domain.contains(value):
        return float(domain.to_unit(value)), True
    if isinstance(domain, Listed):
        # An option of the same type, such as LogisticRegression(max_iter=500).
        kinds = [type(v) for v in domain.values]
        if has_params(value) and type(value) in kinds:
            return domain.unit(kinds.index(type(value))), False
        return domain.unit(domain.n_values // 2 if domain.ordered else 0), False
    return 0.5, False
