"""The resource of a halving search, and its checks."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sksearch.evaluation import (
    COUNTS,
    Epochs,
    Estimator,
    Parameter,
    Resource,
    nested_samples,
    options_of,
)
from sksearch.exceptions import ResourceError, SpaceError
from sksearch.search.halving._halving_parameters import HalvingParameters
from sksearch.search.plan import EPOCHS, FitData, Tuned, whole
from sksearch.space import (
    Choice,
    DefineByRunSpace,
    InPlace,
    all_names,
    as_space,
    check_names,
    did_you_mean,
)


def read_resource(
    asked: HalvingParameters,
    tuned: Tuned,
    data: FitData,
    rng: np.random.Generator,
    *,
    return_oof: bool = False,
) -> Resource:
    """Return the resource of a search, whose parameters have been checked."""
    if not asked.set_by_us:
        return nested_samples(
            data.folds,
            data.n_rows,
            rng,
            labels=data.labels,
            groups=data.groups,
            in_order=data.in_order,
        )
    if counts_epochs(asked.resource, tuned.estimator):
        if return_oof:
            msg = (
                "Cannot use return_oof with resource='epochs': an ensemble fits its "
                "members by fit, which does not know how many epochs they had. Use a "
                "parameter of the estimator as the resource, or return_oof=False."
            )
            raise ResourceError(msg)
        classes = None if data.target is None else np.unique(data.target)
        return Epochs(classes, goes_on=asked.continue_fits)
    return Parameter(asked.resource, goes_on=asked.continue_fits)


def check_resource(name: str, tuned: Tuned, given: object) -> None:
    """Raise ResourceError if a parameter cannot be the resource of a search."""
    estimator, space = tuned.estimator, tuned.space
    returned = space.examples if isinstance(space, DefineByRunSpace) else []
    if name in all_names(space) or any(name in found for found in returned):
        msg = (
            f"Cannot use parameter {name} as the resource since it is part of the "
            "searched parameters. Leave it out of the space."
        )
        raise ResourceError(msg)
    # Check the name together with those of the space, option by option.
    try:
        more = as_space(_with(name, estimator, given))
        check_names(more, tuned.base, advise=False)
    except SpaceError as error:
        chosen = "Choice" if isinstance(estimator, Choice) else type(estimator).__name__
        msg = (
            f"Cannot use resource={name} which is not supported by estimator "
            f"{chosen}.{did_you_mean(name, ('n_samples', EPOCHS)) or f' {error}'}"
        )
        raise ResourceError(msg) from None


def _with(name: str, estimator: Estimator | Choice, specification: object) -> object:
    """Return a specification with one more name, if it is a dict or a list of dicts."""
    more: object = {name: [1]}
    if isinstance(specification, Mapping):
        more = {**specification, name: [1]}
    elif isinstance(specification, list):
        more = [{**part, name: [1]} for part in specification]
    return whole(InPlace(estimator, {}), more)


def counts_epochs(name: str, estimator: Estimator | Choice) -> bool:
    """Tell whether a resource is the number of calls of ``partial_fit``.

    Raise ResourceError if it is, but an estimator has no ``partial_fit``.
    """
    options = options_of(estimator)
    if name != EPOCHS or any(name in option.get_params() for option in options):
        return False
    for option in options:
        if not hasattr(option, "partial_fit"):
            counts = [n for n in option.get_params() if n.split("__")[-1] in COUNTS]
            others = ", or ".join(
                f"resource={name!r}" for name in ("n_samples", *counts[:2])
            )
            msg = (
                f"Cannot use resource={name} which is not supported by estimator "
                f"{type(option).__name__}: it has no partial_fit. Write {others}."
            )
            raise ResourceError(msg)
    return True
