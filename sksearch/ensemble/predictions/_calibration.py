"""Calibration: from decision values and votes to probabilities.

An average of classifiers needs probabilities. The calibration of a member is learned
out of fold. It has one or two parameters: for decision values a slope (and, for two
classes, a shift) as in Platt, "Probabilistic outputs for support vector machines",
1999; for votes their accuracy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

from sksearch.space import FloatArray

#: Logarithm of the least probability, as in `weights/_losses.py`, so that no single row
#: dominates the loss.
LOWEST = float(np.log(1e-15))


class Calibration(Protocol):
    """Converts decision values or votes of a classifier to probabilities.

    -inf means a class that the classifier does not know, with probability 0.
    """

    def __call__(self, values: FloatArray) -> FloatArray:
        """Return an array of shape (n_samples, n_classes)."""


@dataclass(frozen=True)
class Slope:
    """Softmax of scaled decision values; with two classes, the second is shifted."""

    slope: float
    shift: float = 0.0

    def __call__(self, values: FloatArray) -> FloatArray:
        """Return probabilities."""
        return np.asarray(softmax(_logits(values, self.slope, self.shift), axis=1))


@dataclass(frozen=True)
class Votes:
    """The predicted class has the accuracy out of fold as its probability."""

    accuracy: float

    def __call__(self, values: FloatArray) -> FloatArray:
        """Return probabilities for votes that are 0 or 1."""
        seen = np.isfinite(values)
        others = np.sum(seen, axis=1, keepdims=True) - 1
        wrong = (1 - self.accuracy) / np.maximum(others, 1)
        chances = np.where(values > 0, self.accuracy, np.where(seen, wrong, 0.0))
        return np.asarray(np.where(seen & (others == 0), 1.0, chances))


@dataclass(frozen=True)
class AsTheyAre:
    """The identity, for values that are probabilities already."""

    def __call__(self, values: FloatArray) -> FloatArray:
        """Return the values unchanged."""
        return values


def _logits(values: FloatArray, slope: float, shift: float) -> FloatArray:
    """Return logits, with one column per class."""
    if values.ndim == 1:  # of two classes, the value belongs to the second
        return np.column_stack([np.zeros(len(values)), slope * values + shift])
    return np.where(np.isneginf(values), -np.inf, slope * values)


def fit_slope(values: FloatArray, codes: NDArray[Any], row_weights: Any) -> Slope:
    """Fit slope and shift by the log-loss, with a prior that counts as one row.

    The parameters are the logarithm of the slope, in standard deviations of the values,
    and the shift; the prior of both is a standard normal distribution.
    """
    values = np.asarray(values, dtype=float)
    scale = _spread(values)
    binary = values.ndim == 1
    rows = np.arange(len(codes))
    total = np.sum(row_weights)

    def loss(theta: FloatArray) -> float:
        logs = log_softmax(
            _logits(values, np.exp(theta[0]) / scale, theta[1] if binary else 0.0),
            axis=1,
        )
        own = -row_weights @ np.maximum(logs[rows, codes], LOWEST) / total
        return float(own + 0.5 * theta @ theta / len(codes))

    found = minimize(loss, np.zeros(1 + binary), method="BFGS", options={"gtol": 1e-5})
    slope = float(np.exp(found.x[0]) / scale)
    return Slope(slope, float(found.x[1]) if binary else 0.0)


def _spread(values: FloatArray) -> float:
    """Return the standard deviation, without overflow; 1 if it is 0."""
    values = values[np.isfinite(values)]
    largest = float(np.abs(values).max(initial=0)) or 1.0
    return float(np.std(values / largest)) * largest or 1.0


def fit_votes(votes: FloatArray, codes: NDArray[Any], row_weights: Any) -> Votes:
    """Return the accuracy of votes, smoothed by one right vote among one per class."""
    n_classes = votes.shape[1]
    right = votes[np.arange(len(codes)), codes] > 0
    share = row_weights / np.sum(row_weights) * len(codes)
    return Votes(float((share @ right + 1) / (len(codes) + n_classes)))
