"""Coefficients of a trend: a Bayesian linear regression on explicit basis functions.

Scores are ``h(x) @ beta`` plus a remainder, with coefficients ``beta ~ N(b, B)``; see
Rasmussen and Williams, "Gaussian processes for machine learning", 2006, section 2.7.

Notation
--------
========  =============================================================  ===============
here      meaning                                                        in the book
========  =============================================================  ===============
basis     array of shape (n, k), the basis functions at n points         H transposed
mean      prior mean of the coefficients, in standard deviations of      b
          the scores for each unit of a basis function
root      a root of their prior covariance: ``root @ root.T``            B
========  =============================================================  ===============
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sksearch.space import FloatArray


class Coefficients(NamedTuple):
    """The normal prior of the coefficients of a trend."""

    mean: FloatArray  # (k,): their mean, b
    root: FloatArray  # (k, f): a root of their covariance: ``root @ root.T`` is B

    @classmethod
    def exchangeable(
        cls, k: int, mean: float, shared: float, own: float
    ) -> Coefficients:
        """Return the prior of k coefficients with a common part.

        `shared` is the standard deviation of the common part, `own` that of the part of
        each coefficient alone.
        """
        root = np.concatenate([np.full((k, 1), shared), own * np.eye(k)], axis=1)
        return cls(np.full(k, mean), root)

    def joined(self, other: Coefficients) -> Coefficients:
        """Return the joint prior with other, independent coefficients."""
        k, f = self.root.shape
        root = np.zeros((k + other.root.shape[0], f + other.root.shape[1]))
        root[:k, :f], root[k:, f:] = self.root, other.root
        return Coefficients(np.concatenate([self.mean, other.mean]), root)

    @property
    def zero(self) -> Coefficients:
        """The prior of equally many coefficients that are certain to be 0."""
        return Coefficients(np.zeros_like(self.mean), np.zeros((len(self.mean), 1)))

    def prior_mean(self, basis: FloatArray) -> FloatArray:
        """Return the prior mean of the trend, of shape (n, 1): H' b (eq. 2.40)."""
        return np.asarray(basis @ self.mean[:, None])

    def factor(self, basis: FloatArray) -> FloatArray:
        """Return a factor of the prior covariance H' B H of the trend (eq. 2.40).

        It has the shape (n, f); ``factor @ factor.T`` is the covariance.
        """
        return np.asarray(basis @ self.root)

    def by_basis(self, by_trend_mean: FloatArray, by_factor: FloatArray) -> FloatArray:
        """Return derivatives by the basis, given those by its mean and factor."""
        return np.asarray(by_factor @ self.root.T + by_trend_mean * self.mean)

    def posterior_mean(self, basis: FloatArray, targets: FloatArray) -> FloatArray:
        """Return the posterior mean of the coefficients, an array of shape (k,).

        Bayesian linear regression (section 2.1.1) with noise of variance 1, of targets
        that are about standard normal.
        """
        factor = self.factor(basis)
        off = targets - self.prior_mean(basis)[:, 0]
        precision = factor.T @ factor + np.eye(factor.shape[1])
        learned = np.linalg.solve(precision, factor.T @ off)
        return np.asarray(self.mean + self.root @ learned)


NO_COEFFICIENTS = Coefficients(np.empty(0), np.empty((0, 0)))
