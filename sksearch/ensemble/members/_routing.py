"""Routing: parameters of ``fit`` for the members, the splitter and the scorer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn import get_config
from sklearn.model_selection import check_cv
from sklearn.utils.metadata_routing import (
    MetadataRouter,
    MethodMapping,
    process_routing,
)

from sksearch._sklearn import BaseSearchCV, n_rows
from sksearch.ensemble.members._kept import kept_params
from sksearch.ensemble.members._valid_members import Named

WEIGHT = "sample_weight"


@dataclass(frozen=True)
class Routed:
    """Parameters of ``fit``, by consumer."""

    members: Mapping[str, Mapping[str, Any]]  # parameters of ``fit`` of each member
    split: Mapping[str, Any]  # split, score: parameters of the splitter and the scorer
    score: Mapping[str, Any]
    # Weight of each row for learning the weights of members.
    row_weights: NDArray[Any] | None


def router_of(owner: Any, members: Named, cv: Any, scorer: Any) -> MetadataRouter:
    """Return the router of an ensemble."""
    to_fit = MethodMapping().add(caller="fit", callee="fit")
    router = MetadataRouter(owner=type(owner).__name__)
    for name, estimator in members:
        if hasattr(estimator, "fit"):
            router.add(**{name: estimator}, method_mapping=to_fit)
    if cv != "prefit":
        to_split = MethodMapping().add(caller="fit", callee="split")
        router.add(splitter=check_cv(cv), method_mapping=to_split)
    if scorer is not None:
        to_score = MethodMapping().add(caller="fit", callee="score")
        router.add(scorer=scorer, method_mapping=to_score)
    return router


def route(
    owner: Any,
    members: Named,
    X: Any,
    params: Mapping[str, Any],
    kept: Sequence[Mapping[str, Any]] | None = None,
) -> Routed:
    """Distribute the parameters of ``fit``.

    Without metadata routing, ``sample_weight`` goes to all members (in pipelines to the
    last step), ``step__parameter`` to members that have the step, and ``groups`` to the
    splitter. `kept` has the fit parameters of each member in its search, if its
    predictions come from there; they complete `params`.
    """
    params = {name: value for name, value in params.items() if value is not None}
    split: Mapping[str, Any] = {}
    score: Mapping[str, Any] = {}
    if not params:  # process_routing would answer any name with empty dicts
        own: dict[str, dict[str, Any]] = {name: {} for name, _ in members}
    elif get_config()["enable_metadata_routing"]:
        routed = process_routing(owner, "fit", **params)
        own = {name: dict(routed[name]["fit"]) for name, _ in members}
        split = routed["splitter"]["split"] if "splitter" in routed else {}
        score = routed["scorer"]["score"] if "scorer" in routed else {}
    else:
        own = _without_routing(members, params, kept)
        if "groups" in params:
            split = {"groups": params["groups"]}
    if kept is not None:
        for (name, _), before in zip(members, kept, strict=True):
            own[name] = kept_params(name, own[name], before)
    weights = row_weights_of(params, own.values(), n_rows(X))
    if not get_config()["enable_metadata_routing"] and weights is not None:
        _check_all_weighted(own, params)
    return Routed(own, split, score, weights)


def _without_routing(
    members: Named,
    params: Mapping[str, Any],
    kept: Sequence[Mapping[str, Any]] | None,
) -> dict[str, dict[str, Any]]:
    """Return the parameters of each member, by their names alone."""
    own: dict[str, dict[str, Any]] = {name: {} for name, _ in members}
    taken = {"groups"}
    for i, (name, estimator) in enumerate(members):
        for key, value in params.items():
            as_in_search = kept is not None and key in kept[i]
            word = key if as_in_search else _word_of(estimator, key)
            if word is not None:
                own[name][word] = value
                taken.add(key)
    unknown = sorted(set(params) - taken)
    if unknown:
        msg = (
            f"fit got unexpected arguments {', '.join(map(repr, unknown))}. Without "
            "metadata routing it takes 'sample_weight' and 'groups', and "
            "'STEP__PARAMETER' for pipelines with that step; see "
            "sklearn.set_config(enable_metadata_routing=True)."
        )
        raise TypeError(msg)
    return own


def _word_of(estimator: Any, key: str) -> str | None:
    """Return the name of a parameter for an estimator; None if it does not apply."""
    inner = _inner(estimator)
    steps = dict(inner.steps) if hasattr(inner, "steps") else {}
    if key == WEIGHT and steps:
        last = list(steps)[-1]
        return f"{last}__{_word_of(steps[last], key)}"
    if key == WEIGHT:
        return key
    step, found, _ = key.partition("__")
    return key if found and step in steps else None


def _inner(estimator: Any) -> Any:
    """Return the inner estimator that gets the parameters of ``fit``."""
    while True:
        if isinstance(estimator, BaseSearchCV):
            estimator = estimator.estimator
        elif hasattr(estimator, "regressor"):  # as TransformedTargetRegressor
            estimator = estimator.regressor
        else:
            return estimator


def _is_weight(key: str) -> bool:
    """Tell whether a parameter is a weight of samples."""
    return key == WEIGHT or key.endswith(f"__{WEIGHT}")


def row_weights_of(
    params: Mapping[str, Any], own: Iterable[Mapping[str, Any]], n: int
) -> NDArray[Any] | None:
    """Return the weights of rows: from ``fit``, or from the first member with some."""
    found = [params[WEIGHT]] if WEIGHT in params else []
    found += [v for given in own for k, v in given.items() if _is_weight(k)]
    if not found:
        return None
    weights = np.asarray(found[0], dtype=float)
    if weights.shape != (n,):
        msg = (
            f"sample_weight must have one number for each of the {n} "
            f"samples, got the shape {weights.shape}."
        )
        raise ValueError(msg)
    return weights


def _check_all_weighted(
    own: Mapping[str, Mapping[str, Any]], params: Mapping[str, Any]
) -> None:
    """Raise TypeError if some members would be fitted without weights."""
    without = [name for name, given in own.items() if not any(map(_is_weight, given))]
    keys = ", ".join(repr(key) for key in params if _is_weight(key))
    if without and not keys:
        msg = (
            f"The members {', '.join(map(repr, without))} had no weights of samples in "
            "their search, the others had some. Give all searches the same ones."
        )
        raise TypeError(msg)
    if without:
        msg = (
            f"{keys} is not for the members {', '.join(map(repr, without))}, which "
            "have no such step and would be fitted without weights. Give "
            "'sample_weight' instead: of pipelines the last step gets it."
        )
        raise TypeError(msg)
