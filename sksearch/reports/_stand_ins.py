"""stand_ins: the numbers in a table that a failed fold did not earn.

With a number as `error_score`, ``cv_results_`` has it in the place of the score of a
failed fold, and ranks by it, as in scikit-learn. A candidate that is tried again,
fitted or shown as good must have earned its score, whatever the number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np


def stand_ins(
    table: Mapping[str, Any],
    failures: Mapping[str, Sequence[Any]],
    metric: str,
    error_score: Any,
) -> list[list[int]]:
    """Return row and fold of each score that is the number for failures.

    A fold may fail by one of several metrics, and have a score by another.

    Examples
    --------
    >>> import numpy as np
    >>> from sksearch.reports import stand_ins
    >>> table = {"split0_test_score": np.array([0.0, 0.9, 0.0])}
    >>> stand_ins(table, {"candidate": [2], "fold": [0]}, "score", 0)
    [[2, 0]]
    """
    if isinstance(error_score, str):
        return []
    folds = zip(failures["candidate"], failures["fold"], strict=True)
    return [
        [int(row), int(fold)]
        for row, fold in folds
        if np.equal(table[f"split{fold}_test_{metric}"][row], error_score)
    ]
