"""What candidates of a halving search get more of, and whether they can."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from sklearn.base import is_classifier

from sksearch._sklearn import n_rows, to_numpy
from sksearch.evaluation import Epochs, Folds, Parameter, Resource, nested_samples
from sksearch.exceptions import ResourceError, SpaceError
from sksearch.search._rows import codes_of, goes_forward, labels_of
from sksearch.search._space import with_slot
from sksearch.space import Choice, DefineByRunSpace, Space, as_space, check_names

#: The resource that is a number of rows.
SAMPLES = "n_samples"
#: The one that is a number of passes over them. A parameter of that name goes first.
EPOCHS = "epochs"


def read_resource(
    search: Any, folds: Folds, X: Any, y: Any, groups: Any, rng: np.random.Generator
) -> Resource:
    """Return the resource that a search names, as has been checked.

    Parameters
    ----------
    search : HalvingSearchCV
        The search.
    folds : Folds
        The whole folds.
    X, y, groups : array-like
        The data; None for groups that there are none of.
    rng : Generator
        Chooses rows.
    """
    if search.resource == SAMPLES:
        return nested_samples(
            folds,
            n_rows(X),
            rng,
            labels=labels_of(search, y),
            groups=None if groups is None else codes_of(groups),
            in_order=goes_forward(search._checked_cv_orig, folds),
        )
    if counts_epochs(search.resource, search.estimator):
        _check_no_members(search)
        known = y is not None and is_classifier(search)
        classes = np.unique(to_numpy(y)) if known else None
        return Epochs(classes, goes_on=search.continue_fits)
    return Parameter(search.resource, goes_on=search.continue_fits)


def _check_no_members(search: Any) -> None:
    """Raise ResourceError if predictions are wanted of what no ensemble can fit."""
    if search.return_oof:
        msg = (
            "Cannot use return_oof with resource='epochs': an ensemble fits its "
            "members by fit, which does not know how many epochs they had. Use a "
            "parameter of the estimator as the resource, or return_oof=False."
        )
        raise ResourceError(msg)


def check_resource(
    name: str, estimator: Any, specification: Any, space: Space, base: Any
) -> None:
    """Raise ResourceError if a parameter cannot be the resource of a search.

    Parameters
    ----------
    name : str
        The parameter.
    estimator, specification : object
        The estimator and the space, as the user gave them.
    space : Space
        The space as it was read.
    base : estimator
        What its configurations are set on.
    """
    returned = space.examples if isinstance(space, DefineByRunSpace) else []
    if any(h.name == name for h in space) or any(name in found for found in returned):
        msg = (
            f"Cannot use parameter {name} as the resource since it is part of the "
            "searched parameters."
        )
        raise ResourceError(msg)
    # The names of the space are checked option by option. So is this one, beside them.
    try:
        more = as_space(_with(name, estimator, specification))
        check_names(more, base, advise=False)
    except SpaceError as error:
        chosen = "Choice" if isinstance(estimator, Choice) else type(estimator).__name__
        msg = (
            f"Cannot use resource={name} which is not supported by estimator "
            f"{chosen}. {error}"
        )
        raise ResourceError(msg) from None


def _with(name: str, estimator: Any, specification: Any) -> Any:
    """Return a specification with one more name, where it can take one."""
    more: Any = {name: [1]}
    if isinstance(specification, Mapping):
        more = {**specification, **more}
    elif isinstance(specification, list):
        more = [{**part, **more} for part in specification]
    return with_slot(estimator, more) if isinstance(estimator, Choice) else more


def counts_epochs(name: str, estimator: Any) -> bool:
    """Tell whether a resource is the number of calls of ``partial_fit``.

    Parameters
    ----------
    name : str
        The resource.
    estimator : estimator or Choice
        What is tuned.

    Raises
    ------
    ResourceError
        If it would be, and there is no ``partial_fit``.
    """
    options = estimator.values if isinstance(estimator, Choice) else (estimator,)
    if name != EPOCHS or any(name in option.get_params() for option in options):
        return False
    for option in options:
        if not hasattr(option, "partial_fit"):
            msg = (
                f"Cannot use resource={name} which is not supported by estimator "
                f"{type(option).__name__}: it has no partial_fit."
            )
            raise ResourceError(msg)
    return True
