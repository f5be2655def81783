"""Other splits of the same data: the same splitter with another random state."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from sksearch.evaluation.folds._folds import Folds, make_folds


def can_redraw(cv: Any) -> bool:
    """Tell whether a splitter draws its folds at random, so that it can draw others."""
    return "random_state" in inspect.signature(type(cv).__init__).parameters


@dataclass(frozen=True, eq=False)
class Redrawing:
    """Draws other splits, identified by numbers."""

    # A splitter with a `random_state`, see :func:`can_redraw`. It is set to shuffle.
    cv: Any
    # Other arguments of ``cv.split``, such as ``groups``.
    split_params: Mapping[str, Any]
    seed: int  # source of all splits

    def folds(self, number: int, X: Any, y: Any) -> Folds:
        """Return the splits with a number, the same each time."""
        fresh = copy.copy(self.cv)
        fresh.random_state = nth_seed(self.seed, number)
        if "shuffle" in inspect.signature(type(fresh).__init__).parameters:
            fresh.shuffle = True
        return make_folds(fresh, X, y, self.split_params)


def nth_seed(seed: int, number: int) -> int:
    """Return the seed with a number, in the range that scikit-learn accepts."""
    return int(np.random.SeedSequence([seed, number]).generate_state(1)[0])
