"""learn: weights from out-of-fold predictions, and their nested score."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sksearch._sklearn import check_method_params, safe_indexing
from sksearch.ensemble.learning._climb import scores_together
from sksearch.ensemble.members import Routed
from sksearch.ensemble.predictions import Scoring, Stacked, Target, known_metric
from sksearch.ensemble.weights import METHODS, Loss, Problem, vertex
from sksearch.evaluation import OutOfFold
from sksearch.space import FloatArray

#: Shares by which weights move towards the best member, until they score at least as
#: well. Chosen by hand.
STEPS = (0.0, 0.1, 0.25, 0.5, 0.75, 1.0)
#: Parts of the rows for the nested score if there is only one fold; the default number
#: of folds in scikit-learn.
N_PARTS = 5


@dataclass(frozen=True, eq=False)
class Learned:
    """Weights, and their scores on out-of-fold predictions."""

    weights: FloatArray  # (m,): learned from all out-of-fold predictions
    nested_score: float  # the score of averages with weights learned on the other folds
    # The score of `weights` on the predictions that they were learned from.
    optimistic_score: float
    # (m,): the score of each member alone; nan for members without one.
    member_scores: FloatArray
    # (m,): the score of each member together with all members of more weight; nan for
    # members without weight.
    together: FloatArray

    def among(self, mask: NDArray[np.bool_]) -> Learned:
        """Return the same for all members; those outside of `mask` have no weight."""
        weights, scores = np.zeros(len(mask)), np.full(len(mask), np.nan)
        together = scores.copy()
        weights[mask], scores[mask] = self.weights, self.member_scores
        together[mask] = self.together
        return replace(self, weights=weights, member_scores=scores, together=together)


@dataclass(frozen=True, eq=False)
class Stack:
    """Out-of-fold predictions of all members, and the truth."""

    block: FloatArray  # (m, n, n_columns): the predictions
    rows: NDArray[Any]  # (n,): the row of the data for each prediction; rows may repeat
    folds: NDArray[Any]  # (n,): the fold in which it was a test row
    target: Target  # the outputs and classes of y
    X: Any
    y: NDArray[Any]
    row_weights: NDArray[Any] | None = None  # one for each row of the data
    scorer: Any = None  # the scorer to maximise; None for the loss
    # Further arguments of the scorer.
    score_params: Mapping[str, Any] = field(default_factory=dict)
    # (n,): Whether the class of the row was in the training data; other rows do not
    # count. None if all rows count.
    known: NDArray[np.bool_] | None = None

    @classmethod
    def of(
        cls,
        oof: OutOfFold,
        stacked: Stacked,
        target: Target,
        X: Any,
        routed: Routed,
        scorer: Any,
    ) -> Stack:
        """Return the stack of the members' predictions, with the data and the truth."""
        return cls(
            stacked.block,
            np.concatenate(oof.rows),
            np.repeat(np.arange(len(oof.rows)), [len(part) for part in oof.rows]),
            target,
            X,
            oof.y,
            routed.row_weights,
            scorer,
            routed.score,
            stacked.known,
        )

    def subset(self, mask: NDArray[np.bool_]) -> Stack:
        """Return the stack of some of the rows."""
        return replace(
            self,
            block=self.block[:, mask],
            rows=self.rows[mask],
            folds=self.folds[mask],
            known=None if self.known is None else self.known[mask],
        )

    def of_members(self, mask: NDArray[np.bool_]) -> Stack:
        """Return the stack of some members."""
        return self if mask.all() else replace(self, block=self.block[mask])

    def counting(self) -> Stack:
        """Return the stack of the rows that count, or of all rows if none counts."""
        if self.known is None or self.known.all() or not self.known.any():
            return self
        return self.subset(self.known)

    def loss(self) -> Loss:
        """Return the loss of averages, over the rows that count."""
        some = self.counting()
        return self.target.loss(some.block, some.codes, some.own_weights)

    def problem(self) -> Problem:
        """Return the problem that methods solve."""
        if self.scorer is None:
            return Problem(self.loss())
        params = check_method_params(self.X, self.score_params, self.rows)
        fast = known_metric(self.scorer, self.target, self.block, self.codes, params)
        score = self.scoring()

        def scored(weights: FloatArray) -> float:
            try:
                return float(score(np.tensordot(weights, self.block, 1)))
            except Exception:  # noqa: BLE001 - the scorer may accept other averages
                return math.nan

        return Problem(self.loss(), scored, fast)

    def scoring(self) -> Callable[[FloatArray], float]:
        """Return a function that scores an average."""
        some = self.counting() if self.scorer is None else self
        params = check_method_params(some.X, some.score_params, some.rows)
        scoring = Scoring(some.target, some.scorer, params)
        X = None if some.scorer is None else safe_indexing(some.X, some.rows)
        y = some.y[some.rows]
        counts = slice(None) if some is self else self.known
        return lambda average: scoring(average[counts], X, y, some.own_weights)

    @property
    def own_weights(self) -> NDArray[Any] | None:
        """The weights of the rows, or None."""
        return None if self.row_weights is None else self.row_weights[self.rows]

    @property
    def codes(self) -> NDArray[Any]:
        """The truth for each prediction, encoded by `Target.encode`."""
        return self.target.encode(self.y[self.rows])


def learn_weights(
    method: str, problem: Problem, rng: np.random.Generator
) -> FloatArray:
    """Return the weights of a method, with a score not below the best member's."""
    weights = METHODS[method](problem, rng)
    if problem.scorer is None or method == "uniform":
        return weights
    # The weights with the least loss may score worse than the best member.
    best = vertex(problem.n_members, problem.best_member)
    needed = problem.score(best)
    steps = [(1 - step) * weights + step * best for step in STEPS]
    good = (tried for tried in steps if problem.score(tried) >= needed)
    return next(good, best)


def find_weights(
    method: str, stack: Stack, rng: np.random.Generator, most: int | None = None
) -> FloatArray:
    """Return the weights of a method, at most `most` of them not 0."""
    weights = learn_weights(method, stack.problem(), rng)
    if most is None or np.count_nonzero(weights) <= most:
        return weights
    whole = stack.problem()
    alone = whole.scores(np.eye(len(weights)))
    while np.count_nonzero(weights) > most:
        # One at a time: two near-copies share the weight of one member.
        mask = weights != 0
        mask[_least(weights, alone)] = False
        problem = stack.of_members(mask).problem()
        weights = np.zeros(len(mask))
        weights[mask] = learn_weights(method, problem, rng)
    # A member with little weight among many may be the best of few.
    best = vertex(len(weights), whole.best_member)
    found, needed = whole.scores(np.array([weights, best]))
    return best if needed > found else weights


def _least(weights: FloatArray, alone: FloatArray) -> int:
    """Return the member with the least weight, the worst one of several."""
    has_some = np.flatnonzero(weights)
    scores = np.where(np.isnan(alone), -np.inf, alone)
    return min(has_some.tolist(), key=lambda i: (abs(weights[i]), scores[i]))


def learn(
    method: str,
    stack: Stack,
    rng: np.random.Generator,
    *,
    most: int | None = None,
    given: FloatArray | None = None,
) -> Learned:
    """Learn the weights from all predictions; score them on these, and nested.

    At most `most` members have weight. If weights are `given`, these are scored.
    """
    score = stack.scoring()
    if given is None:
        weights = find_weights(method, stack, rng, most)
        nested = _nested_average(method, stack, rng, most)
    else:
        weights = given
        nested = np.tensordot(weights, stack.block, 1)
    alone = np.array([score(part) for part in stack.block])
    return Learned(
        weights,
        _score_or_nan(score, nested),
        score(np.tensordot(weights, stack.block, 1)),
        alone,
        scores_together(weights, alone, stack.block, score),
    )


def _score_or_nan(score: Callable[[FloatArray], float], average: FloatArray) -> float:
    """Return a score; nan if the scorer refuses the average."""
    try:
        return score(average)
    except ValueError:
        return math.nan


def _nested_average(
    method: str, stack: Stack, rng: np.random.Generator, most: int | None
) -> FloatArray:
    """Return averages for each fold, with weights learned without its rows."""
    folds = stack.folds
    if len(np.unique(folds)) == 1:
        folds = rng.permutation(np.arange(len(folds)) % N_PARTS)
    average = np.empty(stack.block.shape[1:])
    for fold in np.unique(folds):
        test = folds == fold
        # With repeated splits, rows of this fold also occur in other folds.
        train = ~np.isin(stack.rows, stack.rows[test])
        counts = train if stack.known is None else train & stack.known
        if counts.any():
            weights = find_weights(method, stack.subset(train), rng, most)
        else:
            weights = np.full(len(stack.block), 1 / len(stack.block))
        average[test] = np.tensordot(weights, stack.block[:, test], 1)
    return average
