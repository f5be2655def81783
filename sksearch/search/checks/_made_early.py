"""warn_of_made_early: estimators on which set parameters have no effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from typing import Any

from sklearn.base import clone

from sksearch._warn import warn
from sksearch.space import has_params, same_value
from sksearch.workers import FaultsIgnored

#: So many estimators are looked at; each has other values.
N_LOOKED_AT = 6


def warn_of_made_early(users: Iterable[Any], likely: Iterable[Any]) -> None:
    """Warn if a constructor makes a part of parameters that are set later.

    Such a part, a model for one, keeps its first settings in all candidates.

    Parameters
    ----------
    users : iterable of estimator
        The user's own estimators.
    likely : iterable of estimator
        Unfitted estimators, on which values of the space were set. None is made if
        the constructors make nothing.
    """
    found: tuple[str, str] | None = None
    with FaultsIgnored():  # an estimator could not be made: the fits will tell
        if not any(map(_made_by_constructor, users)):
            return
        several = [_parts(estimator) for estimator in islice(likely, N_LOOKED_AT)]
        found = next((f for pair in pairwise(several) for f in _stale(*pair)), None)
    if found is not None:
        kind, name = found
        msg = (
            f"{kind}.__init__ makes {name!r} of its parameters, but a search sets "
            f"parameters by set_params, which leaves {name!r} as it is: values of the "
            f"space may have no effect. Store the parameters only, and make {name!r} "
            "in fit."
        )
        warn(msg, UserWarning)


def _made_by_constructor(estimator: Any) -> bool:
    """Tell whether an estimator, or one inside it, has more than its parameters."""
    return any(
        vars(part).keys() - part.get_params(deep=False).keys()
        for part in _parts(estimator).values()
    )


def _parts(estimator: Any) -> dict[str, Any]:
    """Return an estimator and all estimators among its parameters, by their names."""
    inner = estimator.get_params()
    return {"": estimator, **{k: v for k, v in inner.items() if has_params(v)}}


def _stale(some: dict[str, Any], others: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield a class and an attribute that new parameters do not change."""
    for path, one in some.items():
        other = others.get(path)
        parameters = one.get_params(deep=False)
        own = vars(one).keys() - parameters.keys()
        if other is None or not own or type(one) is not type(other):
            continue
        made, again, remade = (vars(clone(part)) for part in (one, one, other))
        moved = clone(one)
        moved.set_params(**other.get_params(deep=False))
        for name in sorted(own & made.keys() & remade.keys() & vars(moved).keys()):
            # What differs from one call to the next cannot be compared.
            comparable = same_value(made[name], again[name])
            kept = same_value(vars(moved)[name], made[name])
            if comparable and kept and not same_value(remade[name], made[name]):
                yield type(one).__name__, name
