r"""ParzenTree: the two densities of TPE, each a mixture over the conditional tree.

TPE ranks a point x by l(x) / g(x): l is a density of the good trials ("below" the
threshold of the loss), g a density of all others ("above"). The point with the greatest
ratio has the greatest expected improvement over the threshold [1]_. Each trial is one
component of a mixture. For a hyperparameter that is inactive in the trial, the
component has the density of the prior.

All densities are relative to the prior, which is uniform on the unit cube. So an axis
without information contributes a factor of 1, whether it is inactive in the candidate,
inactive in the component, or not modelled; and the prior as a component is 1. The
logarithm of a component is a dot product of features of the candidate and coefficients
of the component, so that one matrix product scores every pair.

Notation
--------
=================  ===================================================  ==============
here               meaning                                              literature
=================  ===================================================  ==============
rows, scores       trials so far, greater is better                     D [1]_
below, above       good and bad trials                                  D(l), D(g) [2]_
weights            weights of the components                            w_n [2]_
prior_weight       weight of the prior as a component                   w_0 [2]_
width              standard deviation of a kernel                       b [2]_
min_width          least standard deviation                             b_min [2]_ [3]_
leak               odds of each other category against the own one      --
p, q               numbers of modelled numeric and categorical axes     --
=================  ===================================================  ==============

References
----------
.. [1] Bergstra, Bardenet, Bengio, Kégl, "Algorithms for hyper-parameter optimization",
   NeurIPS 2011.
.. [2] Watanabe, "Tree-structured Parzen estimator: understanding its algorithm
   components and their roles for better empirical performance", arXiv:2304.11127, 2023.
.. [3] Falkner, Klein, Hutter, "BOHB: robust and efficient hyperparameter optimization
   at scale", ICML 2018.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from sksearch.samplers._check_settings import check_count, check_range
from sksearch.samplers._row_arrays import shown_values
from sksearch.samplers.tpe._split import MAX_ABOVE, split, thinned
from sksearch.space import FloatArray, Space

_HALF_LOG_2PI = 0.5 * math.log(2.0 * math.pi)
# Above any log density here, and far below 709, where exp overflows.
_MAX_LOG = 600.0


@dataclass(frozen=True)
class ParzenSettings:
    """Settings of the densities, documented in `TPESampler`.

    The defaults were chosen on hpobench, nine surrogates
    (benchmarks/results/surrogates.md).
    """

    gamma: float = 0.15
    max_below: int = 25
    weight_floor: float = 0.1
    prior_weight: float = 1.0
    bandwidth: float = 0.25
    min_width: float = 0.03

    def __post_init__(self) -> None:
        check_range("gamma", self.gamma, 0, 1)
        check_count("max_below", self.max_below, 1)
        check_range("weight_floor", self.weight_floor, 0, 1)
        check_range("prior_weight", self.prior_weight, 1e-12, math.inf)
        check_range("bandwidth", self.bandwidth, 1e-12, math.inf)
        check_range("min_width", self.min_width, 1e-12, math.inf)


class ParzenTree:
    """Both mixtures for one split of the trials: draws from l, scores by l / g.

    `rows` (n, d) are NaN where inactive, and `scores` (n,) not finite for failed
    trials. Trials in `pending` (m, d) have no score yet: they count as bad, so that the
    next proposal keeps its distance.
    """

    def __init__(
        self,
        rows: FloatArray,
        scores: FloatArray,
        pending: FloatArray,
        space: Space,
        settings: ParzenSettings,
    ) -> None:
        self._space = space
        self._settings = settings
        levels, modelled = space.levels, space.modelled
        self._d = levels.size
        self._num = np.flatnonzero((levels == 0) & modelled)
        self._cat = np.flatnonzero((levels > 0) & modelled)
        self._lower, self._upper = space.lower[self._num], space.upper[self._num]
        self._k = levels[self._cat]

        below, above, weights = split(
            scores, settings.gamma, settings.max_below, settings.weight_floor
        )
        n_above = above.size + len(pending)
        above, shares = thinned(above, MAX_ABOVE)
        rows = np.concatenate([rows[below], rows[above], pending])
        self._set_categories(rows)
        sizes = (below.size, len(rows) - below.size)
        self._n_below = below.size
        self._weights = np.zeros((len(rows), 2))
        self._weights[: below.size, 0] = weights
        self._weights[below.size :, 1] = 1.0
        self._weights[below.size : below.size + above.size, 1] = shares
        # Cumulative weights of the components; the prior comes last.
        total = weights.sum() + settings.prior_weight
        self._ends = np.append(np.cumsum(weights), total)

        self._centre = rows[:, self._num]
        self._code = rows[:, self._cat]
        self._missing = np.isnan(self._centre)
        self._code_missing = np.isnan(self._code)
        counts = np.array([below.size + 1.0, n_above + 1.0])
        widths = self._widths(counts)
        self._width, self._leak = float(widths[0]), 1.0 / float(counts[0])
        self._components = self._coefficients(
            rows,
            np.repeat(widths, sizes)[:, None],
            np.repeat(1.0 / counts, sizes)[:, None],
        )

    def _set_categories(self, rows: FloatArray) -> None:
        """Set the axis, among the categorical ones, and the code of each category."""
        shown = [
            shown_values(rows[:, j], n) for j, n in zip(self._cat, self._k, strict=True)
        ]
        self._hot_axis = np.repeat(np.arange(len(shown)), [len(s) for s in shown])
        k = self._k[self._hot_axis]
        self._hot_code = (np.concatenate([*shown, np.empty(0)]) + 0.5) / k
        self._hot_tolerance = 0.25 / k

    def _widths(self, counts: FloatArray) -> NDArray[Any]:
        """Return the widths of the kernels of both mixtures.

        They depend on count and dimension alone, as gaps between neighbours [1]_ vary
        with the luck of a handful of points. The dimension is the average number of
        active axes, since most axes of a wide tree are inactive in any one trial.
        """
        n_missing = np.count_nonzero(self._missing)
        n_missing += np.count_nonzero(self._code_missing)
        n_active = (
            self._num.size + self._cat.size - n_missing / max(len(self._centre), 1)
        )
        power = -1.0 / (max(1.0, n_active) + 4.0)
        settings = self._settings
        return np.maximum(settings.min_width, settings.bandwidth * counts**power)

    def _one_hot(self, codes: FloatArray) -> NDArray[np.bool_]:
        """Return indicators of all categories side by side; none for NaN."""
        away = np.abs(codes[:, self._hot_axis] - self._hot_code)
        return np.asarray(away < self._hot_tolerance)

    def _coefficients(self, rows: FloatArray, width: Any, leak: Any) -> FloatArray:
        """Return the factors of the features in the logarithm of each component."""
        centre, p, q = self._centre, self._num.size, self._cat.size
        out = np.empty((len(rows), 3 * p + q + len(self._hot_code)))
        if p:
            # The mass of a bin, divided by its width, is the normal density convolved
            # with a uniform one: nearly a normal density with the sum of the variances.
            low, high = self._space.edges(rows)
            bins = (high - low)[:, self._num]
            width = np.sqrt(width * width + bins * bins / 12.0)
            inside = ndtr((1.0 - centre) / width) - ndtr(centre / -width)
            precision = 1.0 / (width * width)
            slope = precision * centre
            out[:, :p] = -0.5 * precision
            out[:, p : 2 * p] = slope
            norm = np.log(width * inside) + _HALF_LOG_2PI
            out[:, 2 * p : 3 * p] = -0.5 * slope * centre - norm
            numeric = out[:, : 3 * p]
            numeric[np.isnan(numeric)] = 0.0  # inactive here: the prior
        if q:
            # The odds are 1 + leak for the component's own category, leak for each
            # other one. Times k, as probabilities are relative to the prior's 1 / k.
            other = leak * self._k
            out[:, 3 * p : 3 * p + q] = np.where(
                self._code_missing, 0.0, np.log(other / (1.0 + other))
            )
            out[:, 3 * p + q :] = self._one_hot(self._code) * np.log1p(1.0 / leak)
        return out

    def ratio(self, candidates: FloatArray) -> FloatArray:
        """Return l / g of complete rows, up to a factor; greater is more promising."""
        p, q = self._num.size, self._cat.size
        x = candidates[:, self._num]
        active = ~np.isnan(x)
        x[~active] = 0.0
        features = np.empty((len(x), self._components.shape[1]))
        features[:, :p] = x * x
        features[:, p : 2 * p] = x
        features[:, 2 * p : 3 * p] = active
        if q:
            codes = candidates[:, self._cat]
            features[:, 3 * p : 3 * p + q] = ~np.isnan(codes)
            features[:, 3 * p + q :] = self._one_hot(codes)
        density = features @ self._components.T  # (m, n)
        np.minimum(density, _MAX_LOG, out=density)
        np.exp(density, out=density)
        # The prior's density is 1; it keeps both sums positive.
        both = density @ self._weights + self._settings.prior_weight  # (m, 2)
        return np.asarray(both[:, 0] / both[:, 1])

    def draw(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Draw n points from l, on bin centres.

        All coordinates have a value, even those that will be inactive.
        """
        units = rng.random((n, self._d))
        if not self._n_below:
            return self._space.snap(units)
        spot = rng.random(n) * self._ends[-1]
        pick = np.searchsorted(self._ends, spot, side="right")
        prior = (pick >= self._n_below)[:, None]
        pick[prior[:, 0]] = 0
        if self._num.size:
            quantile, centre = units[:, self._num], self._centre[pick]
            low = ndtr((self._lower - centre) / self._width)
            high = ndtr((self._upper - centre) / self._width)
            x = centre + self._width * ndtri(low + quantile * (high - low))
            x = np.clip(x, self._lower, self._upper)
            anywhere = self._lower + quantile * (self._upper - self._lower)
            units[:, self._num] = np.where(prior | self._missing[pick], anywhere, x)
        if self._cat.size:
            code = self._code[pick]
            # With leak a: the own category, or in k a of 1 + k a cases a uniform draw.
            odds = 1.0 + self._leak * self._k
            uniform = rng.random(code.shape) * odds >= 1.0
            uniform |= prior | self._code_missing[pick]
            units[:, self._cat] = np.where(uniform, units[:, self._cat], code)
        return self._space.snap(units)
