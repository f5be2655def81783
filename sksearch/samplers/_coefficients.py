"""Slopes: what is thought of how much the parts of a trend add to scores.

Notation
--------
parts : array of shape (n, k), what a trend is linear in
slopes : of each part, what one unit of it adds to a score, in standard deviations of
    the scores
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sksearch.space import FloatArray


class Slopes(NamedTuple):
    """A normal distribution of the slopes of a trend.

    Parameters
    ----------
    mean : ndarray of shape (k,)
        What they are thought to be.
    root : ndarray of shape (k, f)
        Its product with its own transpose is their covariance.
    """

    mean: FloatArray
    root: FloatArray

    @classmethod
    def alike(cls, k: int, mean: float, shared: float, own: float) -> Slopes:
        """Return k slopes of which each tells something of the others.

        Parameters
        ----------
        k : int
            How many.
        mean : float
            Mean of all.
        shared : float
            Standard deviation of what they have in common.
        own : float
            Standard deviation of each about this.
        """
        root = np.concatenate([np.full((k, 1), shared), own * np.eye(k)], axis=1)
        return cls(np.full(k, mean), root)

    def beside(self, other: Slopes) -> Slopes:
        """Return these slopes and others, which tell nothing of each other."""
        k, f = self.root.shape
        root = np.zeros((k + other.root.shape[0], f + other.root.shape[1]))
        root[:k, :f], root[k:, f:] = self.root, other.root
        return Slopes(np.concatenate([self.mean, other.mean]), root)

    @property
    def nothing(self) -> Slopes:
        """As many slopes, all of them 0."""
        return Slopes(np.zeros_like(self.mean), np.zeros((len(self.mean), 1)))

    def expected(self, parts: FloatArray) -> FloatArray:
        """Return what parts are thought to add to scores, of shape (n, 1)."""
        return np.asarray(parts @ self.mean[:, None])

    def features(self, parts: FloatArray) -> FloatArray:
        """Return features of shape (n, f); products are covariances of this."""
        return np.asarray(parts @ self.root)

    def by_parts(self, by_expected: FloatArray, by_features: FloatArray) -> FloatArray:
        """Return derivatives by parts, given those by what is made of them."""
        return np.asarray(by_features @ self.root.T + by_expected * self.mean)

    def learned(self, parts: FloatArray, targets: FloatArray) -> FloatArray:
        """Return the mean of the slopes after trials, an array of shape (k,).

        Parameters
        ----------
        parts : ndarray of shape (n, k)
            Of the trials.
        targets : ndarray of shape (n,)
            Their scores, about standard normal; what parts do not explain is noise.
        """
        features = self.features(parts)
        off = targets - self.expected(parts)[:, 0]
        precision = features.T @ features + np.eye(features.shape[1])
        learned = np.linalg.solve(precision, features.T @ off)
        return np.asarray(self.mean + self.root @ learned)


NO_SLOPES = Slopes(np.empty(0), np.empty((0, 0)))
