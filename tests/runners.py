"""A runner without a face, for tests of the engine."""

from __future__ import annotations

import math

from sklearn.model_selection import KFold
from stand_ins import RecordingSampler, rows

from sksearch import Float
from sksearch._warn import Notices
from sksearch.engine import (
    Budget,
    KeptModels,
    Logbook,
    Planned,
    Racing,
    Runner,
    Standing,
)
from sksearch.evaluation import Evaluator, Resource, make_folds
from sksearch.schedulers import Full, Ladder

LEVEL = {"level": Float(0.0, 1.0)}


def passthrough(estimator, X, y):
    return estimator.score(X, y)


def make_runner(estimator, space=None, *, n_splits=5, n_iter=6, timeout=None, **words):
    """Return a runner whose sampler writes down what it knew."""
    X, y = rows()
    folds = make_folds(KFold(n_splits), X, y, {})
    budget = Budget(n_iter, timeout)
    scheduler = words.get("scheduler", Full(Ladder((1,), n_candidates=n_iter)))
    planned = Planned(scheduler.sizes, n_splits, scheduler.resources, timeout=timeout)
    return Runner(
        RecordingSampler(space or LEVEL, random_state=0),
        Evaluator(estimator, None, folds, passthrough),
        X,
        y,
        budget,
        **{
            "objective": lambda candidate: candidate.mean("score", math.nan),
            "callbacks": [],
            "max_dispatched": 4,
            "window": None,
            "contexts": {},
            "standing": Standing(planned, budget),
            "scheduler": scheduler,
            "resource": Resource(),
            "repeat": False,
            "kept_models": KeptModels({}),
            "logbook": Logbook(None),
            "notices": Notices(),
            "racing": Racing(None, 1, lambda candidate, folds: []),
            "first_failures": None,
            **words,
        },
    )
