"""Searches that stand somewhere, without a search: for tests of what shows them."""

from __future__ import annotations

import contextlib
import io
import math

import numpy as np

from sksearch.engine import Budget, Planned, Standing
from sksearch.trials import Candidate, FoldScore, Trial


class Screen(io.StringIO):
    """A terminal; while it is entered, the standard output goes to it."""

    def isatty(self):
        return True

    def __enter__(self):
        self.stack = contextlib.ExitStack()
        self.stack.enter_context(contextlib.redirect_stdout(self))
        return self

    def __exit__(self, *_):
        self.stack.close()

    @property
    def lines(self):
        """What stands on it: of a line, what was written over it last."""
        return [line.rpartition("\r")[2] for line in self.getvalue().split("\n")]


class Clock(Budget):
    """A budget whose time stands still at `now`."""

    now = 0.0

    @property
    def elapsed(self):
        return self.now


def make_standing(sizes=None, *, n_splits=2, resources=None, viewer=None, **planned):
    """Return the standing of a search of which nothing is done."""
    sizes = sizes or {0: 10}
    resources = resources or {rung: 3**rung for rung in sizes}
    return Standing(
        Planned(sizes, n_splits, resources, **planned),
        Clock(1),
        lambda candidate: candidate.params.get("kind", ""),
        viewer,
    )


def fold_of(number, fold, score=0.5, *, seconds=1.0, error=None):
    """Return a finished fold; one without a score has failed."""
    test = None if score is None else {"score": score}
    why = {"error": error, "exception": error and error.partition(":")[0]}
    return FoldScore(number, fold, test, None, seconds, 0.0, **why)


def make_candidate(number=0, *, n_splits=2, rung=0, resource=1, score=0.5, **params):
    """Return a candidate of which nothing is done, but whose score is known."""
    trial = Trial(number, params, np.empty(0))
    return Candidate(
        trial, n_splits, number=number, rung=rung, resource=resource, score=score
    )


def do(standing, number=0, *, score=0.5, seconds=1.0, error=None, **words):
    """Let a candidate be begun, tried on all folds and closed; return it."""
    n_splits = standing.planned.n_splits
    value = math.nan if score is None else score
    candidate = make_candidate(number, n_splits=n_splits, score=value, **words)
    standing.begin(candidate)
    for i in range(n_splits):
        fold = fold_of(number, i, score, seconds=seconds, error=error)
        candidate.folds[i] = fold
        standing.add(candidate, [fold])
    standing.close(candidate)
    return candidate
