"""Faults that the quick tests must notice, by the file that each is planted in.

`old` occurs once in the file; a quick test holds that. `tests` are those that must fail
with `new` in its place.
"""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """A fault, and who must notice it.

    Parameters
    ----------
    name : str
        For the command line and the table.
    what : str
        What is wrong with it, in a line.
    file, old, new : str
        The file, the text in it, and the text that is planted in its place.
    tests : tuple of str
        As pytest takes them.
    """

    name: str
    what: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


def faults_in(file: str, *tests: str) -> _In:
    """Return what makes faults in a file of the package that some tests notice."""
    return _In(f"sksearch/{file}", tuple(f"tests/{test}" for test in tests))


class _In(NamedTuple):
    file: str
    tests: tuple[str, ...]

    def __call__(self, name: str, what: str, old: str, new: str) -> Fault:
        """Return a fault."""
        return Fault(name, what, self.file, old, new, self.tests)


parzen = faults_in("samplers/tpe/_parzen.py", "samplers/tpe/test_parzen.py")
split = faults_in("samplers/tpe/_split.py", "samplers/tpe/test_split.py")
tpe = faults_in("samplers/tpe/_tpe_sampler.py", "samplers/tpe/test_tpe_sampler.py")
kernel = faults_in("samplers/_kernel.py", "samplers/test_kernel.py")
encoding = faults_in("samplers/_encoding.py", "samplers/test_encoding.py")
coefficients = faults_in("samplers/_coefficients.py", "samplers/test_coefficients.py")
surface = faults_in("samplers/trend/_surface.py", "samplers/trend/test_surface.py")
scales = faults_in(
    "samplers/trend/_length_scales.py", "samplers/trend/test_length_scales.py"
)
slopes = faults_in("samplers/trend/_slopes.py", "samplers/trend/test_slopes.py")
trend = faults_in("samplers/trend/_trend.py", "samplers/trend/test_trend.py")
prior = faults_in("samplers/_prior.py", "samplers/test_prior.py")
targets = faults_in("samplers/_targets.py", "samplers/test_targets.py")
sobol = faults_in("samplers/_sobol.py", "samplers/test_sobol.py")
startup = faults_in("samplers/_startup.py", "samplers/test_startup.py")
base = faults_in("samplers/_base.py", "samplers/test_base.py")
process = faults_in("samplers/gp/_process.py", "samplers/gp/test_process.py")
parameters = faults_in(
    "samplers/gp/_kernel_parameters.py", "samplers/gp/test_kernel_parameters.py"
)
fit = faults_in("samplers/gp/_kernel_fit.py", "samplers/gp/test_kernel_fit.py")
acquisition = faults_in(
    "samplers/gp/_acquisition.py", "samplers/gp/test_acquisition.py"
)
maximise = faults_in("samplers/gp/_maximise.py", "samplers/gp/test_maximise.py")
resource = faults_in(
    "samplers/gp/_resource_encoding.py", "samplers/gp/test_resource_encoding.py"
)
data = faults_in("samplers/gp/_training_data.py", "samplers/gp/test_training_data.py")
gp = faults_in(
    "samplers/gp/_gp_sampler.py", "samplers/gp/test_gp_sampler.py::TestProposals"
)
known = faults_in(
    "samplers/gp/_gp_sampler.py", "samplers/gp/test_gp_sampler.py::TestKnownScores"
)
is_safe = faults_in("schedulers/_async_halving.py", "schedulers/test_async_halving.py")
bracket = faults_in(
    "schedulers/_bracket.py",
    "schedulers/test_bracket.py",
    "schedulers/test_halving.py",
    "schedulers/test_async_halving.py",
)
rung = faults_in("schedulers/_rung.py", "schedulers/test_rung.py")
ladder = faults_in(
    "schedulers/_ladder.py", "schedulers/test_ladder.py", "schedulers/test_hyperband.py"
)
hyperband = faults_in("schedulers/_hyperband.py", "schedulers/test_hyperband.py")
then_full = faults_in(
    "schedulers/_halving_then_full.py", "schedulers/test_halving_then_full.py"
)
in_numbers = faults_in("knowledge/_in_numbers.py", "knowledge/test_in_numbers.py")
convex = faults_in("ensemble/weights/_convex.py", "ensemble/weights/test_convex.py")
newton = faults_in("ensemble/weights/_newton.py", "ensemble/weights/test_newton.py")
simplex = faults_in("ensemble/weights/_simplex.py", "ensemble/weights/test_newton.py")
greedy = faults_in("ensemble/weights/_greedy.py", "ensemble/weights/test_greedy.py")
race = faults_in("racing/_fold_race.py", "racing/test_fold_race.py")
standard = faults_in("racing/_standard.py", "racing/test_standard.py")
racing = faults_in("engine/_racing.py", "engine/test_racing.py")
honest = faults_in("honesty/_corrected.py", "honesty/test_corrected.py")
partitions = faults_in("honesty/_partitions.py", "honesty/test_partitions.py")
metrics = faults_in("honesty/_weighted_metrics.py", "honesty/test_weighted_metrics.py")
rounds = faults_in(
    "engine/confirmation/_rounds.py", "engine/confirmation/test_rounds.py"
)
confirmation = faults_in(
    "engine/confirmation/_confirmation.py", "engine/confirmation/test_confirmation.py"
)
confirming = faults_in("search/_base.py", "engine/confirmation/test_confirmation.py")
one_error = faults_in(
    "search/selection/_one_standard_error.py",
    "search/selection/test_one_standard_error.py",
)
simplicity = faults_in(
    "search/selection/_simplicity.py", "search/selection/test_simplicity.py"
)
table = faults_in(
    "reports/_table_columns.py",
    "reports/test_table_columns.py",
    "reports/test_stand_ins.py",
)
board = faults_in("reports/_leaderboard.py", "reports/test_leaderboard.py")
top = faults_in("reports/_top.py", "reports/test_top.py")
in_common = faults_in(
    "reports/diagnosis/_in_common.py", "reports/diagnosis/test_in_common.py"
)
importance = faults_in(
    "plots/numbers/_importances.py", "plots/numbers/test_importances.py"
)
smooth = faults_in("plots/numbers/_smooth.py", "plots/numbers/test_smooth.py")
history = faults_in(
    "plots/_optimization_history.py", "plots/test_optimization_history.py"
)
means = faults_in("plots/_race_display.py", "plots/test_race_display.py")
step_store = faults_in(
    "evaluation/shared_steps/_step_store.py",
    "evaluation/shared_steps/test_step_store.py",
)
steps = faults_in(
    "evaluation/shared_steps/_step_memory.py",
    "evaluation/shared_steps/test_step_memory.py",
)
misjudging = faults_in(
    "search/checks/_misjudging.py", "search/checks/test_misjudging.py"
)
made_early = faults_in(
    "search/checks/_without_effect.py", "search/checks/test_without_effect.py"
)
pool = faults_in(
    "workers/_pool.py", "workers/test_pool.py::test_threads_of_blas_are_shared_out"
)

FAULTS: tuple[Fault, ...] = (
    # Steps that candidates share
    steps(
        "shared-target",
        "a transformed target does not count",
        "target = identity(y) if target is None else target",
        'target = "" if target is None else target',
    ),
    steps(
        "shared-draws",
        "steps that draw from the global state are shared",
        "if _global_random_state() != before:",
        "if False:",
    ),
    steps(
        "shared-arguments",
        "what a step is fitted with besides does not count",
        "return identity(name, origin, target, step, rest)",
        "return identity(name, origin, target, step)",
    ),
    steps(
        "shared-overwritten",
        "steps that may overwrite their data are shared",
        "if _overwrites(result[-1]):",
        "if False:",
    ),
    step_store(
        "shared-eviction",
        "the steps that were used last make room",
        "for _, size, path in sorted(found):",
        "for _, size, path in sorted(found, reverse=True):",
    ),
    step_store(
        "shared-data",
        "a folder gives the steps of other data",
        'told = [joblib.hash((X, y), hash_name="sha1")]',
        'told = [joblib.hash(X, hash_name="sha1")]',
    ),
    # Racing
    standard(
        "race-share",
        "all folds are unknown, however many are known",
        "within * (1 / sizes - 1 / size)",
        "within * (1 / sizes)",
    ),
    standard(
        "race-few",
        "the effects of the folds are taken for certain",
        "variance *= 1 + 1 / self.n_complete",
        "variance *= 1.0",
    ),
    standard(
        "race-freedom",
        "a candidate's own scores give no degrees of freedom",
        "freedom = self.n_prior + len(known) - len(sizes)",
        "freedom = self.n_prior",
    ),
    standard(
        "race-weights",
        "half a repetition weighs as much as a whole one",
        "weights = least / variances if least else (variances == 0).astype(float)",
        "weights = np.ones(len(means))",
    ),
    race(
        "race-effects",
        "the effects of the folds are those on the incumbent",
        "effects = centred.mean(axis=0)",
        "effects = centred[0]",
    ),
    race(
        "race-margin",
        "the margin is in standard deviations",
        "math.sqrt(own / self._n_splits)",
        "math.sqrt(own)",
    ),
    race(
        "race-alike",
        "candidates with the same scores count several times",
        "return  # it tells nothing more",
        "pass",
    ),
    race(
        "race-turns",
        "the repetitions are mixed",
        "turn = rng.permutation(self._n_repetitions)[self._repetitions]",
        "turn = np.zeros(self._n_splits)",
    ),
    racing(
        "race-late",
        "candidates that were closed later count",
        "standard = self._standards.get(candidate.number)",
        "standard = self.race.standard() if self.race else None",
    ),
    racing(
        "race-early",
        "folds that are in too early count",
        "folds = candidate.order[: candidate.n_judged]",
        "folds = list(candidate.folds)",
    ),
    racing(
        "race-worth",
        "a pruned candidate may be worth more than the best",
        "return min(standard.expected(folds, values), standard.best)",
        "return standard.expected(folds, values)",
    ),
    # Honest scores
    honest(
        "honest-judges",
        "the winner is judged by those who chose it",
        "judged: Floats = outside[",
        "judged: Floats = inside[",
    ),
    honest(
        "honest-outside",
        "the score outside is off by as much as that inside",
        "gain * n_inside / (n - n_inside)",
        "gain",
    ),
    honest(
        "honest-error",
        "the interval is that of one judge",
        "judged.var(ddof=1) / judged.size",
        "judged.var(ddof=1)",
    ),
    honest(
        "honest-optimism",
        "a winner that does better outside gets a bonus",
        "max(best - float(np.mean(means)), 0.0)",
        "best - float(np.mean(means))",
    ),
    honest(
        "honest-ends",
        "the score passes the best that the metric can have",
        "score + half], *ends)",
        "score + half], None, None)",
    ),
    partitions(
        "honest-strata",
        "blocks have no share of each stratum",
        "np.lexsort((rng.random(n_units), stratum))",
        "np.argsort(rng.random(n_units))",
    ),
    metrics(
        "honest-ties",
        "pairs of equal values count wholly",
        "below.take(n_below, axis=1) + below.take(n_not_above, axis=1)",
        "2 * below.take(n_not_above, axis=1)",
    ),
    # The confirmed winner
    confirming(
        "confirm-cache",
        "the cache of the search is left open",
        "finals.evaluators(replace(evaluator, steps=None))",
        "finals.evaluators(evaluator)",
    ),
    confirmation(
        "confirm-pooled",
        "the scores of the search do not count",
        "values = np.array([self.values(one) for one in tried]",
        "values = np.array([self.values(one) for one in tried[1:] or tried]",
    ),
    rounds(
        "confirm-half",
        "the better half is rounded down",
        "math.ceil(sizes[-1] / 2)",
        "sizes[-1] // 2",
    ),
    rounds(
        "confirm-border",
        "a rival is given up as if there were no further repeat",
        "(n_repeats + 1) * lead >=",
        "n_repeats * lead >=",
    ),
    # The choice of the winner
    one_error(
        "select-error",
        "all within a standard deviation are near the best",
        "worse.std(axis=1, ddof=min(n_splits - 1, 1)) / math.sqrt(n_splits)",
        "worse.std(axis=1, ddof=min(n_splits - 1, 1))",
    ),
    one_error(
        "select-pairs",
        "the error is that of the scores, not of their differences",
        "errors = worse.std(axis=1,",
        "errors = scores.std(axis=1,",
    ),
    simplicity(
        "select-order",
        "names count in the order of the space",
        "for _, name, last in sorted(known)",
        "for _, name, last in known",
    ),
    simplicity(
        "select-unlimited",
        "no limit is simpler than any",
        "return math.inf  # None",
        "return -math.inf  # None",
    ),
    # Reports
    table(
        "report-rungs",
        "scores of lower rungs count as much",
        "(math.isnan(score) or row in unearned, -int(rung), int(rank))",
        "(math.isnan(score) or row in unearned, 0, int(rank))",
    ),
    table(
        "report-unearned",
        "a number for failures is as good as a score",
        "(math.isnan(score) or row in unearned, -int(rung), int(rank))",
        "(math.isnan(score), -int(rung), int(rank))",
    ),
    table(
        "report-ties",
        "equal candidates have unequal ranks",
        "same = place > 0 and keys[row] == keys[order[place - 1]]",
        "same = False",
    ),
    board(
        "board-seconds",
        "the seconds are those of one fold",
        "return per_fold * np.asarray(n_folds)",
        "return per_fold",
    ),
    top(
        "top-distinct",
        "a configuration is listed once for each rung",
        "again = facts.trials[row] in trials",
        "again = False",
    ),
    # Pictures
    importance(
        "plot-share",
        "a regime of few trials counts as one of many",
        "total += share_best**2 / share *",
        "total += share_best *",
    ),
    importance(
        "plot-best",
        "the worst candidates tell what is important",
        "np.sort(scores[known])[::-1]",
        "np.sort(scores[known])",
    ),
    smooth(
        "plot-axes",
        "the axes of a surface change places",
        "total = (kernels[0] * scores) @ kernels[1].T",
        "total = ((kernels[0] * scores) @ kernels[1].T).T",
    ),
    history(
        "plot-incumbent",
        "the best so far is that of any rung",
        "counted = scored & (level == top)",
        "counted = scored",
    ),
    means(
        "plot-race",
        "means so far are divided by all folds",
        "/ np.arange(1, table.folds.shape[1] + 1)",
        "/ table.folds.shape[1]",
    ),
    # The densities of the Parzen estimator
    parzen(
        "tpe-normalisation",
        "kernels of numbers are not normalised to the range",
        "np.log(width * inside) + _HALF_LOG_2PI",
        "np.log(width) + _HALF_LOG_2PI",
    ),
    parzen(
        "tpe-bin-width",
        "the variance of a bin is four times as great",
        "bins * bins / 12.0",
        "bins * bins / 3.0",
    ),
    parzen(
        "tpe-bandwidth",
        "the exponent of the bandwidth is -1",
        "power = -1.0 / (max(1.0, n_active) + 4.0)",
        "power = -1.0",
    ),
    parzen(
        "tpe-min-width",
        "kernels may be as narrow as they like",
        "np.maximum(settings.min_width, settings.bandwidth * counts**power)",
        "settings.bandwidth * counts**power",
    ),
    parzen(
        "tpe-one-width",
        "bad trials have the kernels of good ones",
        "widths = self._widths(counts)",
        "widths = self._widths(counts[[0, 0]])",
    ),
    parzen(
        "tpe-unweighted",
        "good trials weigh the same",
        "self._weights[: below.size, 0] = weights",
        "self._weights[: below.size, 0] = 1.0",
    ),
    parzen(
        "tpe-prior-weight",
        "the prior is no component of the densities",
        "+ self._settings.prior_weight  # (m, 2)",
        "+ 1e-300  # (m, 2)",
    ),
    parzen(
        "tpe-pending",
        "pending trials are no bad ones",
        "np.concatenate([rows[below], rows[above], pending])",
        "np.concatenate([rows[below], rows[above], pending[:0]])",
    ),
    parzen(
        "tpe-leak",
        "categories are not normalised",
        "other = leak * self._k",
        "other = leak",
    ),
    parzen(
        "tpe-inactive",
        "numbers that a trial does not have are no prior",
        "numeric[np.isnan(numeric)] = 0.0",
        "numeric[np.isnan(numeric)] = -1.0",
    ),
    parzen(
        "tpe-draw-prior",
        "nothing is drawn from the prior",
        "total = weights.sum() + settings.prior_weight",
        "total = weights.sum()",
    ),
    parzen(
        "tpe-draw-truncation",
        "numbers are drawn from a normal density that is not truncated",
        "ndtri(low + quantile * (high - low))",
        "ndtri(quantile)",
    ),
    parzen(
        "tpe-draw-odds",
        "other categories are drawn too seldom",
        "odds = 1.0 + self._leak * self._k",
        "odds = 1.0 + self._leak",
    ),
    split(
        "tpe-split-share",
        "the share of good trials is rounded down",
        "math.ceil(gamma * scores.size)",
        "math.floor(gamma * scores.size)",
    ),
    split(
        "tpe-split-floor",
        "good trials may have no weight",
        "np.maximum(gain / gain.mean(), weight_floor)",
        "gain / gain.mean()",
    ),
    split(
        "tpe-split-failures",
        "failures may be good",
        "math.ceil(gamma * scores.size)), n_valid)",
        "math.ceil(gamma * scores.size)))",
    ),
    split(
        "tpe-split-mean",
        "weights have the maximum 1",
        "gain / gain.mean()",
        "gain / gain.max()",
    ),
    # The sampler over these
    tpe(
        "tpe-recombination",
        "candidates exchange nothing",
        "swap = dice[i] * n_active < N_EXCHANGED",
        "swap = dice[i] < 0.0",
    ),
    tpe(
        "tpe-parents",
        "any candidate may have children",
        "rank = np.arange(n) % N_PARENTS",
        "rank = np.arange(n)",
    ),
    tpe(
        "tpe-pending-dropped",
        "the sampler does not hand on pending trials",
        "ParzenTree(rows, scores, pending, self.space",
        "ParzenTree(rows, scores, pending[:0], self.space",
    ),
    tpe(
        "tpe-trend-fades",
        "the trend does not fade",
        "weights = worth * BETA / max(n, 1)",
        "weights = worth * BETA",
    ),
    tpe(
        "tpe-best-first",
        "the worst candidate is proposed",
        'np.argsort(-values, kind="stable")',
        'np.argsort(values, kind="stable")',
    ),
    # Kernels, encodings, trends
    kernel(
        "matern-value",
        "the quadratic term of the Matérn kernel is wrong",
        "kernel /= 3.0",
        "kernel /= 5.0",
    ),
    kernel(
        "matern-slope",
        "the derivative of the Matérn kernel is doubled",
        "slope *= -5.0 / 6.0",
        "slope *= -5.0 / 3.0",
    ),
    encoding(
        "encoding-one-hot",
        "two categories are at a distance of the root of 2",
        "off / np.sqrt(2.0)",
        "off",
    ),
    encoding(
        "encoding-inactive",
        "inactive numbers lie at the lower end",
        "features[np.isnan(features)] = 0.0",
        "features[np.isnan(features)] = -0.5",
    ),
    coefficients(
        "trend-posterior",
        "the prior of the coefficients counts twice",
        "factor.T @ factor + np.eye(factor.shape[1])",
        "factor.T @ factor + 2.0 * np.eye(factor.shape[1])",
    ),
    coefficients(
        "trend-prior-mean",
        "the posterior of the coefficients begins at 0",
        "self.mean + self.root @ learned",
        "self.root @ learned",
    ),
    coefficients(
        "trend-shared",
        "coefficients tell nothing of each other",
        "np.full((k, 1), shared)",
        "np.full((k, 1), 0.0)",
    ),
    surface(
        "surface-doubts",
        "doubts about known scores do not count",
        "NOISE + np.asarray(known.doubts)",
        "NOISE",
    ),
    surface(
        "surface-departures",
        "departures from the mean surface are too great",
        "off = (weights - mean) / np.sqrt(weights.shape[1])",
        "off = weights - mean",
    ),
    surface(
        "surface-gradient",
        "the gradient of surfaces is halved",
        "np.asarray(2.0 * gradient * self._inverse_scales)",
        "np.asarray(gradient * self._inverse_scales)",
    ),
    known(
        "gp-known-scales",
        "the process does not learn length scales of known scores",
        "learn_scales=True",
        "learn_scales=False",
    ),
    known(
        "gp-known-again",
        "known configurations are proposed that were tried",
        "if not self._is_seen(row) and",
        "if",
    ),
    fit(
        "fit-known-scales",
        "the prior of length scales knows nothing of other data",
        "prior = prior.moved(encoding.log_scales)",
        "pass",
    ),
    resource(
        "resource-scales",
        "beside a resource, nothing is known of length scales",
        "np.append(self._encoding.log_scales, 0.0)",
        "np.zeros(len(self.starts))",
    ),
    scales(
        "scales-sources",
        "each source counts as a whole one",
        "pull = 0.5 * (inverse - alpha @ alpha.T / n_sources)",
        "pull = 0.5 * (inverse - alpha @ alpha.T)",
    ),
    scales(
        "scales-doubts",
        "doubts about known scores do not count",
        "+= noise + self._doubts",
        "+= noise",
    ),
    scales(
        "scales-prior",
        "length scales have no prior",
        "off = theta[:-2] / SD",
        "off = 0.0 * theta[:-2]",
    ),
    scales(
        "scales-relative",
        "length scales are absolute",
        "log_scales[found].mean() if found.any() else 0.0",
        "0.0",
    ),
    slopes(
        "slopes-weak",
        "slopes have the standard deviation .1",
        "SLOPE * np.eye(len(axes))",
        "0.1 * np.eye(len(axes))",
    ),
    slopes(
        "slopes-middle",
        "slopes are not centred over the trials",
        "self._middle = MIDDLE + np.nansum(off, axis=0) / np.maximum(n_active, 1)",
        "self._middle = MIDDLE + 0.0 * n_active",
    ),
    trend(
        "trend-centred",
        "surfaces are not centred over the trials",
        "there.sum(axis=0) / max(len(rows), 1)",
        "0.0 * there.sum(axis=0)",
    ),
    prior(
        "prior-derivative",
        "the uniform share has no part in the derivative",
        "(1.0 - DOUBT) * beta * by_log / densities",
        "beta * by_log / densities",
    ),
    prior(
        "prior-normalisation",
        "Beta densities are not normalised",
        "beta = np.exp(logs - self._norm)",
        "beta = np.exp(logs)",
    ),
    targets(
        "targets-failures",
        "failures count as the mean",
        "scores[~failed].min()",
        "scores[~failed].mean()",
    ),
    targets(
        "targets-compressed",
        "the tail is compressed on another scale",
        "low = -spread * np.log1p(",
        "low = -np.log1p(",
    ),
    targets(
        "targets-subset",
        "the best trials may be left out",
        "n_best = n_most // 2",
        "n_best = 0",
    ),
    sobol(
        "sobol-scramble",
        "Sobol points are the same for each seed",
        "scramble=True",
        "scramble=False",
    ),
    sobol(
        "sobol-limits",
        "Sobol points may lie in a tail",
        "space.lower + points[:n] * spans",
        "points[:n]",
    ),
    startup(
        "startup-number",
        "points of the user do not count as startup points",
        "n_left = n - len(before) - len(centres)",
        "n_left = n - len(centres)",
    ),
    base(
        "ask-repeats",
        "configurations may be proposed again",
        "            if key not in self._seen:\n",
        "            if True:\n",
    ),
    # The Gaussian process
    process(
        "gp-variance",
        "half of the variance is explained",
        'np.einsum("mn,mn->m", whitened, whitened)',
        '0.5 * np.einsum("mn,mn->m", whitened, whitened)',
    ),
    process(
        "gp-mean",
        "the posterior mean is without the trend's prior mean",
        "mean = kernel @ self.alpha + self.parameters.trend_mean(features)",
        "mean = kernel @ self.alpha",
    ),
    process(
        "gp-noise",
        "observations have no noise",
        "+= parameters.noise",
        "+= 1e-9",
    ),
    process(
        "gp-gradient",
        "the gradient by the features is halved",
        "gradient *= 2.0 * parameters.inverse_scales**2",
        "gradient *= parameters.inverse_scales**2",
    ),
    process(
        "gp-gradient-trend",
        "the variance of the trend has no gradient",
        "2.0 * by_variance[:, None] * parameters.trend_factor",
        "0.0 * by_variance[:, None] * parameters.trend_factor",
    ),
    process(
        "gp-fantasies",
        "fantasies have too small a spread",
        "half = math.sqrt(p) * np.linalg.qr(normal)[0]",
        "half = 0.9 * np.linalg.qr(normal)[0]",
    ),
    process(
        "gp-reinterpolated",
        "the process without noise has other means",
        "means = self._targets - (",
        "means = self._targets + (",
    ),
    parameters(
        "gp-dimension",
        "length scales do not grow with the dimension",
        "0.5 * np.log(max(n_active, 1.0))",
        "0.0 * np.log(max(n_active, 1.0))",
    ),
    parameters(
        "gp-resource-prior",
        "the resource has the prior of any axis",
        "[RESOURCE] * is_resource_last",
        "[axes[0]] * is_resource_last",
    ),
    fit(
        "gp-fit-gradient",
        "the gradient by length scales is halved",
        "gradient[:-2] -= 2.0 * amplitude",
        "gradient[:-2] -= amplitude",
    ),
    fit(
        "gp-fit-determinant",
        "the log determinant is doubled",
        "np.log(factor.diagonal()).sum()",
        "2.0 * np.log(factor.diagonal()).sum()",
    ),
    fit(
        "gp-fit-prior",
        "length scales have no prior",
        "off = (theta - self._prior.mean) / self._prior.sd",
        "off = 0.0 * (theta - self._prior.mean) / self._prior.sd",
    ),
    acquisition(
        "ei-lower-tail",
        "the expected improvement is halved far below the incumbent",
        "1.0 / (low * low + 3.0)",
        "0.5 / (low * low + 3.0)",
    ),
    acquisition(
        "ei-upper-tail",
        "the density is left out above the incumbent",
        "h = np.exp(-0.5 * high * high - LOG_SQRT_2PI) + high * slope",
        "h = np.exp(-0.5 * high * high - 40.0) + high * slope",
    ),
    acquisition(
        "ei-gradient",
        "the gradient by the variance has a wrong sign in it",
        "(1.0 - z * ratio)",
        "(1.0 + z * ratio)",
    ),
    acquisition(
        "ei-versions",
        "the best of the fantasies counts, not their mean",
        ".mean(axis=1))",
        ".max(axis=1))",
    ),
    acquisition(
        "ei-per-second",
        "slow configurations are preferred",
        "return self._acquisition(features) - self._scale * seconds",
        "return self._acquisition(features) + self._scale * seconds",
    ),
    maximise(
        "maximise-order",
        "the worst of what was evaluated is proposed",
        '    return rows[np.argsort(-values, kind="stable")]',
        '    return rows[np.argsort(values, kind="stable")]',
    ),
    gp(
        "gp-noise-share",
        "the noise has no part in the margin",
        " + NOISE_SHARE * noise",
        "",
    ),
    gp(
        "gp-margin",
        "there is no margin",
        "means.max(axis=0) + MARGIN",
        "means.max(axis=0)",
    ),
    gp(
        "gp-pending",
        "pending trials do not count",
        "        if len(told.pending):\n",
        "        if False:\n",
    ),
    gp(
        "gp-lucky",
        "the variance at noisy trials promises an improvement",
        "LogExpectedImprovement(noiseless, wanted)",
        "LogExpectedImprovement(process, wanted)",
    ),
    resource(
        "resource-logarithm",
        "resources are not scaled by their logarithm",
        "np.log(np.maximum(known, 0.5 * least))",
        "np.maximum(known, 0.5 * least)",
    ),
    resource(
        "resource-feature",
        "all resources are alike",
        "scaled - MIDDLE",
        "0.0 * scaled",
    ),
    data(
        "resource-pending",
        "pending trials are at the target resource, whatever they get",
        "ResourceEncoding(encoding, scaled_resources(soon, low, high))",
        "ResourceEncoding(encoding)",
    ),
    # Schedulers
    is_safe(
        "asha-patience",
        "a promotion needs one standard deviation",
        "PATIENCE**2 * spread",
        "spread",
    ),
    is_safe(
        "asha-rank",
        "a rank is counted half a place too low",
        "(2 * rank - 1) * n",
        "2 * rank * n",
    ),
    bracket(
        "bracket-settled",
        "one more candidate is promoted from a settled rung",
        "len(rung.promoted) * self.ladder.factor >= rung.n_entered",
        "len(rung.promoted) * self.ladder.factor > rung.n_entered",
    ),
    bracket(
        "bracket-early",
        "one more candidate is promoted early",
        "(len(rung.promoted) + 1) * self.ladder.factor <= rung.n_told",
        "len(rung.promoted) * self.ladder.factor <= rung.n_told",
    ),
    bracket(
        "bracket-order",
        "the lowest rung promotes first",
        "in reversed(list(self._below_top())):",
        "in list(self._below_top()):",
    ),
    rung(
        "rung-order",
        "the worst trial leads",
        "insort(self._ranking, (-score, trial))",
        "insort(self._ranking, (score, trial))",
    ),
    rung(
        "rung-failures",
        "minus infinity is a score",
        "if score > -math.inf:",
        "if score >= -math.inf:",
    ),
    ladder(
        "ladder-share",
        "the share that goes on is rounded down",
        "return -(-n // factor)",
        "return max(n // factor, 1)",
    ),
    ladder(
        "ladder-rungs",
        "the last rung is lost",
        "steps = min(n_required, n_possible) - 1\n        resources = (*",
        "steps = max(min(n_required, n_possible) - 2, 0)\n        resources = (*",
    ),
    ladder(
        "hyperband-size",
        "a bracket with fewer rungs has no more candidates",
        "share(self.n_candidates * n, left * self.factor**n_skipped)",
        "share(self.n_candidates * n, n * self.factor**n_skipped)",
    ),
    hyperband(
        "hyperband-rungs",
        "each bracket counts its rungs from 0",
        "Bracket(rungs, number=b, n_skipped=b, early=early)",
        "Bracket(rungs, number=b, n_skipped=0, early=early)",
    ),
    then_full(
        "then-full-resource",
        "the last candidates begin on the first rung",
        "top = ladder.above(n_skipped)",
        "top = ladder.above(n_skipped - 1)",
    ),
    # Weights of ensembles
    in_numbers(
        "none-is-no-limit",
        "None of any library is taken for no limit",
        'parameter.startswith("max_") and None in limits',
        'parameter.startswith("max_")',
    ),
    in_numbers(
        "share-for-a-count",
        "a share of the columns stands where they are counted",
        "    if not _counts(domain):\n        return share\n",
        "    if domain is not None:\n        return share\n",
    ),
    convex(
        "convex-no-worse",
        "weights may be worse than the best member",
        "np.flatnonzero(values <= values[3])[0]",
        "0",
    ),
    convex(
        "convex-strength",
        "weights are drawn to the centre whatever the number of rows",
        "STRENGTH * loss.unit * float(loss.row_weights @ loss.row_weights)",
        "STRENGTH * loss.unit",
    ),
    convex(
        "convex-plausibility",
        "members that are worse by chance are not plausible",
        "density = np.exp(-(z**2) / 2)",
        "density = np.where(z > 0, 0.0, 1.0) + 0.1",
    ),
    newton(
        "newton-gradient",
        "the quadratic model is that at 0",
        "linear = gradient / scale - hessian @ weights",
        "linear = gradient / scale",
    ),
    newton(
        "newton-one-step",
        "there is one step",
        "MAX_STEPS = 50",
        "MAX_STEPS = 1",
    ),
    simplex(
        "simplex-negative",
        "negative weights become positive",
        "weights = np.maximum(weights, 0)",
        "weights = np.abs(weights) + 1e-3",
    ),
    greedy(
        "greedy-weights",
        "counts are not divided by the size",
        "rounds.append(counts / size)",
        "rounds.append(counts)",
    ),
    greedy(
        "greedy-best",
        "the best member is not added first",
        "added = problem.best_of(alone, scores)",
        "added = 0",
    ),
    # Diagnosis
    in_common(
        "in-common-chance",
        "values that a few failures share by chance are named",
        "if others * _chance(failed, len(rows), n_both) < ALPHA:",
        "if _chance(failed, len(rows), n_both) <= 1:",
    ),
    # Checks
    misjudging(
        "misjudging-rounding",
        "an error of rounding counts as a loss",
        "NOTHING = 1e-9",
        "NOTHING = 0.0",
    ),
    misjudging(
        "misjudging-sign",
        "scikit-learn's losses are not told from scores",
        "elif usual.sign != parts.sign:",
        "elif usual.sign > parts.sign:",
    ),
    made_early(
        "made-early-again",
        "parts that no two constructors make alike count as stale",
        "if comparable and kept and",
        "if kept or",
    ),
    # Workers
    pool(
        "pool-blas-threads",
        "workers that share a process have all threads of BLAS each",
        'limits=self.inner_threads, user_api="blas"',
        'limits=None, user_api="blas"',
    ),
)
