"""The lines of ``verbose`` for single candidates and folds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sksearch.engine import Standing, cause_of
from sksearch.evaluation import SINGLE
from sksearch.progress._words import number
from sksearch.space import has_params, label_of, short
from sksearch.trials import Candidate, FoldScore

#: The least `verbose` for a line per candidate, for a line per fold instead, and for
#: the numbers of candidates in these, as in scikit-learn.
CANDIDATES, FOLDS, NUMBERS = 2, 3, 10


def candidate_line(candidate: Candidate, standing: Standing, *, improved: bool) -> str:
    """Return the line for a finished candidate."""
    place = f"{standing.n_finished}/{standing.n_total}{_rung(candidate, standing)}"
    words = [f"score={number(candidate.score)}"]
    if improved:
        words.append("the best so far")
    if candidate.pruned:
        words.append(f"pruned after {len(candidate.folds)} of {candidate.n_splits}")
    words += _failure(candidate)
    label = f"{standing.label(candidate)}: ".removeprefix(": ")
    params = ", ".join(f"{k}={_value(v)}" for k, v in candidate.params.items())
    seconds = sum(fold.fit_time + fold.score_time for fold in candidate.folds.values())
    return f"[{place}] {', '.join(words)}; {label}{params}; {seconds:.1f} s"


def _rung(candidate: Candidate, standing: Standing) -> str:
    """Return the name of the rung; empty if there is only one."""
    if len(standing.sizes) < 2:
        return ""
    return f", rung {candidate.rung} with {candidate.resource}"


def _failure(candidate: Candidate) -> Iterator[str]:
    failed = [fold for _, fold in sorted(candidate.folds.items()) if fold.has_failed]
    if failed:
        n = f"{len(failed)} of {candidate.n_splits} folds failed"
        yield f"{n}: {_reason(failed[0])}"


def _reason(fold: FoldScore) -> str:
    """Return the reason of a failed fold in one line."""
    cause = cause_of(fold, fold.test or ())
    return cause.line if cause else "a score is not finite"


def _value(value: object) -> str:
    if isinstance(value, float):
        return number(value)
    is_named = callable(value) and not has_params(value)  # a function has an address
    return label_of(value) if is_named else short(value)


def fold_line(
    candidate: Candidate, fold: FoldScore, standing: Standing, verbose: int
) -> str:
    """Return the line for a finished fold, as scikit-learn prints it."""
    where = f" {fold.fold + 1}/{candidate.n_splits}"
    if verbose >= NUMBERS:
        where += f"; {candidate.number + 1}/{standing.n_total}"
    where += _rung(candidate, standing).replace(",", ";")
    params = candidate.params
    words = ", ".join(f"{name}={params[name]}" for name in sorted(params))
    scores = "".join(_metrics(fold.test or {SINGLE: float("nan")}, fold.train or {}))
    words += ";" * bool(words) + scores
    if fold.has_failed:
        words += f" ({_reason(fold)})"
    seconds = fold.fit_time + fold.score_time
    start, end = f"[CV{where}] END ", f"{words} total time={seconds:6.1f}s"
    return start + "." * max(80 - len(start) - len(end), 0) + end


def _metrics(test: Mapping[str, float], train: Mapping[str, float]) -> Iterator[str]:
    for name, value in sorted(test.items()):
        both = f"train={train[name]:.3f}, test={value:.3f}" if name in train else ""
        if name == SINGLE:
            yield f" score=({both})" if both else f" score={value:.3f}"
        else:
            yield f" {name}: ({both or f'test={value:.3f}'})"
