"""Points given by names and values: an estimator's own settings, users' and others'."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.space._categorical import Listed
from sksearch.space._closest import closest_unit
from sksearch.space._define_by_run import DefineByRunSpace
from sksearch.space._distribution import Opaque
from sksearch.space._domain import FloatArray
from sksearch.space._paths import paths
from sksearch.space._placed import DRAWN, MisfitError, Placed
from sksearch.space._recall import recall
from sksearch.space._settings import UNSET, Settings
from sksearch.space._space import Hyperparameter, Space
from sksearch.space._values import did_you_mean, has_params, short

#: Names a value for a hyperparameter: (its domain, the estimator that has it, the name
#: of the parameter there) -> value, or `UNSET`.
Wish: TypeAlias = Callable[[Any, Any, str], Any]


class Filled(NamedTuple):
    """A point, and what the estimators are set to there."""

    row: FloatArray  # not yet at the centres of bins
    settings: Settings
    n_matched: int  # values that somebody chose


def default_points(
    space: Space, estimator: Any, limit: int = 10
) -> list[dict[str, Any]]:
    """Return the configurations that are an estimator's own settings.

    Where the space chooses between estimators, each of them is tried with its own
    settings. A setting outside of the space is replaced by the centre of its range.

    Parameters
    ----------
    space : Space
        The space.
    estimator : estimator
        Whose settings to take.
    limit : int, default=10
        How many points at most.

    Returns
    -------
    points : list of dict
        Configurations; none if no setting lies in the space.
    """
    if isinstance(space, DefineByRunSpace) or not len(space):
        return []
    settings = Settings(estimator)
    base = _fill(space, settings, {}, {})
    found = [base.row] if base.n_matched else []
    for j, h in enumerate(space):
        if isinstance(h.domain, Listed) and (
            h.hidden or any(map(has_params, h.domain.values))
        ):
            for option in h.domain.distinct:
                # Forcing a choice forces the ones above it, too.
                for path in paths(space.hyperparameters, j):
                    filled = _fill(space, settings, {}, {**path, j: option})
                    if filled.n_matched:
                        found.append(filled.row)
    if not found:
        return []
    unique = {row.tobytes(): row for row in space.snap(np.array(found))}
    return [placed_point(space, row) for row in list(unique.values())[:limit]]


def complete_point(
    space: Space, estimator: Any, given: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a user's point as a configuration, what it leaves out by default.

    Parameters
    ----------
    space : Space
        The space.
    estimator : estimator
        Whose settings fill in what `given` leaves out.
    given : dict of str to object
        Names and values; an option may be given by its label. Of a define-by-run space
        what its function is given, or what it has returned.

    Raises
    ------
    SpaceError
        If a name is unknown or does not apply, or a value is outside of the space.
    """
    if not isinstance(given, Mapping):
        msg = f"An initial point must be a dict of names to values, got {short(given)}."
        raise SpaceTypeError(msg)
    if isinstance(space, DefineByRunSpace):
        return _suggestions(space, given)
    names = {h.name for h in space if not h.hidden}
    for name in given:
        if name not in names:
            msg = f"Initial point {short(dict(given))}: {name!r} is not in the space."
            raise SpaceError(msg + did_you_mean(name, names))
    problem = MisfitError("The space is empty.", -1)
    for forced in space.readings(given):
        try:
            filled = _fill(space, Settings(estimator), given, forced)
        except MisfitError as error:
            # The dict that fits best is the one that was meant.
            problem = error if error.n_fitting > problem.n_fitting else problem
        else:
            return placed_point(space, space.snap(filled.row[None])[0])
    raise SpaceError(str(problem))


def _suggestions(space: DefineByRunSpace, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a function is to be given: that itself, or what it has returned."""
    try:
        space.encode(given)
    except Exception as error:
        found = recall(space, given)
        if found is not None:
            return found
        if not isinstance(error, SpaceError):
            raise
        msg = (
            f"Initial point {short(dict(given))}: {error} A point of a function is what"
            " it is given, by the names that it asks for, as in suggestions_ of a "
            "search; what it returns will do where this tells what it was given."
        )
        raise SpaceError(msg) from None
    return dict(given)


def wished_point(
    space: Space, settings: Settings, wish: Wish, forced: Mapping[int, int]
) -> Filled:
    """Return the point of a space that is nearest to what is wished for.

    Parameters
    ----------
    space : Space
        The space; none of a define-by-run function.
    settings : Settings
        Of the estimator that is tuned. They have what a wish leaves open.
    wish : Wish
        Values outside of a range are moved to the nearest one inside.
    forced : dict of int to int
        Choices that are made already, the option of each.
    """
    return _fill(space, settings, {}, forced, wish)


def placed_point(space: Space, row: FloatArray) -> dict[str, Any]:
    """Return the configuration at a row, which knows its row."""
    return Placed(space.decode(row), row)


def _fill(
    space: Space,
    settings: Settings,
    given: Mapping[str, Any],
    forced: Mapping[int, int],
    wish: Wish | None = None,
) -> Filled:
    """Return a point that has the given values, the forced options, and the rest."""
    row, matched = np.full(len(space), np.nan), 0
    unused = set(given)
    settings = settings.copy()
    for j, h in enumerate(space):
        if not space.is_active(j, row):
            continue
        domain = h.domain
        value = given.get(h.name, UNSET)
        if j in forced:
            assert isinstance(domain, Listed)
            row[j] = domain.unit(forced[j])
            matched += 1
            unused.discard(h.name)
        elif isinstance(domain, Opaque) and value is UNSET:
            row[j] = DRAWN
            continue
        elif value is not UNSET:
            row[j] = _given_unit(h, value, len(given) - len(unused))
            unused.discard(h.name)
        else:
            row[j], is_own = _unit_of(h, settings, wish)
            matched += is_own
        settings.put(h.name, domain.from_unit(float(row[j])))
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
    """Return where a wish lies, or else a setting, and whether it is a setting."""
    if wish is not None:
        wished = wish(h.domain, *settings.owner(h.name))
        unit = None if wished is UNSET else closest_unit(h.domain, wished)
        if unit is not None:
            return unit, False
    found: tuple[float, bool] = settings.recall(
        _own_unit, h.domain, settings.own(h.name)
    )
    return found


def _given_unit(h: Hyperparameter, value: Any, n_fitting: int) -> float:
    """Return where a user's value lies; MisfitError if it does not."""
    if isinstance(h.domain, Opaque):
        return h.domain.place(value)
    if not h.domain.contains(value):
        msg = f"Initial point: {h.name}={short(value)} is not in {short(h.domain)}."
        raise MisfitError(msg, n_fitting)
    return h.domain.to_unit(value)


def _own_unit(domain: Any, value: Any) -> tuple[float, bool]:
    """Return where a setting lies in a domain, or the centre and False."""
    if value is not UNSET and domain.contains(value):
        return float(domain.to_unit(value)), True
    if isinstance(domain, Listed):
        # An option of the same type: LogisticRegression(max_iter=500) for the default.
        kinds = [type(v) for v in domain.values]
        if has_params(value) and type(value) in kinds:
            return domain.unit(kinds.index(type(value))), False
        return domain.unit(domain.n_values // 2 if domain.ordered else 0), False
    return 0.5, False
