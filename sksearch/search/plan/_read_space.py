"""Reads the space of a search, as the user gave it or ready-made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from sksearch.evaluation import (
    SLOT,
    Estimator,
    as_indices,
    check_clones,
    cloned,
    options_of,
    slotted,
)
from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.knowledge import Data, suggest, without
from sksearch.search.checks import check_estimator_choice, check_there_is_target
from sksearch.search.plan._fit_data import FitData
from sksearch.search.plan._tuned import Tuned
from sksearch.space import (
    Choice,
    DefineByRunSpace,
    Held,
    InPlace,
    LinkedSpace,
    Space,
    as_space,
    check_names,
    did_you_mean,
    has_params,
    names_of,
    native_space,
    short,
    uncovered,
)

#: Types of values that stand in a list of values.
SIMPLE = (int, float, str, type(None))
#: The space that is made for the estimator and the data.
AUTO = "auto"


def read_space(
    estimator: Estimator | Choice,
    specification: object,
    ranges: Mapping[str, Held] | None = None,
    read: Callable[[Any], Space] = as_space,
) -> Tuned:
    """Return the tuned estimator with its space, whose names are checked.

    `ranges` are those that the estimator held; :func:`whole` completes the
    specification.
    """
    specification = whole(InPlace(estimator, dict(ranges or {})), specification)
    base, _ = slotted(estimator)
    base = cloned(base)  # a fitted estimator may refuse other parameters
    space = read(specification)
    check_names(space, base)
    for h in space:
        for value in filter(has_params, getattr(h.domain, "values", ())):
            check_clones(h.name, value)
    return Tuned(estimator, space, base, specification)


def whole(tuned: InPlace, specification: object) -> object:
    """Return a specification, completed by the part of the space in the estimator.

    That part is a `Choice` of estimators, or the ranges that the estimator holds. In a
    list of dicts each dict gets it, except for parameters that the dict sets itself. A
    function is left as it is, and decides about the parameters that it returns.
    """
    if isinstance(tuned.estimator, Choice):
        choice = tuned.estimator
        return _beside({SLOT: choice}, specification, choice)
    if specification is None and not tuned.ranges:
        raise SpaceTypeError(_nothing(tuned.estimator))
    if tuned.ranges and isinstance(specification, Space):
        msg = (
            "The 'param_distributions' parameter is a Space, and the estimator holds "
            f"ranges, too ({', '.join(map(repr, tuned.ranges))}). Give the dict that "
            "the Space was read from."
        )
        raise SpaceTypeError(msg)
    return _beside(tuned.ranges, specification) if tuned.ranges else specification


def _nothing(estimator: Estimator) -> str:
    """Return the message for a search without a space."""
    name = type(estimator).__name__
    found = next(
        (n for n, v in estimator.get_params().items() if hasattr(v, "rvs")), None
    )
    hint = (
        f" {found!r} holds a distribution: instead of it, write Float(low, "
        "high, log=True) or Int(low, high)."
        if found
        else _for_lists(estimator)
    )
    return (
        "The 'param_distributions' parameter is missing, so there is nothing to "
        f"search: no parameter of {name} holds a Float, Int, Categorical or Choice."
        f"{hint} Write param_distributions='auto' for a ready-made space, or "
        f"{_example(estimator)}, for example."
    )


def _for_lists(estimator: Estimator) -> str:
    """Return the line to write if a parameter of the estimator holds a list."""
    for name, value in estimator.get_params().items():
        values = value if isinstance(value, list) and len(value) > 1 else []
        if values and all(isinstance(v, SIMPLE) for v in values):
            return f" {name!r} holds a list: write Categorical({short(value)})."
    return ""


def _example(estimator: Estimator) -> str:
    """Return an example of a space with a parameter of the estimator."""
    names = list(estimator.get_params())
    name = next((n for n in names if n.rpartition("__")[2] in ("C", "alpha")), "name")
    return f"{{{name!r}: [0.1, 1, 10]}}"


def _beside(
    own: Mapping[str, object], specification: object, choice: Choice | None = None
) -> object:
    """Return a specification completed by the hyperparameters in the estimator."""
    specification = {} if specification is None else native_space(specification)
    if isinstance(specification, Mapping):
        if choice is not None:
            specification = _own_estimators(choice, specification)
        return {**uncovered(own, specification), **specification}
    if isinstance(specification, Choice):
        if any(option.sub_space for option in specification.options):
            return specification  # an error, which `as_space` explains
        parts = [_part(own, part, choice) for part in specification.values]
        return Choice(dict(zip(specification.labels, parts, strict=True)))
    if isinstance(specification, Sequence) and not isinstance(specification, str):
        return [_part(own, part, choice) for part in specification]
    if callable(specification) and not isinstance(specification, Space):
        return DefineByRunSpace(specification, beside=_unlinked(as_space(own)))
    return specification


def _part(own: Mapping[str, object], part: object, choice: Choice | None) -> object:
    """Return one of several alternative spaces, completed in the same way."""
    known = isinstance(part, Mapping | Choice | Sequence) and not isinstance(part, str)
    return _beside(own, part, choice) if known else part


def _unlinked(space: Space) -> Space:
    """Return a space; SpaceError if a range is used in several places."""
    if not isinstance(space, LinkedSpace):
        return space
    names = next(names_of(space, j) for j in space.places)
    msg = (
        f"{' and '.join(map(repr, names))} hold one range, which is one hyperparameter."
        " A space that is a function does not support this. Let the function return "
        "both."
    )
    raise SpaceError(msg)


def _own_estimators(
    estimator: Choice, specification: Mapping[str, object]
) -> dict[str, object]:
    """Return a dict with the labels of the choice replaced by its options."""
    given = specification.get(SLOT)
    own = dict(specification)
    if not isinstance(given, list | tuple):
        return own
    options = dict(zip(estimator.labels, estimator.options, strict=True))
    for value in given:
        if isinstance(value, str) and value not in options:
            msg = (
                f"Parameter {SLOT!r}: {value!r} is no option of the Choice that is "
                f"tuned, which has {', '.join(map(repr, options))}."
            )
            raise SpaceError(msg + did_you_mean(value, options))
    if given and all(isinstance(value, str) for value in given):
        own[SLOT] = Choice({label: options[label] for label in given})
    elif given:
        mixed = [options[v] if isinstance(v, str) else v for v in given]
        own[SLOT] = chosen = Choice(mixed)
        check_estimator_choice(chosen)
    return own


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

    A ready-made space leaves out the parameters `held`, which have ranges in the
    estimator, and the `resource`, which the search sets itself. `share` is that of the
    rows on the lowest rung. Raise SpaceError if there is no ready-made space,
    SpaceTypeError for other strings.
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
