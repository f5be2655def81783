r"""The two convex losses of a weighted average: values and derivatives.

Notation:

- n: number of out-of-fold predictions (times outputs); m: number of members
- w: weights of the members, :math:`w \ge 0` with sum 1, shape (m,)
- P: each member's probability of the true class, shape (n, m)
- R: residuals, each member's prediction minus the truth, shape (n, m)
- v: weights of the rows, with sum 1, shape (n,)

Log-loss is -Σ v log(P w), squared error is wᵀ G w with the Gram matrix
G = Rᵀ diag(v) R.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from sksearch.space import FloatArray

#: The least probability, so that no single row dominates the loss. scikit-learn's
#: ``log_loss`` had this value until 1.2.
EPSILON = 1e-15


class Convex(Protocol):
    """A convex function of the weights, with its derivatives; lower is better."""

    @property
    def n_members(self) -> int:
        """Number of weights."""

    def value(self, weights: FloatArray) -> float:
        """Return the value for some weights."""

    def gradient(self, weights: FloatArray) -> FloatArray:
        """Return the derivatives by the weights."""

    def hessian(self, weights: FloatArray) -> FloatArray:
        """Return the second derivatives by the weights."""


class Loss(Convex, Protocol):
    """The loss of a weighted average, as a mean over rows."""

    row_weights: FloatArray

    @property
    def unit(self) -> float:
        """The unit of the strength of pulls."""

    def values(self, weights: FloatArray) -> FloatArray:
        """Return the loss of each row of `weights`."""

    def member_losses(self) -> FloatArray:
        """Return the loss of each member alone, row by row: shape (n, m)."""


def _normalised(row_weights: FloatArray | None, n: int) -> FloatArray:
    """Return weights of the rows with sum 1, equal by default."""
    if row_weights is None:
        return np.full(n, 1 / n)
    return np.asarray(row_weights, dtype=float) / np.sum(row_weights)


class LogLoss:
    """Log-loss of averaged probabilities.

    `probabilities`, (n, m), are those of the true class, a column for each member. By
    default rows weigh the same.
    """

    def __init__(
        self, probabilities: FloatArray, row_weights: FloatArray | None = None
    ) -> None:
        self.P = np.clip(np.asarray(probabilities, dtype=float), EPSILON, 1)
        self.row_weights: FloatArray = _normalised(row_weights, len(self.P))

    @property
    def n_members(self) -> int:
        """Number of weights."""
        return int(self.P.shape[1])

    @property
    def unit(self) -> float:
        """1: log-loss has no unit."""
        return 1.0

    def value(self, weights: FloatArray) -> float:
        """Return the loss of some weights."""
        return float(-self.row_weights @ np.log(self.P @ weights))

    def values(self, weights: FloatArray) -> FloatArray:
        """Return the loss of each row of `weights`."""
        return np.asarray(-self.row_weights @ np.log(self.P @ weights.T))

    def gradient(self, weights: FloatArray) -> FloatArray:
        """Return the derivatives by the weights."""
        return np.asarray(-self.P.T @ (self.row_weights / (self.P @ weights)))

    def hessian(self, weights: FloatArray) -> FloatArray:
        """Return the second derivatives by the weights."""
        ratio = self.P / (self.P @ weights)[:, None]
        return np.asarray(ratio.T @ (self.row_weights[:, None] * ratio))

    def member_losses(self) -> FloatArray:
        """Return the loss of each member alone, row by row: shape (n, m)."""
        return np.asarray(-np.log(self.P))


class SquaredError:
    """Mean squared error of averaged predictions.

    `residuals`, (n, m), are predictions minus the truth, a column for each member. By
    default rows weigh the same.
    """

    def __init__(
        self, residuals: FloatArray, row_weights: FloatArray | None = None
    ) -> None:
        self.R = np.asarray(residuals, dtype=float)
        self.row_weights: FloatArray = _normalised(row_weights, len(self.R))
        self.gram: FloatArray = self.R.T @ (self.row_weights[:, None] * self.R)

    @property
    def n_members(self) -> int:
        """Number of weights."""
        return int(self.R.shape[1])

    @property
    def unit(self) -> float:
        """The error of the best member."""
        return float(np.diag(self.gram).min())

    def value(self, weights: FloatArray) -> float:
        """Return the loss of some weights."""
        return float(weights @ self.gram @ weights)

    def values(self, weights: FloatArray) -> FloatArray:
        """Return the loss of each row of `weights`."""
        return np.asarray(np.sum(weights @ self.gram * weights, axis=1))

    def gradient(self, weights: FloatArray) -> FloatArray:
        """Return the derivatives by the weights."""
        return np.asarray(2 * self.gram @ weights)

    def hessian(self, weights: FloatArray) -> FloatArray:
        """Return the second derivatives by the weights."""
        return np.asarray(2 * self.gram)

    def member_losses(self) -> FloatArray:
        """Return the loss of each member alone, row by row: shape (n, m)."""
        return np.asarray(self.R**2)
