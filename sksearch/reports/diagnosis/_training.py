"""Findings from training and test scores: too simple, overfitted, or without skill.

Skill is a rescaled score: 0 for the best constant, 1 for perfect predictions.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from sksearch.reports.diagnosis._finding import Finding
from sksearch.reports.diagnosis._outcome_of_search import Outcome, digits
from sksearch.reports.diagnosis._range_ends import reaches
from sksearch.reports.diagnosis._significance import (
    ALPHA,
    ALPHA_OF_MANY,
    least_likely,
    luck_of_best,
    p_greater,
    rank_correlation,
    standard_error,
)
from sksearch.space import FloatArray

#: Models lose some skill on new data, and data contain noise. More than half of the
#: skill lost, or missing, is a finding.
HALF = 0.5
#: A value counts as the end if at most this share of the tried values lies beyond.
NEAR_END = 0.05


class Mover(NamedTuple):
    """The hyperparameter with the strongest effect on a quantity."""

    name: str
    rho: float
    p: float


def beside_training(outcome: Outcome, ends: Mapping[str, str]) -> Iterator[Finding]:
    """Yield findings from the skill on test rows, and on training rows if known.

    `ends` has the hyperparameters with their best value at one end of their range, and
    which end.
    """
    row, skill = outcome.winner, outcome.skill()
    if row is None or skill is None:
        return
    guess, perfect = skill
    test = outcome.folds[row]
    luck = _luck(outcome)
    if test.mean() - guess <= luck:
        yield _no_skill(outcome, float(test.mean()), guess, luck)
    if outcome.train is None or not np.isfinite(outcome.train[row]).all():
        return
    if outcome.n_folds < 2:
        return
    train = outcome.train[row]
    learned, kept = train.mean() - guess, test.mean() - guess
    if learned > 0.0 and learned - kept > HALF * learned:
        if p_greater(train - test, outcome.share) < ALPHA:
            yield _overfitted(outcome, train, test, guess)
        return
    little = learned < HALF * (perfect - guess) and _fits_best(outcome, row, guess)
    # The skill missing on training rows exceeds the skill lost on test rows.
    missing = perfect - train.mean() > learned - kept
    mover = _mover(outcome, "train")
    if little or (missing and mover is not None and _is_cut(mover, ends)):
        yield _too_simple(outcome, train, test, guess, perfect)


def _luck(outcome: Outcome) -> float:
    """Return the expected lead of the best of equally many guesses over a guess."""
    if outcome.n_folds < 2:
        return 0.0
    spreads = outcome.scores.std(axis=1, ddof=1)
    error = float(np.median(spreads)) / math.sqrt(outcome.n_folds)
    return luck_of_best(len(outcome.rows)) * error


def _no_skill(outcome: Outcome, score: float, guess: float, luck: float) -> Finding:
    return Finding(
        "no_skill",
        f"The best {outcome.metric} is {digits(score)}. A constant prediction has "
        f"{digits(guess)}, and luck would lift the best of {len(outcome.rows)} guesses "
        f"by {digits(luck)}.",
        "The features say nothing about the target, or no candidate can use them: rows "
        "of X and y out of order, columns lost or not scaled, another kind of model "
        "needed.",
        "Check that the rows of X and y match, and try another estimator, "
        "suggest_models() for instance.",
        {"score": score, "constant": guess, "luck": luck},
    )


def _overfitted(
    outcome: Outcome, train: FloatArray, test: FloatArray, guess: float
) -> Finding:
    high, low = float(train.mean()), float(test.mean())
    lost = (high - low) / (high - guess)
    mover = _mover(outcome, "gap")
    moves = _in_words(outcome, mover, "the gap", narrows=True)
    return Finding(
        "overfitted",
        f"The winner has {digits(high)} on training rows and {digits(low)} on others: "
        f"{min(lost, 1.0):.0%} of what it learned beyond a constant ({digits(guess)}) "
        f"does not carry over.{moves}",
        "The model is flexible enough to learn the noise of the training rows.",
        (
            _widen(outcome, mover, more=False)
            or "Tune what keeps the model simple (regularisation, depth, rows per leaf)"
        )
        + ", or get more rows.",
        {
            "train": high,
            "test": low,
            "constant": guess,
            "lost": lost,
            "moved_by": mover.name if mover else None,
        },
    )


def _too_simple(
    outcome: Outcome, train: FloatArray, test: FloatArray, guess: float, perfect: float
) -> Finding:
    high, low = float(train.mean()), float(test.mean())
    share = (high - guess) / (perfect - guess)
    mover = _mover(outcome, "train")
    moves = _in_words(outcome, mover, "the training score", narrows=False)
    widen = _widen(outcome, mover, more=True)
    return Finding(
        "too_simple",
        f"Even on training rows the winner has {digits(high)} only, {share:.0%} of the "
        f"way from a constant ({digits(guess)}) to {digits(perfect)}; on others it has "
        f"{digits(low)}.{moves}",
        "The models of this space are too simple for the data.",
        (f"{widen}, or take" if widen else "Take")
        + " a more flexible model or better features.",
        {
            "train": high,
            "test": low,
            "constant": guess,
            "reached": share,
            "moved_by": mover.name if mover else None,
        },
    )


def _widen(outcome: Outcome, mover: Mover | None, *, more: bool) -> str:
    """Return advice that makes the mover raise or lower a quantity; "" if it cannot."""
    up = mover is not None and (mover.rho > 0) == more
    if mover is None or not reaches(outcome, mover.name, upper=up):
        return ""
    label, side = outcome.labels[mover.name], "greater" if up else "smaller"
    return f"Let the range of {label} reach further to {side} values"


def _is_cut(mover: Mover, ends: Mapping[str, str]) -> bool:
    """Tell whether the range of the mover ends where the fit is best."""
    return ends.get(mover.name) == ("upper" if mover.rho > 0 else "lower")


def _fits_best(outcome: Outcome, row: int, guess: float) -> bool:
    """Tell whether no candidate can fit the training rows better.

    Either no candidate learns them at all, or the winner fits them as well as any, with
    the end value of the mover.
    """
    assert outcome.train is not None
    rows = np.flatnonzero(outcome.complete)
    means = outcome.train[rows].mean(axis=1)
    top = outcome.train[rows[np.nanargmax(means)]]
    if least_likely(top - guess, share=outcome.share) <= 0.0:
        return True
    behind = top - outcome.train[row]
    if behind.mean() > standard_error(behind, outcome.share) + 1e-12:
        return False
    mover = _mover(outcome, "train", alpha=1.0)
    return mover is not None and _at_end(outcome, mover)


def _at_end(outcome: Outcome, mover: Mover) -> bool:
    """Tell whether the winner has the end value with the highest training scores."""
    assert outcome.winner is not None
    values = outcome.numbers(mover.name, outcome.rows)
    own = outcome.numbers(mover.name, np.array([outcome.winner]))[0]
    known = np.sign(mover.rho) * values[np.isfinite(values)]
    beyond = (known > np.sign(mover.rho) * own).mean()
    return bool(beyond <= NEAR_END)


def _mover(outcome: Outcome, what: str, alpha: float = ALPHA_OF_MANY) -> Mover | None:
    """Return the numeric hyperparameter with most effect on training scores or gap."""
    if outcome.train is None:
        return None
    train = outcome.train[outcome.rows].mean(axis=1)
    target = train - outcome.means if what == "gap" else train
    found: list[Mover] = []
    for name in outcome.numeric:
        values = outcome.numbers(name, outcome.rows)
        known = np.isfinite(values) & np.isfinite(target)
        x, y = values[known], target[known]
        if len(x) < 2 or np.ptp(x) == 0 or np.ptp(y) == 0:
            continue
        sign = 1.0 if np.corrcoef(x, y)[0, 1] >= 0 else -1.0
        rho, p = rank_correlation(sign * x, y)
        found.append(Mover(name, sign * max(rho, 1e-9), p))
    found = [mover for mover in found if mover.p < alpha or alpha == 1.0]
    return max(found, key=lambda m: abs(m.rho), default=None)


def _in_words(
    outcome: Outcome, mover: Mover | None, what: str, *, narrows: bool
) -> str:
    if mover is None or mover.p >= ALPHA_OF_MANY:
        return ""
    label = outcome.labels[mover.name]
    greater = (mover.rho > 0) != narrows
    verb = "narrows" if narrows else "raises"
    size = "greater" if greater else "smaller"
    return f" A {size} {label} {verb} {what} (rank correlation {mover.rho:.2f})."
