"""Findings about differences between candidates, relative to those between folds."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from scipy.special import chdtrc, stdtr

from sksearch.reports.diagnosis._finding import Finding
from sksearch.reports.diagnosis._outcome_of_search import Outcome, digits
from sksearch.reports.diagnosis._significance import (
    ALPHA,
    ALPHA_OF_MANY,
    ROUNDING,
    p_greater,
    same,
    spread_of,
    standard_error,
)
from sksearch.space import FloatArray

#: With fewer candidates their differences are not tested.
LEAST = 5
#: With fewer folds even large differences may be noise.
LEAST_FOLDS = 3
#: Significance level for differences between the score levels of folds. It is strict,
#: as different training rows shift a fold a little, which no formula includes.
ALPHA_OF_LEVELS = 0.001
#: The best quarter of the candidates gives the score level of each fold.
TAIL = 0.25
#: Splitters that repeat folds, by what these respect.
REPEATED = {
    "": "cv=RepeatedKFold()",
    "classes": "cv=RepeatedStratifiedKFold()",
    "groups": "cv=GroupShuffleSplit(20)",
}


def same_score(outcome: Outcome) -> Iterator[Finding]:
    """Yield a finding if all candidates have the same scores."""
    n = len(outcome.rows)
    if n < LEAST or not same(outcome.scores) or outcome.pruned.any():
        return  # a few may be equal by chance; pruned candidates had lower scores
    skill = outcome.skill()
    score = float(outcome.means[0])
    cause, advice = _why_the_same(score, skill)
    yield Finding(
        "same_score",
        f"All {n} candidates have the same {outcome.metric} on each fold, "
        f"{digits(score)} on average.",
        cause,
        advice,
        {"n_candidates": n, "score": score},
    )


def _why_the_same(score: float, skill: tuple[float, float] | None) -> tuple[str, str]:
    """Return the probable cause of equal scores, and advice."""
    guess, perfect = (math.nan, math.nan) if skill is None else skill
    if abs(score - perfect) <= ROUNDING * max(abs(perfect), 1.0):
        cause = (
            "Each of them predicts all test rows correctly: the data are easy, or a "
            "column tells the target."
        )
        advice = (
            "Look for a column that is known only after the target; otherwise take the "
            "simplest candidate, or a finer metric such as 'neg_log_loss'."
        )
        return cause, advice
    compare = (
        "Compare the predictions of two candidates: "
        "search.candidate_estimator(0).fit(X, y).predict(X)."
    )
    if abs(score - guess) <= 0.02 * abs(perfect - guess):
        return "All of them predict the same constant.", compare
    cause = (
        "What is tuned changes no prediction: a step that is not used, a parameter "
        "that another one switches off, a score that is not of predictions. Or there "
        "are too few rows to see a difference."
    )
    return cause, compare


def within_noise(outcome: Outcome) -> Iterator[Finding]:
    """Yield a finding if differences between candidates are noise."""
    if outcome.n_folds < LEAST_FOLDS or outcome.known("resplit"):
        return
    if outcome.pruned.any():
        return  # the complete candidates were significantly better than others
    spreads = [
        (len(scores), spread_of(scores, outcome.share))
        for scores in outcome.by_rung()
        if len(scores) >= LEAST
    ]
    if not spreads or any(spread.gap > spread.luck for _, spread in spreads):
        return
    n, (gap, luck, noise) = spreads[0]
    yield Finding(
        "within_noise",
        f"The folds cannot tell the {n} candidates apart: the best of them is "
        f"{digits(gap)} better than one of the worst tenth, and among equal ones luck "
        f"alone would make it {digits(luck)}.",
        "Among these candidates, nothing that is tuned matters, or there are too few "
        "rows to see it.",
        f"{_repeat(outcome)} "
        'refit="one_standard_error" for the simplest candidate; or keep the defaults.',
        {"gap": gap, "luck": luck, "noise": noise},
    )


def _repeat(outcome: Outcome) -> str:
    """Return advice to repeat the folds, unless they are times; begin the next."""
    line = REPEATED.get(outcome.known("folds", ""))
    return f"Repeat the folds, {line} for instance; take" if line else "Take"


def flattered(outcome: Outcome, optimism: float) -> Iterator[Finding]:
    """Yield a finding if the optimism of the best score exceeds one standard error.

    Breiman, Friedman, Olshen and Stone, "Classification and regression trees", 1984,
    treat differences up to one standard error as meaningless.
    """
    row, level = outcome.winner, outcome.level_of_winner()
    if row is None or optimism <= 0.0:
        return
    best = float(outcome.folds[row].mean())
    error = standard_error(outcome.folds[row], outcome.share, overlap=False)
    gain = best - float(np.median(level.mean(axis=1)))
    # The winner is not worse than the middle one: luck brought no more than the lead.
    optimism = min(optimism, gain)
    if optimism <= error:
        return
    n = len(level)
    more = "a greater number to confirm" if outcome.known("confirmed") else "confirm=5"
    yield Finding(
        "optimism",
        f"The best score, {digits(best)}, owes about {digits(optimism)} to luck, more "
        f"than its standard error ({digits(error)}). It lies {digits(gain)} above that "
        "of the middle candidate.",
        f"It is the best of {n} noisy scores, and there are few rows for so many "
        "candidates.",
        f"Report search.estimate_score() instead; take {more} or "
        'refit="one_standard_error"; try fewer candidates on more folds.',
        {"best_score": best, "optimism": optimism, "standard_error": error},
    )


def optimism_of_folds(outcome: Outcome) -> float:
    """Return the optimism of the best score; 0 if it is not significant.

    Each fold is left out in turn: on it, the candidate that is best on the other folds
    is compared to the candidate that is best on all. With rungs, these are the
    candidates on the rung of the winner.
    """
    scores = outcome.level_of_winner()
    if len(scores) < LEAST or outcome.n_folds < LEAST_FOLDS:
        return 0.0
    total = scores.sum(axis=1, keepdims=True)
    chosen = np.argmax(total - scores, axis=0)
    judged = scores[chosen, np.arange(outcome.n_folds)]
    lost = scores[int(np.argmax(total[:, 0]))] - judged
    # If all differences are noise, the lead of the best is luck.
    spread = spread_of(scores, outcome.share)
    told = spread.gap <= spread.luck or p_greater(lost, outcome.share) < ALPHA
    return max(float(lost.mean()), 0.0) if told else 0.0


def folds_disagree(outcome: Outcome, *, noisy: bool) -> Iterator[Finding]:
    """Yield findings about folds that differ in their level or in their ranking."""
    if len(outcome.rows) < LEAST or outcome.n_folds < LEAST_FOLDS:
        return
    if outcome.known("resplit"):
        return
    if outcome.rungs.max(initial=0) == 0:  # lower rungs have fewer rows
        yield from _levels(outcome)
    if not noisy:
        yield from _opposed(outcome)


def _levels(outcome: Outcome) -> Iterator[Finding]:
    n_tail = max(int(TAIL * len(outcome.rows)), 1)
    best = np.argsort(-outcome.means, kind="stable")[:n_tail]
    levels = outcome.scores[best].mean(axis=0)
    errors = _errors(outcome, levels)
    if errors is None:
        return
    weights = 1.0 / errors**2
    middle = float(weights @ levels / weights.sum())
    chi2 = float(weights @ (levels - middle) ** 2)
    p = float(chdtrc(outcome.n_folds - 1, chi2))
    if p >= ALPHA_OF_LEVELS:
        return
    worst, top = int(levels.argmin()), int(levels.argmax())
    skill = outcome.skill()
    # R² and losses have no lower bound, so a single prediction may decide.
    row = skill is not None and skill[0] <= 0.0
    yield Finding(
        "folds_disagree",
        f"The good candidates have {digits(levels[worst])} on fold {worst} and "
        f"{digits(levels[top])} on fold {top}; the number of rows explains a standard "
        f"error of {digits(float(np.median(errors)))} (p = {p:.1g}).",
        "The folds hold different kinds of rows: data that are sorted, groups that are "
        "divided or missing, a change over time"
        + (", a row unlike all others." if row else "."),
        _shuffle(outcome) + (", at its largest errors first." if row else "."),
        {"levels": levels.tolist(), "errors": errors.tolist(), "p": p},
    )


def _shuffle(outcome: Outcome) -> str:
    """Return advice for folds that differ."""
    if _is_bound(outcome):
        return "Look at the worst fold"
    splitter = "StratifiedKFold" if outcome.known("folds") == "classes" else "KFold"
    return (
        f"Shuffle, cv={splitter}(5, shuffle=True, random_state=0); or, if rows belong "
        "to groups or times, GroupKFold or TimeSeriesSplit, and look at the worst fold"
    )


def _is_bound(outcome: Outcome) -> bool:
    """Tell whether rows belong to groups or times, so that none may be shuffled."""
    return outcome.known("folds") in ("groups", "times")


def _errors(outcome: Outcome, levels: FloatArray) -> FloatArray | None:
    """Return the standard error of each fold's score from its rows; None if unknown.

    A mean of values between 0 and 1 has at most the variance p (1 - p) / n. R² has, for
    normal errors, at most the variance 4 R² (1 - R²)² / n (Olkin and Finn,
    "Correlations redux", Psychological Bulletin 118, 1995). Losses and 1 - R² vary in
    proportion to their size, by sqrt(4 / n) for a ratio of two variances of normal
    values.
    """
    n, skill = outcome.known("n_test"), outcome.skill()
    if n is None or skill is None or len(n) != len(levels):
        return None
    rows = np.maximum(np.asarray(n, dtype=float), 1.0)
    p = float(levels.mean())
    if skill[1] == 1.0 and levels.min() >= 0.0:
        p = min(max(p, 1.0 / rows.sum()), 1.0 - 1.0 / rows.sum())
        return np.asarray(np.sqrt(p * (1 - p) * max(1.0, 4 * (1 - p)) / rows))
    loss = abs(skill[1] - p)
    return np.asarray(loss * np.sqrt(4.0 / rows)) if loss > 0 else None


def _opposed(outcome: Outcome) -> Iterator[Finding]:
    """Yield a finding if a fold prefers candidates that the others reject.

    On this fold, the worst quarter by the other folds beats the best quarter,
    significantly more than the gains vary between folds. Only scores between 0 and 1
    are tested: without bounds, a single row may dominate a fold.
    """
    if outcome.scores.min() < 0.0 or outcome.scores.max() > 1.0:
        return
    n_tail = max(int(TAIL * len(outcome.rows)), 1)
    n = outcome.n_folds
    total = outcome.scores.sum(axis=1)
    for fold in range(n):
        order = np.argsort(total - outcome.scores[:, fold], kind="stable")
        low, high = order[:n_tail], order[-n_tail:]
        gains = outcome.scores[high].mean(axis=0) - outcome.scores[low].mean(axis=0)
        own, others = float(gains[fold]), np.delete(gains, fold)
        spread = float(others.std(ddof=1)) * math.sqrt(1 + 1 / (n - 1))
        if own >= 0 or others.min() <= 0 or spread <= 0:
            continue
        p = float(stdtr(n - 2, (own - others.mean()) / spread))
        if p >= ALPHA_OF_MANY / n:
            continue
        yield Finding(
            "folds_disagree",
            f"Fold {fold} prefers what the others reject: the best quarter of the "
            f"candidates by the other folds beats the worst quarter there by "
            f"{digits(float(others.mean()))}, and on fold {fold} is worse by "
            f"{digits(-own)} (p = {p:.1g}).",
            "The best settings differ between parts of the data, or training and test "
            "parts differ in kind.",
            "Look at how its rows differ from the others"
            + ("." if _is_bound(outcome) else "; shuffle, or split by group."),
            {"fold": fold, "gain": own, "gain_of_others": float(others.mean()), "p": p},
        )
        return
