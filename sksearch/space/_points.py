"""Points given by names and values: an estimator's own settings, and users' points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.space._categorical import Listed
from sksearch.space._define_by_run import DefineByRunSpace
from sksearch.space._distribution import Opaque
from sksearch.space._domain import FloatArray
from sksearch.space._paths import paths
from sksearch.space._placed import DRAWN, MisfitError, Placed
from sksearch.space._recall import recall
from sksearch.space._space import Hyperparameter, Space
from sksearch.space._values import did_you_mean, has_params, short

_MISSING = object()


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
    base, matched = _fill(space, estimator, {}, {})
    found = [base] if matched else []
    for j, h in enumerate(space):
        if isinstance(h.domain, Listed) and (
            h.hidden or any(map(has_params, h.domain.values))
        ):
            for option in h.domain.distinct:
                # Forcing a choice forces the ones above it, too.
                for path in paths(space.hyperparameters, j):
                    row, matched = _fill(space, estimator, {}, {**path, j: option})
                    if matched:
                        found.append(row)
    unique: dict[bytes, FloatArray] = {row.tobytes(): row for row in found}
    return [_placed(space, row) for row in list(unique.values())[:limit]]


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
            row, _ = _fill(space, estimator, given, forced)
        except MisfitError as error:
            # The dict that fits best is the one that was meant.
            problem = error if error.n_fitting > problem.n_fitting else problem
        else:
            return _placed(space, row)
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


def _placed(space: Space, row: FloatArray) -> Placed:
    return Placed(space.decode(row), row)


def _fill(
    space: Space, estimator: Any, given: Mapping[str, Any], forced: Mapping[int, int]
) -> tuple[FloatArray, int]:
    """Return a row, and how many of its entries are settings that somebody chose."""
    row, matched = np.full(len(space), np.nan), 0
    unused = set(given)
    objects = {"": estimator}
    for j, h in enumerate(space):
        if not space.is_active(j, row):
            continue
        domain = h.domain
        value = given.get(h.name, _MISSING)
        if j in forced:
            assert isinstance(domain, Listed)
            row[j] = domain.unit(forced[j])
            matched += 1
            unused.discard(h.name)
        elif isinstance(domain, Opaque) and value is _MISSING:
            row[j] = DRAWN
        elif value is not _MISSING:
            row[j] = _given_unit(h, value, len(given) - len(unused))
            unused.discard(h.name)
        else:
            value = _own_setting(objects, h.name)
            row[j] = _nearest_unit(domain, value)
            matched += value is not _MISSING and domain.contains(value)
        if isinstance(domain, Listed):
            objects[h.name] = domain.from_unit(float(row[j]))
    if unused:
        msg = (
            f"Initial point {short(dict(given))}: {sorted(unused)} does not apply "
            "beside the others."
        )
        raise MisfitError(msg, len(given) - len(unused))
    return space.snap(row[None])[0], matched


def _given_unit(h: Hyperparameter, value: Any, n_fitting: int) -> float:
    """Return where a user's value lies; MisfitError if it does not."""
    if isinstance(h.domain, Opaque):
        return h.domain.place(value)
    if not h.domain.contains(value):
        msg = f"Initial point: {h.name}={short(value)} is not in {short(h.domain)}."
        raise MisfitError(msg, n_fitting)
    return h.domain.to_unit(value)


def _own_setting(objects: Mapping[str, Any], name: str) -> Any:
    """Look a name up in the nearest object: ``clf__C`` in what ``clf`` is set to."""
    prefix, rest = name, ""
    while prefix:
        prefix, _, head = prefix.rpartition("__")
        rest = f"{head}__{rest}" if rest else head
        if prefix in objects:
            holder = objects[prefix]
            return (
                holder.get_params(deep=True).get(rest, _MISSING)
                if has_params(holder)
                else _MISSING
            )
    return _MISSING


def _nearest_unit(domain: Any, value: Any) -> float:
    """Return where a setting lies in a domain, or the centre if it does not."""
    if value is not _MISSING and domain.contains(value):
        return float(domain.to_unit(value))
    if isinstance(domain, Listed):
        # An option of the same type: LogisticRegression(max_iter=500) for the default.
        kinds = [type(v) for v in domain.values]
        if has_params(value) and type(value) in kinds:
            return domain.unit(kinds.index(type(value)))
        return domain.unit(domain.n_values // 2 if domain.ordered else 0)
    return 0.5
