"""warn_without_effect: what a user's class says and no search hears.

Methods that only scikit-learn's own searches call, parts that a constructor makes of
parameters that are set later, and mixins that come too late.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any

from sklearn.base import (
    ClassifierMixin,
    RegressorMixin,
    clone,
    is_classifier,
    is_regressor,
)

from sksearch._warn import warn
from sksearch.evaluation import last_step
from sksearch.space import has_params, same_value
from sksearch.workers import FaultsIgnored

#: Methods that scikit-learn's searches call, and what to do instead.
_INSTEAD = {
    "_run_search": (
        "A sampler proposes the candidates: pass one as sampler=, or list candidates "
        "in initial_points=."
    ),
    "_format_results": (
        "Override fit instead: call super().fit(X, y), then change self.cv_results_."
    ),
}
_MIXINS = (
    (ClassifierMixin, is_classifier, "classifier"),
    (RegressorMixin, is_regressor, "regressor"),
)
#: The most estimators that are looked at; each has other values.
N_LOOKED_AT = 12


def warn_without_effect(
    search: type, users: Collection[Any], likely: Iterable[Any]
) -> None:
    """Warn of what has no effect in the class of a search and in users' estimators."""
    _warn_of_unused_methods(search)
    _warn_of_late_mixins(users)
    _warn_of_made_early(users, likely)


def _warn_of_unused_methods(search: type) -> None:
    """Warn if a subclass overrides what only scikit-learn's own searches call."""
    for name, line in _INSTEAD.items():
        owner = next((kind for kind in search.__mro__ if name in vars(kind)), search)
        if owner.__module__.partition(".")[0] not in ("sklearn", "sksearch"):
            msg = f"{owner.__name__}.{name} is never called by this search. {line}"
            warn(msg, UserWarning)


def _warn_of_late_mixins(users: Iterable[Any]) -> None:
    """Warn if a mixin comes behind BaseEstimator, which hides its tags."""
    for step in {type(step): step for step in map(last_step, users)}.values():
        for mixin, tells, noun in _MIXINS:
            if isinstance(step, mixin) and not tells(step):
                name = type(step).__name__
                msg = (
                    f"{name} has {mixin.__name__} behind BaseEstimator, so that folds "
                    f"and metrics take it for no {noun}. Write class "
                    f"{name}({mixin.__name__}, BaseEstimator)."
                )
                warn(msg, UserWarning)


def _warn_of_made_early(users: Iterable[Any], likely: Iterable[Any]) -> None:
    """Warn if a constructor makes a part of parameters that are set later.

    Such a part, a model for one, keeps its first settings in all candidates. Values are
    set on estimators only if one of the user's has more attributes than parameters.
    """
    found: tuple[str, str] | None = None
    with FaultsIgnored():  # an estimator could not be made: the fits will tell
        if not any(_has_more(part) for user in users for _, part in _parts(user)):
            return
        found = next(_stale(islice(likely, N_LOOKED_AT)), None)
    if found is not None:
        kind, name = found
        msg = (
            f"{kind}.__init__ makes {name!r} of its parameters, but a search sets "
            f"parameters by set_params, which leaves {name!r} as it is: values of the "
            f"space may have no effect. Store the parameters only, and make {name!r} "
            "in fit."
        )
        warn(msg, UserWarning)


def _has_more(estimator: Any) -> bool:
    """Tell whether an estimator has more attributes than parameters."""
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
    """Yield the attributes that two estimators share, but their parameters would not.

    Both have been set as candidates are: a part that is one of the parameters, too,
    has its own values by now, and so have listed estimators.
    """
    made, again, remade = (vars(clone(part)) for part in (one, one, other))
    for name in sorted(made.keys() - one.get_params(deep=False).keys()):
        if not {name} <= again.keys() & remade.keys() & vars(one).keys():
            continue
        # What differs from one call to the next cannot be compared.
        comparable = same_value(made[name], again[name])
        kept = same_value(vars(one)[name], vars(other).get(name))
        if comparable and kept and not same_value(remade[name], made[name]):
            yield type(one).__name__, name
