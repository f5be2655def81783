"""learn_usable: weights of the members that can be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sksearch.ensemble.learning._learn import Learned, Stack, learn
from sksearch.ensemble.learning._usable import method_for, usable_members
from sksearch.ensemble.learning._weights_given import given_weights


def learn_usable(
    stack: Stack,
    names: Sequence[str],
    unusable: Mapping[int, str],
    rng: np.random.Generator,
    *,
    method: str,
    most: int | None,
    weights: Any,
    estimators: Sequence[tuple[str, Any]],
) -> tuple[Learned, NDArray[np.bool_]]:
    """Return the learned weights of the usable members, and which members these are."""
    method = method if weights is None else "uniform"
    usable = usable_members(stack, names, unusable, method)
    learned = learn(
        method_for(method, stack),
        stack.of_members(usable),
        rng,
        most=most,
        given=given_weights(weights, estimators, usable),
    )
    return learned.among(usable), usable
