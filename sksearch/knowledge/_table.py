"""The table: configurations of many learners, with their scores on real data sets.

A line of the table holds a learner, one of its configurations, and for each metric a
string with one digit per data set. The digits, in base 36, are levels of the regret
relative to the best configuration of the learner on the set. The first line of a
learner has no configuration; its digits are the regret of the learner's best relative
to the best of all learners. Level `UNIT` is the regret of the median configuration
there, and each level is a factor of `RATIO`, so that the digits are finest near a
learner's best.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from sksearch.space import FloatArray

#: The level of the median configuration, with a regret of 1.
UNIT = 30
#: Ratio of one level to the next; the least regret above 0 is then 0.004.
RATIO = 1.2
LEVELS = "0123456789abcdefghijklmnopqrstuvwxyz"
#: No measurement: the fit failed, took too long, or lacks the metric.
MISSING = "-"
#: Stands for the configuration in the first line of a learner.
BEST = "best"
#: Settings of the steps before a learner, not of the learner.
STEPS = ("scaler", "reduction", "share", "degree")


@dataclass(frozen=True)
class Measured:
    """One configuration of the table."""

    learner: str  # name of the class
    params: dict[str, Any]  # its settings; all other parameters have their defaults
    # ``scaler`` ("standard", "minmax", "robust" or "none"), ``reduction`` ("pca",
    # "best" or "none"), the ``share`` of the columns that it keeps, and the ``degree``
    # of polynomial features, if the measurement had such steps.
    steps: dict[str, Any]
    # (n_sets,): regrets by metric; NaN for missing measurements.
    regrets: dict[str, FloatArray]


class Table:
    """The learners of one kind of task, from the text of a table."""

    def __init__(self, text: str) -> None:
        self.sets: list[str] = []
        self.metrics: list[str] = []
        self._lines: dict[str, list[str]] = {}
        self._read: dict[str, list[Measured]] = {}
        for line in text.splitlines():
            head, _, rest = line.partition("\t")
            if head == "sets":
                self.sets = rest.split()
            elif head == "metrics":
                self.metrics = rest.split()
            elif head and not head.startswith("#"):
                self._lines.setdefault(head, []).append(rest)

    @property
    def learners(self) -> list[str]:
        """The class names of the learners in the table."""
        return list(self._lines)

    def rows(self, learner: str) -> list[Measured]:
        """Return all configurations of a learner."""
        if learner not in self._read:
            best, *lines = self._lines.get(learner, [BEST])
            _, *levels = best.split("\t")
            at_best = [regrets_of(of_metric) for of_metric in levels]
            self._read[learner] = [self._row(learner, line, at_best) for line in lines]
        return self._read[learner]

    def _row(self, learner: str, line: str, at_best: Sequence[FloatArray]) -> Measured:
        config, *levels = line.split("\t")
        values = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in json.loads(config).items()
        }
        regrets = [
            best + regrets_of(of_metric)
            for best, of_metric in zip(at_best, levels, strict=True)
        ]
        return Measured(
            learner,
            {n: v for n, v in values.items() if n not in STEPS},
            {n: v for n, v in values.items() if n in STEPS},
            dict(zip(self.metrics, regrets, strict=True)),
        )


def level_of(regret: float) -> str:
    """Return the digit of a regret."""
    if not np.isfinite(regret):
        return MISSING
    level = UNIT + round(np.log(max(regret, 1e-9)) / np.log(RATIO))
    return LEVELS[int(np.clip(level, 0, len(LEVELS) - 1))]


def regrets_of(levels: str) -> FloatArray:
    """Return the regrets of a string of digits."""
    return _REGRETS[np.frombuffer(levels.encode("ascii"), dtype=np.uint8)]


_REGRETS = np.full(128, np.nan)
_REGRETS[[ord(c) for c in LEVELS]] = RATIO ** (np.arange(len(LEVELS)) - UNIT)
_REGRETS[ord("0")] = 0.0


@lru_cache(maxsize=2)
def read_table(task: str) -> Table:
    """Return the table of "classifiers" or of "regressors"."""
    path = Path(__file__).with_name(f"{task}.tsv")
    return Table(path.read_text(encoding="utf-8"))
