"""GPSampler: proposes where a Gaussian process expects the greatest improvement."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from sksearch._blas import one_blas_thread
from sksearch._rng import RandomState
from sksearch.samplers._base import Sampler
from sksearch.samplers._check_settings import check_count, check_positive
from sksearch.samplers._encoding import Encoding
from sksearch.samplers._prior import OptimumPrior, checked_prior
from sksearch.samplers._row_arrays import first_of_each
from sksearch.samplers._sobol import sobol_rows
from sksearch.samplers._startup import startup_rows
from sksearch.samplers._targets import score_targets, standardised
from sksearch.samplers.gp._acquisition import (
    Acquisition,
    LogExpectedImprovement,
    PerSecond,
)
from sksearch.samplers.gp._kernel_fit import KernelFit
from sksearch.samplers.gp._kernel_parameters import NARROW, WIDE
from sksearch.samplers.gp._maximise import maximise
from sksearch.samplers.gp._training_data import TrainingData
from sksearch.samplers.gp._trend_encoding import TrendEncoding
from sksearch.samplers.trend import (
    KnownScores,
    TrendBuilder,
    checked_known_scores,
    rows_over,
)
from sksearch.space import DRAWN, FloatArray

#: Rows around which the acquisition is searched closely, with 256 points in all.
N_INCUMBENTS = 5
#: Sobol points for the lowest rung, drawn at once and used one by one; a power of two,
#: above the usual number of candidates there.
N_SPREAD = 64
#: Improvement is measured from this margin above the best mean, in standard deviations
#: of the scores (xi of Lizotte, 2008): without it a search stays at the best corner.
MARGIN = 3e-3
#: Share of the standard deviation of the noise that is added to the margin. From 0 to
#: .5 it made no difference on twelve noisy problems (84 runs), but .5 with a process
#: through the means lowered the regret there by .0046 (72 runs;
#: benchmarks/results/experiments.md).
NOISE_SHARE = 0.5


#: Among the first KNOWN_UNTIL trials, every KNOWN_EVERY-th is the best of the
#: configurations with known scores: a search whose first points mislead it would stay
#: near them (benchmarks/results/experiments.md).
KNOWN_UNTIL = 25
KNOWN_EVERY = 3


class GPSampler(Sampler):
    """Gaussian process with expected improvement over mixed, conditional spaces.

    One Gaussian process over the whole tree of choices models all trials, and the
    sampler proposes the configuration of greatest expected improvement [1]_. It needs
    fewer trials than `TPESampler`; each proposal costs some milliseconds, and
    tens of them after hundreds of trials.

    Parameters
    ----------
    space : Space, or anything that `as_space` takes
        Where to search.
    random_state : int, Generator, RandomState or None, default=None
        Source of randomness; an int makes the proposals repeatable.
    initial_points : iterable of dict, default=()
        Configurations to propose first.
    n_startup : int, default=4
        Points that are proposed before the model is used: the initial points, the
        centre of each branch, then scrambled Sobol points. There are more if there are
        more branches or initial points; 0 for the initial points alone. With
        `known_scores`, branches of initial points need no centre.
    n_fantasies : int, default=16
        The most fantasies of the scores of pending trials, over which the improvement
        is averaged [2]_. There are two for each pending trial, opposite to each other;
        1 uses the posterior mean instead.
    max_points : int, default=300
        The most trials that the process is fitted to. If there are more, half of the
        places go to the best trials; the others are spread evenly over time.
    per_second : bool, default=False
        Whether to maximise the improvement per second of fit time [2]_. A second
        process models the time; `tell` must be given the seconds.
    max_resource : float or None, default=None
        The highest resource that a trial may get, in a search that tries trials again
        with more; None for the highest told so far. Improvement is measured there. As
        long as scores of one lower resource only are known, proposals are scrambled
        Sobol points: too little is known of the scores at higher resources.
    prior : OptimumPrior or None, default=None
        Where good values are expected; None for inside rather than at bounds.
    known_scores : KnownScores or None, default=None
        Scores of configurations of this space on other data.

    Raises
    ------
    ValueError
        If a setting is out of range.

    See Also
    --------
    TPESampler : Costs a fifth per proposal, for searches of many quick fits.

    Notes
    -----
    Scores are the sum of a linear trend and a Gaussian process. The basis functions of
    the trend are the logarithm of the density `prior` for each hyperparameter, each
    number itself, and surfaces through `known_scores`. Its coefficients have normal
    priors [7]_, so that a few trials can overrule a wrong prior. The process has a
    Matérn 5/2 kernel with one length scale for each hyperparameter. Distances of
    numbers are on the scale of their prior; categories are equal or not; a
    hyperparameter that is inactive in both of two configurations does not count, and
    different branches add to the distance. Length scales, amplitude and noise are
    maximum a posteriori estimates. The prior of the length scales grows with the
    dimension [3]_, and `known_scores` say which of them are short; every third of the
    first 25 trials is one of their configurations. Two priors alternate: with a wide
    one, few trials can make a hyperparameter irrelevant; a narrow one needs more. A
    sweep over the space, a local search and gradients maximise the logarithm of the
    expected improvement [4]_. The incumbent is the best posterior mean at a trial, as
    the best score may be a lucky one. The improvement is that of a process through the
    posterior means at the trials [6]_, so that noise gives no reason to repeat a trial.
    Scores below the median are compressed by a logarithm; a failed trial counts as the
    worst.

    If trials were told at several resources, the logarithm of the resource is one more
    axis of the kernel [5]_: low-resource scores count as far as they predict scores at
    high resources. Improvement and incumbent refer to the highest resource; fantasies
    of pending trials are at the resource that these will get.

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
    .. [5] Kandasamy, Dasarathy, Schneider and Póczos, "Multi-fidelity Bayesian
       optimisation with continuous approximations", ICML 2017.
    .. [6] Forrester, Keane and Bressloff, "Design and analysis of 'noisy' computer
       experiments", AIAA Journal 44, 2006.
    .. [7] Rasmussen and Williams, "Gaussian processes for machine learning", MIT Press,
       2006, section 2.7, explicit basis functions.

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
        n_startup: int = 4,
        n_fantasies: int = 16,
        max_points: int = 300,
        per_second: bool = False,
        max_resource: float | None = None,
        prior: OptimumPrior | None = None,
        known_scores: KnownScores | None = None,
    ) -> None:
        super().__init__(
            space, random_state=random_state, initial_points=initial_points
        )
        check_count("n_startup", n_startup, 0)
        check_count("n_fantasies", n_fantasies, 1)
        check_count("max_points", max_points, 2)
        self.n_fantasies = n_fantasies
        self.max_points = max_points
        if max_resource is not None:
            check_positive("max_resource", max_resource)
        self.per_second = per_second
        self.max_resource = max_resource
        self._score_fits = [KernelFit(sd) for sd in (WIDE, NARROW)]
        self._seconds_fit = KernelFit(has_trend=False)
        self.prior: OptimumPrior = checked_prior(prior, self.space)
        self.known_scores: KnownScores | None = checked_known_scores(
            known_scores, self.space
        )
        self._trend_builder = TrendBuilder(
            self.space, self.prior, self.known_scores, learn_scales=True
        )
        are_known = self.known_scores is not None
        self._queue.extend(
            startup_rows(
                self.space, n_startup, self.rng, self._queue, are_known=are_known
            )
        )
        self._spread: deque[FloatArray] = deque()
        self._spread_seed: int | None = None

    def state(self) -> dict[str, Any]:
        """Return the state on which proposals depend besides the trials, as plain data.

        Returns
        -------
        state : dict
            The states of the generator, of the fits and of the Sobol points.
        """
        return {
            **super().state(),
            "fits": [fit.state() for fit in self._fits],
            "spread": [self._spread_seed, len(self._spread)],
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Continue from a state that :meth:`state` returned.

        Parameters
        ----------
        state : dict
            The state.
        """
        super().restore(state)
        for fit, kept in zip(self._fits, state["fits"], strict=True):
            fit.restore(kept)
        seed, n_left = state["spread"]
        if seed is not None:
            self._lay_out(seed)
            while len(self._spread) > n_left:
                self._spread.popleft()

    @property
    def _fits(self) -> list[KernelFit]:
        """All fits, in the order of the state."""
        return [*self._score_fits, self._seconds_fit]

    def propose(self) -> FloatArray:
        """Return rows, the one with the greatest expected improvement first."""
        with one_blas_thread():
            return self._propose()

    def _propose(self) -> FloatArray:
        """Return the rows of :meth:`propose`."""
        if self._is_first_look:
            if not self._spread:
                self._lay_out(int(self.rng.integers(2**63)))
            return self._spread.popleft()[None]
        encoding = self._encoding()
        told = TrainingData.of(
            self.history,
            encoding,
            len(self.space),
            max_resource=self.max_resource,
            n_enough=self.n_enough,
            n_most=self.max_points,
        )
        if not np.isfinite(told.scores).any() or not len(encoding.starts):
            return self.space.draw(1, self.rng)
        fit = self._score_fits[len(self.history) % len(self._score_fits)]
        n_told = self.history.n_observations
        targets = score_targets(told.scores)
        process = fit.process(told.encoding_told, told.rows, targets, n_told)
        encoding = told.encoding
        tried = encoding(told.rows)
        means = process.means(tried)
        incumbents = first_of_each(told.rows[np.argsort(-means[:, 0], kind="stable")])
        if len(told.pending):
            soon = told.encoding_pending(told.pending)
            process = process.with_fantasies(soon, self.n_fantasies, self.rng)
            tried = np.concatenate([tried, encoding(told.pending)])
            means = process.means(tried)
        noise = np.sqrt(process.parameters.noise)
        wanted = means.max(axis=0) + MARGIN + NOISE_SHARE * noise
        # Noise leaves variance at the best trials. With it they would be repeated again
        # and again, which finds nothing better.
        noiseless = process.reinterpolated()
        acquisition: Acquisition = LogExpectedImprovement(noiseless, wanted)
        if self.per_second:
            acquisition = self._per_second(acquisition, told)
        known = self._known_left()
        if len(known):
            rows = known[np.argsort(-acquisition(encoding(known)), kind="stable")]
        else:
            rows = maximise(
                acquisition, encoding, self.space, incumbents[:N_INCUMBENTS], self.rng
            )
        return self._drawn_anew(rows)

    def _known_left(self) -> FloatArray:
        """Return the configurations with known scores that this turn chooses among.

        Most turns choose among all configurations; for them the array is empty.
        """
        d, n = len(self.space), len(self.history)
        known = self.known_scores
        if known is None or n >= KNOWN_UNTIL or n % KNOWN_EVERY:
            return np.empty((0, d))
        rows = [
            row
            for row in rows_over(known, d)
            if not self._is_seen(row) and not (row == DRAWN).any()
        ]
        return np.array(rows).reshape(len(rows), d)

    def _drawn_anew(self, rows: FloatArray) -> FloatArray:
        """Return rows with the axes that are not modelled drawn at random."""
        modelled = self.space.modelled[: rows.shape[1]]
        if not modelled.all():
            anew = ~modelled & ~np.isnan(rows)
            rows = np.where(anew, self.rng.random(rows.shape), rows)
        return rows

    def _encoding(self) -> Encoding:
        """Return the encoding of the space, with the trend."""
        d = len(self.space)
        told = self.history.told_arrays(d, self.n_enough)[0]
        pending = self.history.pending_rows(d)
        return TrendEncoding(self._trend_builder.trend(told, pending))

    def _lay_out(self, seed: int) -> None:
        """Draw the Sobol points of a seed."""
        rng = np.random.default_rng(seed)
        self._spread = deque(sobol_rows(self.space, N_SPREAD, rng))
        self._spread_seed = seed

    @property
    def _is_first_look(self) -> bool:
        """Whether all scores so far are from one resource below the highest."""
        resources = self.history.resources
        return (
            self.max_resource is not None
            and len(resources) == 1
            and resources[0] < self.max_resource
        )

    def _per_second(self, acquisition: Acquisition, told: TrainingData) -> Acquisition:
        """Return the acquisition per second, if any time is known."""
        timed = told.take(np.flatnonzero(told.seconds > 0.0))
        if not len(timed.rows):
            return acquisition
        targets, scale = standardised(np.log(timed.seconds))
        process = self._seconds_fit.process(
            timed.encoding_told,
            timed.rows,
            targets,
            self.history.n_observations,
        )
        return PerSecond(acquisition, process, scale)
