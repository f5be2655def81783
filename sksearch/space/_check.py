"""Checking the names of a space against an estimator, option by option."""

from __future__ import annotations

from typing import Any

from sksearch.exceptions import SpaceError
from sksearch.space._categorical import Listed
from sksearch.space._choice import Choice
from sksearch.space._define_by_run import DefineByRunSpace
from sksearch.space._domain import Domain
from sksearch.space._paths import can_meet, paths
from sksearch.space._space import Space
from sksearch.space._unfitted import unfitted
from sksearch.space._values import did_you_mean, has_params, short


def check_names(space: Space, estimator: Any) -> None:
    """Raise SpaceError if a hyperparameter of `space` is none of the estimator's.

    A hyperparameter below an estimator that the space itself chooses (``clf__C`` below
    ``clf``) is looked up in that estimator.

    Parameters
    ----------
    space : Space
        The space to check.
    estimator : estimator
        What the configurations will be set on.
    """
    if isinstance(space, DefineByRunSpace):
        _check_examples(space, estimator)
        return
    for j, h in enumerate(space):
        if h.hidden:
            continue
        holder = _holder(space, j)
        if holder is None:
            if not _takes(estimator, h.name, h.domain):
                raise SpaceError(_message(h.name, _under(space, j), estimator, ""))
            continue
        parent, options = holder
        prefix = space.hyperparameters[parent].name
        for label, value in options:
            if not _takes(value, h.name[len(prefix) + 2 :], h.domain):
                where = f" in option {label!r} of {prefix!r}"
                raise SpaceError(_message(h.name, where, value, f"{prefix}__"))


def _check_examples(space: DefineByRunSpace, estimator: Any) -> None:
    """Raise SpaceError if an estimator refuses what a define-by-run space returns."""
    for configuration in space.examples:
        trial = unfitted(estimator)
        for name, value in sorted(configuration.items(), key=lambda item: len(item[0])):
            try:
                trial.set_params(**{name: unfitted(value)})
            except Exception:  # noqa: BLE001 - whatever it raises, it refuses the name
                where = " returned by the define-by-run space"
                raise SpaceError(_message(name, where, trial, "")) from None


def _takes(value: Any, name: str, domain: Domain) -> bool:
    """Tell whether an object has a parameter, listed or not."""
    if not has_params(value):
        return False
    if name in value.get_params(deep=True):
        return True
    try:
        # Some estimators take more names than they list: ask a copy.
        unfitted(value).set_params(**{name: domain.from_unit(0.5)})
    except Exception:  # noqa: BLE001 - whatever it raises, it refuses the name
        return False
    return True


def _holder(space: Space, j: int) -> tuple[int, list[tuple[str, Any]]] | None:
    """Return the nearest hyperparameter that sets the object `j` belongs to.

    With it come the values it may have beside `j`, each with its label.
    """
    axes, name = space.hyperparameters, space.hyperparameters[j].name
    above = [
        i
        for i, other in enumerate(axes)
        if isinstance(other.domain, Listed)
        and name.startswith(f"{other.name}__")
        and can_meet(axes, i, j)
    ]
    if not above:
        return None
    parent = max(above, key=lambda i: len(axes[i].name))
    domain = axes[parent].domain
    assert isinstance(domain, Listed)
    labels = (
        domain.labels
        if isinstance(domain, Choice)
        else [short(v) for v in domain.values]
    )
    return parent, [
        (labels[option], value)
        for option, value in enumerate(domain.values)
        if any(path.get(parent, option) == option for path in paths(axes, j))
    ]


def _under(space: Space, j: int) -> str:
    """Return `` in option 'poly' of 'kernel'`` for a hyperparameter below an option."""
    for condition in space.hyperparameters[j].conditions:
        parent = space.hyperparameters[condition.parent]
        if isinstance(parent.domain, Choice):
            return (
                f" in option {parent.domain.labels[condition.option]!r} of "
                f"{parent.name!r}"
            )
    return ""


def _message(name: str, where: str, value: Any, prefix: str) -> str:
    if not has_params(value):
        return (
            f"Parameter {name!r}{where}: {short(value)} has no parameters of its own. "
            "To search them for some options only, use Choice and Option."
        )
    names = [prefix + v for v in value.get_params(deep=True)]
    few = ", ".join(repr(v) for v in names if "__" not in v[len(prefix) :])
    hint = did_you_mean(name, names) or f" It has: {few}."
    return (
        f"Parameter {name!r}{where} is not a parameter of {type(value).__name__}.{hint}"
    )
