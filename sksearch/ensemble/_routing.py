"""Metadata of ``fit``: what goes to the members, the splitter and the scorer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

from sksearch._sklearn import n_rows

Named = Sequence[tuple[str, Any]]


@dataclass(frozen=True)
class Routed:
    """Who gets what.

    Parameters
    ----------
    members : dict of str to dict
        What ``fit`` of each member takes besides.
    split, score : dict
        What the splitter and the scorer take besides.
    row_weights : ndarray or None
        What each row counts when weights are learned.
    """

    members: Mapping[str, Mapping[str, Any]]
    split: Mapping[str, Any]
    score: Mapping[str, Any]
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


def route(owner: Any, members: Named, X: Any, params: Mapping[str, Any]) -> Routed:
    """Distribute what ``fit`` was given besides X and y.

    Without metadata routing, as everywhere in scikit-learn: ``sample_weight`` is for
    all members, ``groups`` for the splitter, and there is nothing else.
    """
    weights = params.get("sample_weight")
    row_weights = None if weights is None else np.asarray(weights, dtype=float)
    if row_weights is not None and row_weights.shape != (n_rows(X),):
        msg = (
            f"sample_weight must have one number for each of the {n_rows(X)} "
            f"samples, got the shape {row_weights.shape}."
        )
        raise ValueError(msg)
    if get_config()["enable_metadata_routing"]:
        routed = process_routing(owner, "fit", **params)
        return Routed(
            {name: routed[name]["fit"] for name, _ in members},
            routed["splitter"]["split"] if "splitter" in routed else {},
            routed["scorer"]["score"] if "scorer" in routed else {},
            row_weights,
        )
    unknown = sorted(set(params) - {"sample_weight", "groups"})
    if unknown:
        msg = (
            f"fit got unexpected arguments {', '.join(map(repr, unknown))}. Without "
            "metadata routing it takes 'sample_weight' and 'groups'; see "
            "sklearn.set_config(enable_metadata_routing=True)."
        )
        raise TypeError(msg)
    own = {} if weights is None else {"sample_weight": weights}
    groups = params.get("groups")
    return Routed(
        {name: own for name, _ in members},
        {} if groups is None else {"groups": groups},
        {},
        row_weights,
    )
