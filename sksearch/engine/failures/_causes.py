"""Cause: why a fold failed, in one line; comparable between folds."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sksearch.trials import FoldScore

#: Longer messages are cut.
MAX_LINE = 500
#: Parts that vary between messages of one kind: numbers and addresses.
_VARYING = re.compile(r"0x[0-9a-f]+|\d+(\.\d+)?(e[+-]?\d+)?", re.IGNORECASE)


class Cause(NamedTuple):
    """Why a fold has no score."""

    kind: str  # the class of the exception; ``""`` if the score is nan without one
    head: str  # the first line of its message
    line: str  # class and message in one line, for people

    def masked(self, names: Iterable[str]) -> tuple[str, str]:
        """Return class and message without the parts that vary between candidates.

        Among these are `names`, the class names of the candidate's estimators.
        """
        head = self.head
        for name in sorted(names, key=len, reverse=True):
            head = head.replace(name, "#")
        return self.kind, _VARYING.sub("#", head)


def cause_of(fold: FoldScore, metrics: Iterable[str]) -> Cause | None:
    """Return why none of some metrics has a score on a fold; None if one has."""
    text = fold.error
    if text is None:
        if not all(math.isnan(s) for s in _scores(fold.test, metrics)):
            return None
        text = fold.score_error
    if text is None:
        line = "The score is nan, and nothing was raised."
        return Cause("", line, line)
    kind = fold.exception or "Exception"
    lines = text.rstrip().splitlines()
    pattern = re.compile(rf"(?:[\w<>]+\.)*{re.escape(kind)}(?::|$)")
    start = max((i for i, x in enumerate(lines) if pattern.match(x)), default=None)
    if start is None:
        words = lines[-1:]
    else:
        words = [lines[start].partition(":")[2], *lines[start + 1 :]]
    words = [word.strip() for word in words if word.strip()]
    line = f"{kind}: {' '.join(words)}" if words else kind
    if len(line) > MAX_LINE:
        line = f"{line[: MAX_LINE - 3]}..."
    return Cause(kind, words[0] if words else "", line)


def _scores(test: Mapping[str, Any] | None, metrics: Iterable[str]) -> list[float]:
    return [] if test is None else [float(test.get(m, math.nan)) for m in metrics]
