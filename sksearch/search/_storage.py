"""The journal of a search: opened before anything else, begun before the first fit."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterable, Mapping
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
from sksearch.search._early_stopping import is_on
from sksearch.search._setup import Setup
from sksearch.search.halving import SAMPLES
from sksearch.space import axes_of

#: Parameters of a search on which its candidates and scores do not depend, or which
#: may grow from one run to the next; and those that the fingerprint holds in another
#: form.
FREE = frozenset(
    {
        "callbacks",
        "cv",
        "error_score",
        "fit_timeout",
        "n_iter",
        "n_jobs",
        "pre_dispatch",
        "refit",
        "resume",
        "storage",
        "timeout",
        "verbose",
        "window",
    }
)

#: Which rows rungs have. Scores of other rows are those of another search.
RUNGS = "two rows of each class; as many test rows as training rows"


#: What ``fit`` is given besides the data is hashed if its description is longer.
LONGEST = 2000


def open_journal(storage: Any, resume: Any) -> AbstractContextManager[Journal | None]:
    """Return the journal in a file, locked; None without a file."""
    return nullcontext() if storage is None else Journal(storage, resume)


def random_bits(random_state: Any, journal: Journal | None) -> Any:
    """Return the source of randomness, the one of the first run if there was one.

    Parameters
    ----------
    random_state : int, RandomState or None
        As of the search. An int says it all. What else it may be is different in each
        run, so that a journal keeps a seed.
    journal : Journal or None
        Of the search.
    """
    rng = check_random_state(random_state)
    if journal is None or isinstance(random_state, Integral):
        return rng
    fresh = int(rng.randint(np.iinfo(np.int32).max))
    return check_random_state(journal.kept.setdefault("seed", fresh))


def begin(
    journal: Journal,
    search: Any,
    setup: Setup,
    folds: Any,
    columns: Iterable[str],
    params: Mapping[str, Any],
) -> None:
    """Begin a journal, or go on with it, after all checks.

    Parameters
    ----------
    journal : Journal
        Of the search.
    search : BaseSearch
        With the parameters of the user.
    setup : Setup
        What it has read.
    folds : object
        What tells its folds from others.
    columns : iterable of str
        Names of the columns that ``cv_results_`` has besides.
    params : dict
        What ``fit`` was given besides the data.
    """
    now = fingerprint(search, setup.X, setup.y, folds, params, old=journal.is_old)
    if journal.is_new:
        journal.kept["n_splits"] = len(setup.folds)
        journal.kept["axes"] = axes_of(setup.sampler.space)
        journal.kept["columns"] = {
            "more": list(columns),
            "rounds": is_on(search),
            "train": search.return_train_score,
        }
    journal.begin(now, fit_timeout=search.fit_timeout)


def fingerprint(
    search: Any,
    X: Any,
    y: Any,
    folds: Any,
    params: Mapping[str, Any],
    *,
    old: bool = False,
) -> dict[str, Any]:
    """Return what must not differ when a search goes on.

    What is on the disk may be used only if it means the same today. So whatever a score
    depends on is in here, and may not change: the data by its contents, parameters by
    value and type, functions and classes of the user by their code.

    Parameters
    ----------
    search : BaseSearch
        Its parameters, but for those that may change.
    X, y : array-like
        The data, of which only a hash is kept.
    folds : object
        What tells the splits from others.
    params : dict
        What else ``fit`` was given.
    old : bool, default=False
        Whether it is to be compared with that of a journal of the first kind, which
        has other hashes.
    """
    own = _parameters(search)
    if not isinstance(own["random_state"], Integral):
        own["random_state"] = None  # the seed in the journal counts
    if own["initial_points"] == "auto":
        own["initial_points"] = "default"  # where to begin changes no score
    face = type(search)
    data = digest_before if old else digest
    by = data if old else _contents
    return {
        "sksearch": __version__,
        "scikit-learn": sklearn.__version__,
        "search": face.__name__,
        "X": described("X", X, data),
        "y": described("y", y, data),
        **{
            name: described(name, value, by)
            for name, value in params.items()
            if old or value is not None
        },
        "cv": folds,
        **({"rungs": RUNGS} if own.get("resource") == SAMPLES else {}),
        "driven by": search.refit if isinstance(search.refit, str) else None,
        **{
            name: described(name, own[name]) for name in sorted(own) if name not in FREE
        },
        **_code_of(face),
    }


def _parameters(search: Any) -> dict[str, Any]:
    """Return all parameters, also those that a subclass no longer takes."""
    own: dict[str, Any] = search.get_params(deep=False)
    for kind in type(search).__mro__:
        if kind.__module__.startswith("sksearch.") and "__init__" in vars(kind):
            for name in inspect.signature(kind).parameters:
                own.setdefault(name, getattr(search, name))
    return own


def _code_of(face: type) -> dict[str, Any]:
    """Describe a class of the user's that a search is of; nothing for ours."""
    told = describe(face)
    return {"code of the search": told} if isinstance(told, dict) else {}


def _contents(value: Any) -> Any:
    """Describe what ``fit`` was given besides the data: weights, groups, callbacks."""
    if holds_data(value) or isinstance(value, str | int | float | bool | None):
        return digest(value)
    told = describe(value)
    long = len(json.dumps(told)) > LONGEST
    return digest(told) if long else told
