"""OptimumPrior: a prior of where the best configuration lies.

Notation
--------
density : density of the best value of an axis relative to the uniform one; 1 is neutral
basis : array of shape (n, k), log densities of the axes that have a prior
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.special import betaln

from sksearch.space import FloatArray, Space, is_number, short

#: Default shape (a, b) of the Beta density of a number. On real data, the best value
#: is seldom at a bound (14 % of the numbers of the best configurations of 19 tuning
#: tasks).
INSIDE = (2.0, 2.0)
#: Uniform share of every density, and so its least value: a peaked prior rules out no
#: value.
DOUBT = 0.1
#: Numbers are kept this far from the bounds, where the slope of a Beta density may be
#: infinite.
EDGE = 1e-3


class OptimumPrior:
    """A prior of where the best configuration lies, before any trial.

    Hyperparameters are independent of each other. A number has a Beta density over its
    range, a category has weights for its options. The prior counts less with every
    trial, and a few trials can overrule it.

    Parameters
    ----------
    numbers : mapping of str to (float, float), default=None
        Shapes (a, b) of the Beta densities by name. They apply to the range as the
        space spreads it, logarithmically with ``log``: the mode is at the share
        ``(a - 1) / (a + b - 2)`` of it. (1, 1) is uniform.
    categories : mapping of str to sequence of float, default=None
        Logarithms of the weights of the options, in their order, by name.
    inside : (float, float), default=(2.0, 2.0)
        Shape of the density of all other numbers.

    Raises
    ------
    ValueError
        If a shape is not two positive numbers, or a weight is not finite.

    Notes
    -----
    Names that a space does not have are ignored, so that one prior can serve many
    spaces. A tenth of each density is uniform. Priors of the optimum that fade are from
    Hvarfner et al., "πBO: augmenting acquisition functions with user beliefs for
    Bayesian optimization", ICLR 2022; here the trials make them fade.

    Examples
    --------
    >>> from sksearch import Float
    >>> from sksearch.samplers import GPSampler, OptimumPrior
    >>> space = {"C": Float(1e-3, 1e3, log=True), "scaler": ["standard", "none"]}
    >>> prior = OptimumPrior({"C": (4.0, 2.0)}, {"scaler": [0.0, -1.0]})
    >>> GPSampler(space, prior=prior, random_state=0).ask().configuration["scaler"]
    'standard'
    """

    def __init__(
        self,
        numbers: Mapping[str, tuple[float, float]] | None = None,
        categories: Mapping[str, Sequence[float]] | None = None,
        *,
        inside: tuple[float, float] = INSIDE,
    ) -> None:
        self.numbers: dict[str, tuple[float, float]] = {
            n: _shape(n, shape) for n, shape in (numbers or {}).items()
        }
        self.categories: dict[str, FloatArray] = {
            n: _weights(n, logs) for n, logs in (categories or {}).items()
        }
        self.inside: tuple[float, float] = _shape("inside", inside)

    def over(self, space: Space) -> LogDensity:
        """Return the logarithm of the density over a space.

        Parameters
        ----------
        space : Space
            The space.

        Returns
        -------
        density : LogDensity
            Axis by axis.

        Raises
        ------
        ValueError
            If there are not as many weights as options.
        """
        return LogDensity(self, space)


def checked_prior(prior: OptimumPrior | None, space: Space) -> OptimumPrior:
    """Return a prior, checked against a space; the default one for None."""
    if prior is None:
        return OptimumPrior()
    if not isinstance(prior, OptimumPrior):
        msg = f"prior must be an OptimumPrior or None, got {short(prior)}."
        raise TypeError(msg)
    prior.over(space)
    return prior


class LogDensity:
    """The logarithm of the density over a space, axis by axis.

    `n_basis` axes have a prior; the ordered ones come first.
    """

    def __init__(self, prior: OptimumPrior, space: Space) -> None:
        ordered = (space.levels == 0) & space.modelled
        names = [h.name for h in space]
        self._axes = np.flatnonzero(ordered)
        shapes = [prior.numbers.get(names[j], prior.inside) for j in self._axes]
        a, b = np.array(shapes, dtype=np.float64).reshape(-1, 2).T
        self._by_left, self._by_right, self._norm = a - 1.0, b - 1.0, betaln(a, b)
        self._logs = {
            int(j): _log_density(names[j], prior.categories[names[j]], space.levels[j])
            for j in np.flatnonzero(~ordered & space.modelled)
            if names[j] in prior.categories
        }
        self.n_basis: int = len(self._axes) + len(self._logs)
        self._middle = np.zeros(self.n_basis)

    def basis(self, rows: FloatArray) -> FloatArray:
        """Return the log density of each axis, 0 where it is inactive."""
        n_ordered = len(self._axes)
        basis = np.empty((len(rows), self.n_basis))
        basis[:, :n_ordered] = self.basis_of_numbers(rows[:, self._axes])
        for i, (j, logs) in enumerate(self._logs.items(), n_ordered):
            units = rows[:, j]
            index = np.floor(np.nan_to_num(units) * len(logs)).astype(np.intp)
            known = logs[np.minimum(index, len(logs) - 1)]
            basis[:, i] = np.where(np.isnan(units), 0.0, known - self._middle[i])
        return basis

    def basis_of_numbers(self, units: FloatArray) -> FloatArray:
        """Return the log densities of the ordered axes, given these alone."""
        basis = np.log(self._densities(units)[0])
        basis -= self._middle[: len(self._axes)]
        basis[np.isnan(basis)] = 0.0
        return np.asarray(basis)

    def centre(self, rows: FloatArray) -> None:
        """Let each log density have mean 0 over the rows where its axis is active."""
        self._middle = np.zeros(self.n_basis)
        basis = self.basis(rows)
        n_active = np.count_nonzero(basis, axis=0)
        self._middle = basis.sum(axis=0) / np.maximum(n_active, 1)

    def derivatives(self, units: FloatArray) -> FloatArray:
        """Return the derivatives of the log densities with respect to the numbers.

        `units` are the ordered axes alone.
        """
        densities, beta, units = self._densities(units)
        by_log = self._by_left / units - self._by_right / (1.0 - units)
        return np.asarray((1.0 - DOUBT) * beta * by_log / densities)

    def _densities(
        self, units: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return densities, their Beta parts, and the clipped units."""
        units = np.clip(units, EDGE, 1.0 - EDGE)
        logs = self._by_left * np.log(units) + self._by_right * np.log1p(-units)
        beta = np.exp(logs - self._norm)
        return DOUBT + (1.0 - DOUBT) * beta, beta, units


def _log_density(name: str, logs: FloatArray, n_options: int) -> FloatArray:
    """Return the log density of each option, given the logarithms of weights."""
    if len(logs) != n_options:
        msg = f"{name!r} has {n_options} options, the prior {len(logs)} weights for it."
        raise ValueError(msg)
    odds = np.exp(logs - logs.max())
    return np.asarray(np.log(DOUBT + (1.0 - DOUBT) * odds * n_options / odds.sum()))


def _shape(name: str, shape: object) -> tuple[float, float]:
    """Return a shape, checked."""
    if (
        isinstance(shape, Sequence)
        and len(shape) == 2
        and all(is_number(x) and x > 0 for x in shape)
    ):
        return float(shape[0]), float(shape[1])
    msg = f"The shape of {name!r} must be two positive numbers, got {short(shape)}."
    raise ValueError(msg)


def _weights(name: str, logs: object) -> FloatArray:
    """Return logarithms of weights, checked."""
    try:
        found = np.array(logs, dtype=np.float64)
    except (TypeError, ValueError):
        found = np.empty(0)
    if found.ndim == 1 and found.size and np.isfinite(found).all():
        return found
    msg = (
        f"The weights of {name!r} must be finite logarithms, one for each option, "
        f"got {short(logs)}."
    )
    raise ValueError(msg)
