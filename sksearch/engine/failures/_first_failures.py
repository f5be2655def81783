"""FirstFailures: ends a search early if no candidate can ever have a score.

If a metric cannot be computed or the target has missing values, all candidates fail,
and hours may pass before the user learns of it. But the first candidates of a good
search may fail too, for a value that others do not have. So a search gives up only if

- no candidate has a score, and one has failed on a fold, by an exception or by nan;
- and other configurations fail on that fold in the same way, by the class and the
  message of the exception. These are the estimator with its own settings, and
  configurations that cover all options not tried so far and both ends of numeric
  ranges. Each of them costs one fit, and there are two for each fold of a candidate, so
  the search ends after about as many fits as three candidates need. It takes a few more
  with many estimators to choose from, or with a define-by-run space.

If one of these has a score, or fails for another reason, the search goes on. It then
gives up only after ten candidates failed in the same way, unless they share an option
to which the space has an alternative.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from sksearch.engine.failures._causes import cause_of
from sksearch.evaluation import Evaluator
from sksearch.exceptions import FitTimeoutError, WorkerDiedError
from sksearch.space import (
    DefineByRunSpace,
    FloatArray,
    Space,
    has_params,
    is_number,
    same_value,
)
from sksearch.trials import Candidate, FoldScore

#: Failures that may not recur on another machine or at another time.
OF_THE_MOMENT = {
    kind.__name__ for kind in (FitTimeoutError, WorkerDiedError, MemoryError)
}
#: Number of failed candidates needed with a define-by-run space, of which no other
#: configurations can be drawn.
N_MADE = 3
#: Number of configurations tried per fold of a candidate, and the most.
N_OTHERS, MAX_OTHERS = 2, 12
#: This many candidates that failed alike end a search even if a probe had a score.
N_ENOUGH = 10
#: How many reasons are probed.
MAX_REASONS = 3
#: The largest number of estimators that are tried.
MAX_ESTIMATORS = 20
#: Number of random rows among which missing options are looked for.
N_DRAWN = 128
#: Where the ends of a range are probed: at an end itself the value may be infinite.
LOW, HIGH = 0.01, 0.99

#: A fold, and how it failed.
Reason = tuple[int, tuple[str, str]]
#: ``fit_once(params, fold)``: the result of one fit; None if the fit was not possible.
FitOnce = Callable[[Mapping[str, Any], int], FoldScore | None]


class FirstFailures:
    """Watches complete candidates until one of them has a score.

    ``metrics(names)`` returns the metrics of which one must have a score. With less
    than the largest resource, `top`, all may fail for lack of it. With `only_fits` only
    failed fits count, since a candidate with score nan may win.
    """

    def __init__(
        self,
        space: Space,
        evaluator: Evaluator,
        top: int,
        metrics: Callable[[list[str]], list[str]],
        *,
        only_fits: bool,
    ) -> None:
        self._space = space
        self._evaluator = evaluator
        self._top = top
        self._metrics = metrics
        self._only_fits = only_fits
        self._failed: defaultdict[Reason, list[Candidate]] = defaultdict(list)
        self._looked_into: set[Reason] = set()
        self._scored = False

    def hopeless(self, candidate: Candidate, fit_once: FitOnce) -> bool:
        """Record a complete candidate; tell whether to give up.

        Candidates must come in an order that does not depend on timing.
        """
        if self._scored:
            return False
        folds = [candidate.folds[i] for i in range(candidate.n_splits)]
        if any(fold.exception in OF_THE_MOMENT for fold in folds):
            return False
        kinds = [self._kind(fold, candidate.params) for fold in folds]
        if not any(kinds):
            self._scored = True
            self._failed.clear()
            return False
        reasons = [(i, kind) for i, kind in enumerate(kinds) if kind is not None]
        for reason in reasons:
            self._failed[reason].append(candidate)
        return self._judge(reasons[0], candidate, fit_once)

    def _judge(self, reason: Reason, last: Candidate, fit_once: FitOnce) -> bool:
        """Tell whether all will fail for the same reason as the last one."""
        failed = self._failed[reason]
        enough = len(failed) >= N_ENOUGH and last.resource >= self._top
        if enough and not self._has_excuse(failed):
            return True
        new = reason not in self._looked_into and len(self._looked_into) < MAX_REASONS
        if self._is_made and (len(failed) < N_MADE or common_pairs(failed)):
            return False  # only the user's function knows the other options
        if not new:
            return False
        self._looked_into.add(reason)
        fold, kind = reason
        for params in self._others(failed, last.n_splits):
            score = fit_once(params, fold)
            if score is None or score.exception in OF_THE_MOMENT:
                return False
            if self._kind(score, params) != kind:
                return False
        return True

    def _kind(
        self, fold: FoldScore, params: Mapping[str, Any]
    ) -> tuple[str, str] | None:
        """Return how a fold failed; None if it has a score."""
        if self._only_fits and fold.error is None:
            return None
        cause = cause_of(fold, self._metrics(list(fold.test or {})))
        if cause is None:
            return None
        return cause.masked(type(v).__name__ for v in params.values() if has_params(v))

    # --------------------------------------------------------------- what else to try

    def _others(
        self, failed: Sequence[Candidate], n_splits: int
    ) -> Iterator[dict[str, Any]]:
        """Yield configurations that are the likeliest to have a score."""
        configurations = [candidate.trial.configuration for candidate in failed]
        found = self._drawn()
        rows, drawn = [row for row, _ in found], [params for _, params in found]
        kinds: set[tuple[str, ...]] = set()
        for configuration in configurations:
            own = self._own(configuration, drawn)
            kind = tuple(f"{name}={type(v).__name__}" for name, v in own.items())
            if kind not in kinds and not self._is_among(own, configurations):
                yield own
            kinds.add(kind)
        n_seen = Counter(pair for c in configurations for pair in pairs_of(c))
        pairs = [pairs_of(c) for c in drawn]
        missing = {pair for own in pairs for pair in own} - set(n_seen)
        n_estimators = sum(pair[2] for pair in missing)
        n_most = min(N_OTHERS * n_splits, MAX_OTHERS) - len(kinds)
        left = list(range(len(rows)))
        for i in range(min(max(n_most, n_estimators), MAX_ESTIMATORS, len(rows))):
            # First the most missing options, estimators above all; then rare options.
            best = max(
                left,
                key=lambda k: (
                    sum(1 + pair[2] for pair in pairs[k] & missing),
                    -sum(n_seen[pair] for pair in pairs[k]),
                ),
            )
            left.remove(best)
            missing -= pairs[best]
            n_seen.update(pairs[best])
            if i > 1:
                yield drawn[best]
                continue
            end = self._space.realise(self._at_end(rows[best], low=i == 0))
            if end.error is None:
                yield dict(end.configuration)

    @property
    def _is_made(self) -> bool:
        """Whether the space is a define-by-run function."""
        return isinstance(self._space, DefineByRunSpace)

    def _drawn(self) -> list[tuple[FloatArray, dict[str, Any]]]:
        """Return random points of the space; none if it is define-by-run."""
        if self._is_made:
            return []
        # Its own generator: probes must not change the search.
        rows = self._space.draw(N_DRAWN, np.random.default_rng(0))
        found = [(row, self._space.realise(row)) for row in rows]
        return [(row, dict(x.configuration)) for row, x in found if x.error is None]

    def _own(
        self, configuration: Mapping[str, Any], drawn: Sequence[Mapping[str, Any]]
    ) -> dict[str, Any]:
        """Return a configuration with its estimators at their own settings.

        Hyperparameters with a single value in the space keep it.
        """
        free = {
            name
            for other in drawn
            for name, value in other.items()
            if name in configuration and not same_value(value, configuration[name])
        }
        if not drawn:
            free = set(configuration)
        return {
            name: value
            for name, value in configuration.items()
            if has_params(value) or name not in free
        }

    def _is_among(
        self, own: Mapping[str, Any], configurations: Sequence[Mapping[str, Any]]
    ) -> bool:
        """Tell whether one of some configurations has the estimator's own settings."""
        slot = self._evaluator.slot
        prefix = f"{slot}__" if slot else ""
        try:
            params = self._evaluator.build(own).get_params()
        except Exception:  # noqa: BLE001 - a fit will tell
            return False
        known = {f"{prefix}{name}": value for name, value in params.items()}
        return any(
            all(
                has_params(value) or (name in known and same_value(known[name], value))
                for name, value in configuration.items()
            )
            and all(name in configuration for name in own)
            for configuration in configurations
        )

    def _at_end(self, row: FloatArray, *, low: bool) -> FloatArray:
        """Return a row with its numbers at one end of their ranges."""
        row = row.copy()
        for j, h in enumerate(self._space):
            if not np.isnan(row[j]) and is_number(h.domain.from_unit(float(row[j]))):
                row[j] = LOW if low else HIGH
        return np.asarray(self._space.snap(row[None])[0])

    def _has_excuse(self, failed: Sequence[Candidate]) -> bool:
        """Tell whether all share an option to which the space has an alternative."""
        common = common_pairs(failed)
        names = {name for name, *_ in common}
        drawn = (pairs_of(params) for _, params in self._drawn())
        return any(p[0] in names and p not in common for pairs in drawn for p in pairs)


def common_pairs(candidates: Sequence[Candidate]) -> set[tuple[str, str, bool]]:
    """Return the options that all candidates have chosen."""
    return set.intersection(*(pairs_of(c.trial.configuration) for c in candidates))


def pairs_of(configuration: Mapping[str, Any]) -> set[tuple[str, str, bool]]:
    """Return the options that a configuration has chosen, without numbers.

    Each is the name, the value as text, and whether it is an estimator.
    """
    return {
        (name, repr(value)[:200], has_params(value))
        for name, value in configuration.items()
        if not is_number(value)
    }
