"""Scores of a fitted model: the result of its scorer, as numbers by metric."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from contextlib import suppress
from numbers import Number
from traceback import format_exc
from typing import Any, NamedTuple

from sksearch._sklearn import MultimetricScorer
from sksearch.evaluation.evaluator._evaluator import Evaluator

#: The name of the metric if there is only one.
SINGLE = "score"


class Failure(NamedTuple):
    """An exception of a scorer: its class and traceback, and all metrics that failed.

    There are no metrics if nothing has a score.
    """

    exception: str
    text: str
    metrics: tuple[str, ...] = ()


class Scores(NamedTuple):
    """Scores by metric, nan for failed ones, and the first failure of a scorer.

    None if there are no scores.
    """

    by_metric: dict[str, float] | None
    failure: Failure | None


def scores_of(
    evaluator: Evaluator, model: Any, data: tuple[Any, ...], params: Mapping[str, Any]
) -> Scores:
    """Return the scores of a model on some data; ValueError if one is no number."""
    scorer = evaluator.scorer
    by_name = isinstance(scorer, MultimetricScorer)
    try:
        found = scorer(model, *data, **params)
    except BaseException as error:
        if by_name or evaluator.raises(error):
            raise
        return Scores(None, Failure(type(error).__name__, format_exc()))
    if not isinstance(found, dict):
        return Scores({SINGLE: _number(found, scorer)}, None)
    if not found:
        msg = f"scoring must return a number, got an empty dict. (scorer={scorer})"
        raise ValueError(msg)
    # A multi-metric scorer returns the traceback in place of a failed score.
    texts = {n: s for n, s in found.items() if by_name and isinstance(s, str)}
    found = {**found, **dict.fromkeys(texts, math.nan)}
    numbers = {name: _number(score, name) for name, score in found.items()}
    first = next(iter(texts.values()), None)
    if first is None:
        return Scores(numbers, None)
    return Scores(numbers, Failure(_class_in(first), first, tuple(texts)))


def _class_in(text: str) -> str:
    """Return the class name of the exception at the end of a traceback."""
    last = text.rstrip().rpartition("\n")[2]
    return last.partition(":")[0].rpartition(".")[2]


def _number(score: Any, scorer: Any) -> float:
    """Return a score as a Python number; an error names the scorer."""
    if hasattr(score, "item"):
        with suppress(ValueError):
            score = score.item()  # numpy scalars, also from a memmap
    if isinstance(score, int | float):
        number: Any = score
    else:
        # Decimals and fractions become floats; complex numbers have no order.
        number = None
        if isinstance(score, Number) and not isinstance(score, complex):
            with suppress(TypeError, ValueError, OverflowError):
                number = float(score)  # type: ignore[arg-type]
    if isinstance(number, int) and abs(number) > sys.float_info.max:
        number = None
    if number is None:
        msg = (
            f"scoring must return a number, got {score} ({type(score)}) instead. "
            f"(scorer={scorer})"
        )
        raise ValueError(msg)
    return number  # type: ignore[no-any-return]
