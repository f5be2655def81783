"""Reading the space of a search, after all checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sksearch.exceptions import SpaceError
from sksearch.search._tuned import SLOT, Estimator, Tuned, cloned, slotted
from sksearch.search.checks import check_estimator_choice
from sksearch.space import (
    Choice,
    DefineByRunSpace,
    Space,
    as_space,
    check_names,
    did_you_mean,
)


def read_space(
    estimator: Estimator | Choice,
    specification: object,
    read: Callable[[Any], Space] = as_space,
) -> Tuned:
    """Return what is tuned, with the space, whose names are checked.

    Parameters
    ----------
    estimator : estimator or Choice
        What is tuned.
    specification : object
        What `as_space` takes; None will do where `estimator` is a `Choice`.
    read : callable, default=as_space
        How to read it.
    """
    if isinstance(estimator, Choice):
        specification = with_choice(estimator, specification)
    base, _ = slotted(estimator)
    base = cloned(base)  # one that was fitted may refuse other parameters
    space = read(specification)
    check_names(space, base)
    return Tuned(estimator, space, base, specification)


def with_choice(estimator: Choice, specification: object) -> object:
    """Return a specification with a choice between estimators beside what it has.

    Of several dicts that compete each gets the choice, unless it names estimators of
    its own. A function is run as it is, and the choice is made where it makes none.

    Parameters
    ----------
    estimator : Choice
        Between estimators.
    specification : object
        What `as_space` takes, or None.
    """
    if specification is None:
        specification = {}
    if isinstance(specification, Mapping):
        return {SLOT: estimator, **_own_estimators(estimator, specification)}
    if isinstance(specification, Choice):
        if any(option.sub_space for option in specification.options):
            return specification  # an error, which `as_space` explains
        parts = [_part(estimator, part) for part in specification.values]
        return Choice(dict(zip(specification.labels, parts, strict=True)))
    if isinstance(specification, Sequence) and not isinstance(specification, str):
        return [_part(estimator, part) for part in specification]
    if callable(specification) and not isinstance(specification, Space):
        return DefineByRunSpace(specification, beside=as_space({SLOT: estimator}))
    return specification


def _part(estimator: Choice, part: object) -> object:
    """Return one of several spaces that compete, with the choice."""
    known = isinstance(part, Mapping | Choice | Sequence) and not isinstance(part, str)
    return with_choice(estimator, part) if known else part


def _own_estimators(
    estimator: Choice, specification: Mapping[str, object]
) -> dict[str, object]:
    """Return a dict in which labels of the choice are replaced by its options."""
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
