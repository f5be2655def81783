"""The most probable kernel, given the trials and a prior; kept from trial to trial."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import dpotrf, dpotri, dpotrs

from sksearch.samplers._encoding import Columns
from sksearch.samplers._kernel import matern, squares_by_axis
from sksearch.samplers.gp._kernel_parameters import (
    BOUNDS,
    NOISE_FLOOR,
    UNSURE,
    KernelParameters,
    KernelPrior,
)
from sksearch.samplers.gp._lbfgsb import descend
from sksearch.samplers.gp._process import GaussianProcess
from sksearch.space import FloatArray

#: What an indefinite kernel matrix is worth; no sound one comes near.
HOPELESS = 1e10
#: Iterations of a search for the most probable kernel.
MAX_ITER = 60
#: Of more trials, every second, third ... is enough to tell length scales by; the cost
#: grows with the third power of their number.
MAX_FITTED = 150
#: Relative change of the log posterior at which it ends.
TOLERANCE = 1e-4
#: There is a new fit when the trials have grown by one in so many.
REFIT_SHARE = 40
#: One fit in so many begins at the centre of the prior, too.
FRESH_EVERY = 10


class LogPosterior:
    """The negative log posterior of theta, up to a constant, and its gradient.

    Distances of pairs are kept axis by axis between evaluations.

    Parameters
    ----------
    columns : ndarray of shape (n, c)
        The points.
    starts : ndarray of shape (a,)
        First column of each axis.
    targets : ndarray of shape (n,)
        What was observed.
    prior : KernelPrior
        What is thought beforehand.
    trends : ndarray of shape (n, k)
        Whose products are the covariances of the trend.
    """

    def __init__(
        self,
        columns: FloatArray,
        starts: NDArray[np.intp],
        targets: FloatArray,
        prior: KernelPrior,
        trends: FloatArray,
    ) -> None:
        self._n = len(columns)
        self._pairs = np.tril_indices(self._n, -1)
        i, j = self._pairs
        self._squares = squares_by_axis(columns[i] - columns[j], starts)
        self._targets = targets
        self._trend = np.einsum("pk,pk->p", trends[i], trends[j])
        self._own_trend = np.einsum("nk,nk->n", trends, trends)
        self._prior = prior

    def __call__(self, theta: FloatArray) -> tuple[float, FloatArray]:
        """Return the value and the gradient, an array of shape (a + 2,)."""
        n, y = self._n, self._targets
        i, j = self._pairs
        scales = np.exp(-2.0 * theta[:-2])
        amplitude, noise = np.exp(theta[-2:])
        kernel, slope = matern(self._squares @ scales)
        matrix = np.zeros((n, n), order="F")  # only the lower triangle is looked at
        matrix[i, j] = amplitude * kernel + self._trend
        matrix.flat[:: n + 1] = amplitude + self._own_trend + noise + NOISE_FLOOR
        factor, problem = dpotrf(matrix, lower=1, overwrite_a=1)
        if problem:
            return HOPELESS, np.zeros_like(theta)
        weights = dpotrs(factor, y, lower=1)[0]
        off = (theta - self._prior.mean) / self._prior.sd
        value = 0.5 * (y @ weights + off @ off) + np.log(factor.diagonal()).sum()

        # d value / d K = (K^-1 - w w') / 2; each pair stands for two entries of K.
        inverse = dpotri(factor, lower=1, overwrite_c=1)[0]
        pull = inverse[i, j] - weights[i] * weights[j]
        own_pull = 0.5 * (inverse.diagonal() - weights * weights).sum()
        gradient = off / self._prior.sd
        gradient[:-2] -= 2.0 * amplitude * scales * ((pull * slope) @ self._squares)
        gradient[-2] += amplitude * (pull @ kernel + own_pull)
        gradient[-1] += noise * own_pull
        return float(value), gradient


class KernelFit:
    """Keeps the most probable kernel up to date, from trial to trial.

    The last optimum is where the next search begins. Now and then it begins at the
    centre of the prior as well, so that an early mistake is not kept for ever. The more
    trials there are, the less a single one can change, and the rarer is a new fit.

    Parameters
    ----------
    length_scale_sd : float, default=UNSURE
        As of `KernelPrior.of`.
    has_trend : bool, default=True
        As there.
    """

    def __init__(
        self, length_scale_sd: float = UNSURE, *, has_trend: bool = True
    ) -> None:
        self._has_trend = has_trend
        self._length_scale_sd = length_scale_sd
        self._theta: FloatArray | None = None
        self._n_fitted = 0
        self._n_fits = 0

    def state(self) -> list[Any]:
        """Return what the next fit depends on besides the trials, as plain data."""
        theta = None if self._theta is None else self._theta.tolist()
        return [theta, self._n_fitted, self._n_fits]

    def restore(self, state: Sequence[Any]) -> None:
        """Go on from a state that :meth:`state` returned."""
        theta, self._n_fitted, self._n_fits = state
        self._theta = None if theta is None else np.array(theta)

    def process(
        self, columns_of: Columns, rows: FloatArray, targets: FloatArray, n_told: int
    ) -> GaussianProcess:
        """Return the process given trials.

        Parameters
        ----------
        columns_of : Columns
            Makes columns of rows.
        rows : ndarray of shape (n, d)
            The configurations.
        targets : ndarray of shape (n,)
            What was observed, about standard normal.
        n_told : int
            How many trials there are, also those that are left out here.
        """
        columns = columns_of(rows)
        n_axes = len(columns_of.starts)
        if self._theta is not None and len(self._theta) != n_axes + 2:
            self._theta = None  # the space has met new axes
        due = self._n_fitted + 1 + n_told // REFIT_SHARE
        if self._theta is None or n_told >= due:
            active = ~np.isnan(rows[:, columns_of.axes])
            n_active = float(active.sum(axis=1).mean())
            prior = KernelPrior.of(
                n_axes,
                n_active,
                self._length_scale_sd,
                has_trend=self._has_trend,
                is_resource_last=columns_of.is_resource_last,
            )
            starts = [] if self._theta is None else [self._theta]
            if not starts or self._n_fits % FRESH_EVERY == 0:
                starts.append(prior.mean)
            # Equal scores say nothing, and would make for endless length scales.
            some = slice(None, None, 1 + (len(rows) - 1) // MAX_FITTED)
            self._theta = (
                most_probable(columns_of, columns[some], targets[some], prior, starts)
                if targets[some].any()
                else prior.mean
            )
            self._n_fitted = n_told
            self._n_fits += 1
        parameters = KernelParameters.of(
            self._theta, columns_of, has_trend=self._has_trend
        )
        return GaussianProcess(parameters, columns, targets)


def most_probable(
    columns_of: Columns,
    columns: FloatArray,
    targets: FloatArray,
    prior: KernelPrior,
    starts: list[FloatArray],
) -> FloatArray:
    """Return the most probable theta, by L-BFGS-B.

    Parameters
    ----------
    columns_of : Columns
        How the columns came about.
    columns : ndarray of shape (n, c)
        The points.
    targets : ndarray of shape (n,)
        What was observed, about standard normal.
    prior : KernelPrior
        What is thought beforehand.
    starts : list of ndarray of shape (a + 2,)
        Where to begin; the best end wins.
    """
    has_trend = prior.has_trend
    parameters = KernelParameters.of(prior.mean, columns_of, has_trend=has_trend)
    trends = parameters.trends(columns)
    targets = targets - parameters.trend_mean(columns)[:, 0]
    columns = np.delete(columns, columns_of.trend, axis=1)
    objective = LogPosterior(columns, columns_of.starts, targets, prior, trends)
    bounds = [BOUNDS[0]] * len(columns_of.starts) + [*BOUNDS[1:]]
    ends = [descend(objective, x, bounds, MAX_ITER, TOLERANCE) for x in starts]
    return min(ends, key=lambda end: end[1])[0]
