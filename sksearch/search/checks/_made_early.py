"""warn_of_made_early: estimators on which set parameters have no effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sklearn.base import clone

from sksearch._warn import warn
from sksearch.search._tuned import Tuned, options_of
from sksearch.search.checks._likely import likely_estimators
from sksearch.space import DefineByRunSpace, has_params, same_value
from sksearch.workers import FaultsIgnored

#: At most so many estimators are looked at; each has other values.
N_LOOKED_AT = 12
#: At most so many values of a list.
N_VALUES = 64


def warn_of_made_early(tuned: Tuned) -> None:
    """Warn if a constructor makes a part of parameters that are set later.

    Such a part, a model for one, keeps its first settings in all candidates. Values are
    set on estimators only if one of the user's has more attributes than parameters.

    Parameters
    ----------
    tuned : Tuned
        The estimator and its space.
    """
    found: tuple[str, str] | None = None
    with FaultsIgnored():  # an estimator could not be made: the fits will tell
        parts = (part for given in _given(tuned) for _, part in _parts(given))
        if any(map(_has_more, parts)):
            several = islice(likely_estimators(tuned), N_LOOKED_AT)
            found = next(_stale(several), None)
    if found is not None:
        kind, name = found
        msg = (
            f"{kind}.__init__ makes {name!r} of its parameters, but a search sets "
            f"parameters by set_params, which leaves {name!r} as it is: values of the "
            f"space may have no effect. Store the parameters only, and make {name!r} "
            "in fit."
        )
        warn(msg, UserWarning)


def _given(tuned: Tuned) -> Iterator[Any]:
    """Yield the estimators of the user, also those that are values of the space."""
    yield from options_of(tuned.estimator)
    if not isinstance(tuned.space, DefineByRunSpace):
        for h in tuned.space:
            yield from filter(has_params, getattr(h.domain, "values", ())[:N_VALUES])


def _has_more(estimator: Any) -> bool:
    """Tell whether an estimator has attributes that are no parameters."""
    return not vars(estimator).keys() <= estimator.get_params(deep=False).keys()


def _stale(estimators: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Yield a class and an attribute that new parameters do not change."""
    before: dict[tuple[str, type], Any] = {}
    for estimator in estimators:
        for path, part in _parts(estimator):
            key = path, type(part)
            if key in before:
                yield from _kept(before[key], part)
            if _has_more(part):
                before[key] = part


def _parts(estimator: Any) -> Iterator[tuple[str, Any]]:
    """Yield all estimators in one that are not scikit-learn's, with their names."""
    for name, part in ("", estimator), *estimator.get_params().items():
        if has_params(part) and not type(part).__module__.startswith("sklearn."):
            yield name, part


def _kept(one: Any, other: Any) -> Iterator[tuple[str, str]]:
    """Yield the attributes of one that the parameters of the other do not change."""
    made, again, remade = (vars(clone(part)) for part in (one, one, other))
    moved = clone(one)
    moved.set_params(**other.get_params(deep=False))
    for name in sorted(made.keys() - one.get_params(deep=False).keys()):
        if not {name} <= again.keys() & remade.keys() & vars(moved).keys():
            continue
        # What differs from one call to the next cannot be compared.
        comparable = same_value(made[name], again[name])
        kept = same_value(vars(moved)[name], made[name])
        if comparable and kept and not same_value(remade[name], made[name]):
            yield type(one).__name__, name
