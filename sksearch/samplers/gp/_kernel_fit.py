"""KernelFit: the maximum a posteriori kernel, updated from trial to trial.

The log marginal likelihood is equation 5.8 of Rasmussen and Williams (2006), "Gaussian
processes for machine learning", of scores less the trend; its gradient equation 5.9.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import dpotrf, dpotri, dpotrs
from scipy.optimize import minimize

from sksearch.samplers._encoding import Encoding
from sksearch.samplers._kernel import matern, squares_by_axis
from sksearch.samplers.gp._kernel_parameters import (
    BOUNDS,
    NOISE_FLOOR,
    WIDE,
    KernelParameters,
    KernelPrior,
)
from sksearch.samplers.gp._process import GaussianProcess
from sksearch.space import FloatArray

#: Value at an indefinite kernel matrix; no definite one comes near.
INDEFINITE = 1e10
#: Iterations of L-BFGS-B at most. From the last optimum it takes a few.
MAX_ITER = 60
#: With more trials, every second, third ... is used: the cost grows with the third
#: power of their number, and by then the length scales hardly change.
MAX_FITTED = 150
#: Relative change of the log posterior at which L-BFGS-B ends: far below a change that
#: affects a proposal.
TOLERANCE = 1e-4
#: With n trials, a new fit is due every 1 + n // REFIT_SHARE trials.
REFIT_SHARE = 40
#: One fit in so many also starts at the prior mean, in case of a local optimum.
FRESH_EVERY = 10


class LogPosterior:
    """The negative log posterior of theta, up to a constant, and its gradient.

    Distances of pairs are kept axis by axis between evaluations. `features` are (n, c),
    with the first feature of each axis in `starts`; `trend_factor`, (n, k), is a factor
    of the covariance of the trend.
    """

    def __init__(
        self,
        features: FloatArray,
        starts: NDArray[np.intp],
        targets: FloatArray,
        prior: KernelPrior,
        trend_factor: FloatArray,
    ) -> None:
        self._n = len(features)
        self._pairs = np.tril_indices(self._n, -1)
        i, j = self._pairs
        self._squares = squares_by_axis(features[i] - features[j], starts)
        self._targets = targets
        self._trend = np.einsum("pk,pk->p", trend_factor[i], trend_factor[j])
        self._own_trend = np.einsum("nk,nk->n", trend_factor, trend_factor)
        self._prior = prior

    def __call__(self, theta: FloatArray) -> tuple[float, FloatArray]:
        """Return the value and the gradient, an array of shape (a + 2,)."""
        n, y = self._n, self._targets
        i, j = self._pairs
        scales = np.exp(-2.0 * theta[:-2])
        amplitude, noise = np.exp(theta[-2:])
        kernel, slope = matern(self._squares @ scales)
        matrix = np.zeros((n, n), order="F")  # only the lower triangle is read
        matrix[i, j] = amplitude * kernel + self._trend
        matrix.flat[:: n + 1] = amplitude + self._own_trend + noise + NOISE_FLOOR
        factor, problem = dpotrf(matrix, lower=1, overwrite_a=1)
        if problem:
            return INDEFINITE, np.zeros_like(theta)
        alpha = dpotrs(factor, y, lower=1)[0]
        off = (theta - self._prior.mean) / self._prior.sd
        value = 0.5 * (y @ alpha + off @ off) + np.log(factor.diagonal()).sum()

        # d value / d K = (K^-1 - alpha alpha') / 2 (eq. 5.9); each pair stands for two
        # entries of K.
        inverse = dpotri(factor, lower=1, overwrite_c=1)[0]
        pull = inverse[i, j] - alpha[i] * alpha[j]
        own_pull = 0.5 * (inverse.diagonal() - alpha * alpha).sum()
        gradient = off / self._prior.sd
        gradient[:-2] -= 2.0 * amplitude * scales * ((pull * slope) @ self._squares)
        gradient[-2] += amplitude * (pull @ kernel + own_pull)
        gradient[-1] += noise * own_pull
        return float(value), gradient


class KernelFit:
    """Keeps the maximum a posteriori kernel up to date, from trial to trial.

    A fit starts at the last optimum, and now and then also at the prior mean, in case
    of a local optimum. The more trials there are, the less a single one changes, and
    the rarer is a new fit.
    """

    def __init__(
        self, length_scale_sd: float = WIDE, *, has_trend: bool = True
    ) -> None:
        self._has_trend = has_trend
        self._length_scale_sd = length_scale_sd
        self._theta: FloatArray | None = None
        self._n_fitted = 0
        self._n_fits = 0

    def state(self) -> list[Any]:
        """Return the state on which the next fit depends besides the trials."""
        theta = None if self._theta is None else self._theta.tolist()
        return [theta, self._n_fitted, self._n_fits]

    def restore(self, state: Sequence[Any]) -> None:
        """Continue from a state that :meth:`state` returned."""
        theta, self._n_fitted, self._n_fits = state
        self._theta = None if theta is None else np.array(theta)

    def process(
        self, encoding: Encoding, rows: FloatArray, targets: FloatArray, n_told: int
    ) -> GaussianProcess:
        """Return the process given trials.

        `targets` are about standard normal. `n_told` counts all trials, including those
        left out of `rows`.
        """
        features = encoding(rows)
        n_axes = len(encoding.starts)
        if self._theta is not None and len(self._theta) != n_axes + 2:
            self._theta = None  # the space has new axes
        due = self._n_fitted + 1 + n_told // REFIT_SHARE
        if self._theta is None or n_told >= due:
            active = ~np.isnan(rows[:, encoding.axes])
            n_active = float(active.sum(axis=1).mean())
            prior = KernelPrior.of(
                n_axes,
                n_active,
                self._length_scale_sd,
                has_trend=self._has_trend,
                is_resource_last=encoding.is_resource_last,
            )
            if self._has_trend:
                prior = prior.moved(encoding.log_scales)
            starts = [] if self._theta is None else [self._theta]
            if not starts or self._n_fits % FRESH_EVERY == 0:
                starts.append(prior.mean)
            # Equal scores would make the length scales infinite.
            some = slice(None, None, 1 + (len(rows) - 1) // MAX_FITTED)
            self._theta = (
                most_probable(encoding, features[some], targets[some], prior, starts)
                if targets[some].any()
                else prior.mean
            )
            self._n_fitted = n_told
            self._n_fits += 1
        parameters = KernelParameters.of(
            self._theta, encoding, has_trend=self._has_trend
        )
        return GaussianProcess(parameters, features, targets)


def most_probable(
    encoding: Encoding,
    features: FloatArray,
    targets: FloatArray,
    prior: KernelPrior,
    starts: list[FloatArray],
) -> FloatArray:
    """Return the maximum a posteriori theta, by L-BFGS-B.

    The best optimum from all `starts` wins.
    """
    has_trend = prior.has_trend
    parameters = KernelParameters.of(prior.mean, encoding, has_trend=has_trend)
    trend_factor = parameters.trend_factor(features)
    targets = targets - parameters.trend_mean(features)[:, 0]
    features = np.delete(features, encoding.trend, axis=1)
    objective = LogPosterior(features, encoding.starts, targets, prior, trend_factor)
    bounds = [BOUNDS[0]] * len(encoding.starts) + [*BOUNDS[1:]]
    ends = [
        minimize(
            objective,
            x,
            jac=True,
            method="L-BFGS-B",
            bounds=bounds,
            options={"maxiter": MAX_ITER, "ftol": TOLERANCE, "gtol": 1e-3},
        )
        for x in starts
    ]
    return np.asarray(min(ends, key=lambda end: float(end.fun)).x)
