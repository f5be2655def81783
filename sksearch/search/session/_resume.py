"""The journal of a search: opened first, begun or resumed before the first fit."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from numbers import Integral
from typing import Any

import numpy as np
from sklearn.utils import check_random_state

from sksearch._rng import drawn_seed
from sksearch.engine import Journal
from sksearch.evaluation import Evaluator, StoppedFitting
from sksearch.progress import announce_known
from sksearch.search.plan import FitData, Plan, fingerprint
from sksearch.space import axes_of, outline_of


def open_journal(
    storage: str | os.PathLike[str] | None, resume: bool | str
) -> AbstractContextManager[Journal | None]:
    """Return the journal in a file, locked; None without a file."""
    return nullcontext() if storage is None else Journal(storage, resume)


def random_bits(random_state: object, journal: Journal | None) -> np.random.RandomState:
    """Return the source of randomness, on resuming the same as in the first run.

    Unless `random_state` is an int, it differs between runs, so the journal keeps a
    seed.
    """
    rng: np.random.RandomState = check_random_state(random_state)
    if journal is not None and not isinstance(random_state, Integral):
        fresh = drawn_seed(rng)
        rng = check_random_state(journal.kept.setdefault("seed", fresh))
    return rng


def begin(
    journal: Journal,
    face: type,
    parameters: Mapping[str, Any],
    data: FitData,
    plan: Plan,
    evaluator: Evaluator,
) -> None:
    """Begin a journal, or resume it, after all checks."""
    folds = data.keeper.name(data.cv, data.folds)
    now = fingerprint(face, parameters, data, folds, old=journal.is_old)
    if journal.is_new:
        journal.kept["n_splits"] = len(data.folds)
        journal.kept["axes"] = axes_of(plan.tuned.space)
        journal.kept["columns"] = {
            "more": list(plan.columns),
            "rounds": isinstance(evaluator.fitting, StoppedFitting),
            "train": evaluator.return_train_score,
            "kind": plan.tuned.kind,
            **outline_of(plan.tuned.space, plan.tuned.kind.name),
            **({"n_folds": True} if parameters["prune_folds"] else {}),
        }
    journal.begin(now, fit_timeout=parameters["fit_timeout"])
    announce_known(parameters["verbose"], journal)
