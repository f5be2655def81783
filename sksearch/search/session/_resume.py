"""The journal of a search: opened first, begun or resumed before the first fit."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from numbers import Integral
from typing import Any

import numpy as np
import sklearn
from sklearn.utils import check_random_state

from sksearch._version import __version__
from sksearch.engine import (
    Journal,
    describe,
    described,
    digest,
    digest_before,
    holds_data,
)
from sksearch.evaluation import Evaluator, StoppedFitting
from sksearch.progress import announce_known
from sksearch.search.outcome import linked_columns, ranges_of, types_of
from sksearch.search.plan import SAMPLES, FitData, Plan
from sksearch.search.selection import metric_of
from sksearch.space import axes_of

#: Parameters that are not compared on resuming: candidates and scores do not depend on
#: them, or they may grow between runs, or the fingerprint has them in another form.
FREE = frozenset(
    {
        "cache",
        "callbacks",
        "confirm",
        "cv",
        "error_score",
        "fit_timeout",
        "n_iter",
        "n_jobs",
        "pre_dispatch",
        "prune_folds",
        "refit",
        "resume",
        "storage",
        "timeout",
        "verbose",
        "window",
    }
)

#: The rule for the rows of rungs. Scores under another rule are not comparable.
RUNGS = "two rows of each class; as many test rows as training rows"


#: Further arguments of ``fit`` are hashed if their description is longer.
LONGEST = 2000


def open_journal(
    storage: str | os.PathLike[str] | None, resume: bool | str
) -> AbstractContextManager[Journal | None]:
    """Return the journal in a file, locked; None without a file."""
    return nullcontext() if storage is None else Journal(storage, resume)


def random_bits(random_state: object, journal: Journal | None) -> np.random.RandomState:
    """Return the source of randomness, on resuming the same as in the first run.

    Parameters
    ----------
    random_state : int, RandomState or None
        The parameter of the search. Unless it is an int, it differs between runs, so
        that the journal keeps a seed.
    journal : Journal or None
        The journal of the search.
    """
    rng: np.random.RandomState = check_random_state(random_state)
    if journal is not None and not isinstance(random_state, Integral):
        fresh = int(rng.randint(np.iinfo(np.int32).max))
        rng = check_random_state(journal.kept.setdefault("seed", fresh))
    return rng


def begin(
    journal: Journal,
    face: type,
    parameters: Mapping[str, object],
    data: FitData,
    plan: Plan,
    evaluator: Evaluator,
    *,
    fit_timeout: float | None = None,
) -> None:
    """Begin a journal, or resume it, after all checks.

    Parameters
    ----------
    journal : Journal
        The journal of the search.
    face : type
        The class of the search.
    parameters : dict of str to object
        All its parameters.
    data : FitData
        The arguments of ``fit``.
    plan, evaluator : Plan, Evaluator
        The plan of the search, and its evaluator.
    fit_timeout : float or None, default=None
        Time limit of one fit, in seconds.
    """
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
            "ranges": ranges_of(plan.tuned.space),
            "types": types_of(plan.tuned.space, plan.tuned.kind.name),
            "linked": linked_columns(plan.tuned.space, plan.tuned.kind.name),
            **({"n_folds": True} if parameters["prune_folds"] else {}),
        }
    journal.begin(now, fit_timeout=fit_timeout)
    verbose: Any = parameters["verbose"]
    announce_known(verbose, journal)


def fingerprint(
    face: type,
    parameters: Mapping[str, object],
    data: FitData,
    folds: object,
    *,
    old: bool = False,
) -> dict[str, object]:
    """Return the fingerprint of a search, which must not differ on resuming.

    Stored scores may be used only if they would be the same today. So the fingerprint
    contains everything that a score depends on: the data by its contents, parameters by
    value and type, functions and classes of the user by their code.

    Parameters
    ----------
    face : type
        The class of the search.
    parameters : dict of str to object
        The parameters of the search; those that may change are left out.
    data : FitData
        The arguments of ``fit``. Only a hash of the data is kept.
    folds : object
        The identity of the splits.
    old : bool, default=False
        Whether to compare it with a journal of the first version, which has other
        hashes.
    """
    own = dict(parameters)
    if not isinstance(own["random_state"], Integral):
        own["random_state"] = None  # the seed in the journal counts
    if own["initial_points"] == "auto":
        own["initial_points"] = "default"  # initial points change no score
    for name, usual in (("resplit", False), ("n_repeats", 1), ("sampler", None)):
        if name in own and own[name] == usual:
            del own[name]  # older journals lack these parameters
    hashed = digest_before if old else digest
    by = hashed if old else _contents
    refit = metric_of(own["refit"])
    return {
        "sksearch": __version__,
        "scikit-learn": sklearn.__version__,
        "search": face.__name__,
        "X": described("X", data.X, hashed),
        "y": described("y", data.y, hashed),
        **{
            name: described(name, value, by)
            for name, value in data.params.items()
            if old or value is not None
        },
        "cv": folds,
        **({"rungs": RUNGS} if own.get("resource") == SAMPLES else {}),
        "driven by": refit if isinstance(refit, str) else None,
        **{
            name: described(name, own[name]) for name in sorted(own) if name not in FREE
        },
        **_code_of(face),
    }


def _code_of(face: type) -> dict[str, object]:
    """Describe the code of a user's subclass; empty for our own classes."""
    told = describe(face)
    return {"code of the search": told} if isinstance(told, dict) else {}


def _contents(value: object) -> object:
    """Describe a further argument of ``fit``, such as weights, groups or callbacks."""
    if holds_data(value) or isinstance(value, str | int | float | bool | None):
        return digest(value)
    told = describe(value)
    long = len(json.dumps(told)) > LONGEST
    return digest(told) if long else told
