"""warn_of_misjudging: scorers that return numbers, but prefer the wrong candidates."""

from __future__ import annotations

import math
import warnings
from collections.abc import Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sksearch._sklearn import ScorerParts, parts_of_scorer, to_numpy
from sksearch._warn import warn
from sksearch.evaluation import Folds
from sksearch.search.checks._computable import kind_of, perfect
from sksearch.search.checks._scorers import Scorer
from sksearch.search.checks._scoring_names import usual_scorers

#: The most rows that are judged; a user's metric may be slow.
N_ROWS = 200
#: Losses below this are errors of rounding.
NOTHING = 1e-9


def warn_of_misjudging(
    name: str,
    scorer: Scorer,
    y: Any,
    folds: Folds,
    params: Collection[str] = (),
    *,
    classify: bool,
) -> None:
    """Warn of a scorer that makes the worst candidate win, or is told too little.

    The first is a loss without ``greater_is_better=False``, the second a metric of
    probabilities that is given predicted classes. A user's metric is called in the fits
    only if scorers have further arguments, `params`: it may need them.
    """
    parts = parts_of_scorer(scorer)
    if parts is None:
        return
    usual = usual_scorers().get(parts.function)
    if usual is None:
        if not params:
            _warn_of_loss(name, parts, to_numpy(y), folds, classify=classify)
    elif usual.sign != parts.sign:
        better = "less" if usual.sign < 0 else "more"
        msg = (
            f"scoring={name} makes the worst candidate win: {better} is better by this "
            f"metric. Write scoring={usual.scorer!r}."
        )
        warn(msg, UserWarning)
    elif classify and parts.methods == ("predict",) and "predict" not in usual.methods:
        msg = (
            f"scoring={name} judges by predicted classes, and the metric is one of "
            f"probabilities or decisions. Write scoring={usual.scorer!r}."
        )
        warn(msg, UserWarning)


def _warn_of_loss(
    name: str, parts: ScorerParts, y: NDArray[Any], folds: Folds, *, classify: bool
) -> None:
    """Warn if a metric is 0 for perfect predictions, and greater for a constant."""
    kind = kind_of(y, classify=classify) if y.ndim == 1 else ""
    if parts.sign < 0 or not kind:
        return
    train, test = folds[0]
    truth = y[test]
    truth = truth[:: -(-len(truth) // N_ROWS)]
    right = truth if kind == "numbers" else perfect(parts, y[train], truth, kind)
    same = _constant(right, labels=kind == "classes" and right.ndim == truth.ndim)
    values = [_value(parts, truth, predicted) for predicted in (right, same)]
    if abs(values[0]) < NOTHING < values[1]:
        function = getattr(parts.function, "__name__", "metric")
        msg = (
            f"scoring={name} makes the worst candidate win: it is 0 for perfect "
            f"predictions and {values[1]:.3g} for a constant one, so less is better. "
            f"Write make_scorer({function}, greater_is_better=False)."
        )
        warn(msg, UserWarning)


def _constant(right: NDArray[Any], *, labels: bool) -> NDArray[Any]:
    """Return predictions that are the same for all rows: the mean, or one label."""
    same = right[0] if labels else right.mean(axis=0)
    return np.broadcast_to(same, right.shape).copy()


def _value(parts: ScorerParts, y: NDArray[Any], predicted: NDArray[Any]) -> float:
    """Return the value of a metric; NaN if it has none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = float(parts.function(y, predicted, **parts.settings))
    except Exception:  # noqa: BLE001 - of the user's function: the fits will tell
        return math.nan
    return value
