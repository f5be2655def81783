"""GPSampler: proposes where a Gaussian process expects the greatest improvement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sksearch._blas import one_blas_thread
from sksearch._rng import RandomState
from sksearch.samplers._base import Sampler
from sksearch.samplers._checks import check_count
from sksearch.samplers._sobol import sobol_rows
from sksearch.samplers.gp._acquisition import (
    Acquisition,
    LogExpectedImprovement,
    PerSecond,
)
from sksearch.samplers.gp._columns import Columns
from sksearch.samplers.gp._fit import KernelFit
from sksearch.samplers.gp._maximise import maximise
from sksearch.samplers.gp._parameters import SURE, UNSURE
from sksearch.samplers.gp._targets import informative, score_targets, standardised
from sksearch.space import FloatArray

#: Rows near which the acquisition is looked at more closely.
N_INCUMBENTS = 5
#: Improvements of less than this are worth nothing, in standard deviations of the
#: scores: what is left to find must lie elsewhere.
MARGIN = 3e-3


class GPSampler(Sampler):
    """Gaussian process with expected improvement over mixed, conditional spaces.

    All trials are explained by one Gaussian process over the whole tree of choices,
    and the configuration of greatest expected improvement [1]_ is proposed. Fewer
    trials than `TPESampler` needs lead to a good one; each proposal costs some tens
    of milliseconds, growing with the number of trials.

    Parameters
    ----------
    space : Space, or anything that `as_space` takes
        Where to search.
    random_state : int, Generator, RandomState or None, default=None
        Where the randomness comes from; an int makes the proposals repeatable.
    initial_points : iterable of dict, default=()
        Configurations to propose first.
    n_startup : int, default=5
        Scrambled Sobol points that are proposed before the model is used.
    n_fantasies : int, default=8
        Versions of what the pending trials may bring, over which the improvement is
        averaged [2]_; 1 takes what is expected of them for granted.
    max_points : int, default=300
        The most trials that the process knows. Past it, the better half are the best
        trials, the others lie evenly over time.
    per_second : bool, default=False
        Whether to maximise the improvement per second of fit time [2]_. The time is
        modelled by a second process; `tell` must be told the seconds.

    Raises
    ------
    ValueError
        If a setting is out of range.

    See Also
    --------
    TPESampler : A tenth of the cost per proposal, for searches of many quick fits.

    Notes
    -----
    The kernel is a Matérn 5/2 with a length scale for each hyperparameter. Numbers are
    compared on the scale of their prior, categories are the same or not; what is
    inactive in both of two configurations does not count, and a difference of branch
    is a distance of its own. Length scales, amplitude and noise are the most probable
    ones; the prior of the length scales grows with the dimension [3]_. Two priors take
    turns: one lets a few trials say that a hyperparameter does not matter, the other
    wants to see more. The logarithm of the expected improvement [4]_ is maximised by a
    sweep over the space, a local search and gradients. The incumbent is the best
    posterior mean at a trial, not the best score, which may be a lucky one. A failed
    trial counts as the worst score.

    References
    ----------
    .. [1] Jones, Schonlau and Welch, "Efficient global optimization of expensive
       black-box functions", Journal of Global Optimization 13, 1998.
    .. [2] Snoek, Larochelle and Adams, "Practical Bayesian optimization of machine
       learning algorithms", NeurIPS 2012.
    .. [3] Hvarfner, Hellsten and Nardi, "Vanilla Bayesian optimization performs great
       in high dimensions", ICML 2024.
    .. [4] Ament, Daulton, Eriksson, Balandat and Bakshy, "Unexpected improvements to
       expected improvement for Bayesian optimization", NeurIPS 2023.

    Examples
    --------
    >>> from sksearch import Float
    >>> from sksearch.samplers import GPSampler
    >>> sampler = GPSampler({"x": Float(-1.0, 1.0)}, random_state=0)
    >>> for _ in range(15):
    ...     trial = sampler.ask()
    ...     sampler.tell(trial, -abs(trial.configuration["x"] - 0.3))
    >>> abs(sampler.history.incumbent.configuration["x"] - 0.3) < 0.01
    True
    """

    def __init__(
        self,
        space: Any,
        *,
        random_state: RandomState = None,
        initial_points: Iterable[Mapping[str, Any]] = (),
        n_startup: int = 5,
        n_fantasies: int = 8,
        max_points: int = 300,
        per_second: bool = False,
    ) -> None:
        super().__init__(
            space, random_state=random_state, initial_points=initial_points
        )
        check_count("n_startup", n_startup, 0)
        check_count("n_fantasies", n_fantasies, 1)
        check_count("max_points", max_points, 2)
        self.n_fantasies = n_fantasies
        self.max_points = max_points
        self.per_second = per_second
        self._score_fits = [KernelFit(sd) for sd in (UNSURE, SURE)]
        self._seconds_fit = KernelFit()
        self._queue.extend(sobol_rows(self.space, n_startup, self.rng))

    def propose(self) -> FloatArray:
        """Return rows, the one with the greatest expected improvement first."""
        with one_blas_thread():
            return self._propose()

    def _propose(self) -> FloatArray:
        d = len(self.space)
        rows, scores = self.history.told_arrays(d, self.n_enough)
        columns_of = Columns(self.space)
        if not np.isfinite(scores).any() or not len(columns_of.starts):
            return self.space.draw(1, self.rng)
        n_told = len(self.history.observations)
        known = informative(scores, self.max_points)
        rows, targets = rows[known], score_targets(scores[known])
        fit = self._score_fits[len(self.history) % len(self._score_fits)]
        process = fit.process(columns_of, rows, targets, n_told)
        means = process.predict(process.columns).mean
        incumbents = rows[np.argsort(-means[:, 0], kind="stable")[:N_INCUMBENTS]]
        pending = self.history.pending_rows(d)
        if len(pending):
            process = process.imagine(columns_of(pending), self.n_fantasies, self.rng)
            means = process.predict(process.columns).mean
        wanted = means.max(axis=0) + MARGIN
        acquisition: Acquisition = LogExpectedImprovement(process, wanted)
        if self.per_second:
            acquisition = self._per_second(acquisition, columns_of, known)
        return maximise(acquisition, columns_of, self.space, incumbents, self.rng)

    def _per_second(
        self, acquisition: Acquisition, columns_of: Columns, known: NDArray[np.intp]
    ) -> Acquisition:
        """Return the acquisition per second, if any times are known."""
        rows, _ = self.history.told_arrays(len(self.space), self.n_enough)
        seconds = self.history.told_seconds(self.n_enough)
        timed = known[seconds[known] > 0.0]
        if not len(timed):
            return acquisition
        targets, scale = standardised(np.log(seconds[timed]))
        process = self._seconds_fit.process(
            columns_of, rows[timed], targets, len(self.history.observations)
        )
        return PerSecond(acquisition, process, scale)
