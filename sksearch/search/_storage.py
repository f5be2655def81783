"""The journal of a search: opened before anything else, begun before the first fit."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from numbers import Integral
from typing import Any

import numpy as np
import sklearn
from sklearn.utils import check_random_state

from sksearch._version import __version__
from sksearch.engine import Journal, describe, digest
from sksearch.evaluation import Folds
from sksearch.search._resources import SAMPLES

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
    }
)

#: Which rows rungs have. Scores of other rows are those of another search.
RUNGS = "two rows of each class; as many test rows as training rows"


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


def fingerprint(
    search: Any, X: Any, y: Any, folds: Folds, params: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what must not differ when a search goes on.

    Parameters
    ----------
    search : BaseSearch
        Its parameters, but for those that may change.
    X, y : array-like
        The data, of which only a hash is kept.
    folds : Folds
        The splits, likewise.
    params : dict
        What else ``fit`` was given, likewise.
    """
    own = search.get_params(deep=False)
    if not isinstance(own["random_state"], Integral):
        own["random_state"] = None  # the seed in the journal counts
    return {
        "sksearch": __version__,
        "scikit-learn": sklearn.__version__,
        "search": type(search).__name__,
        "X": digest(X),
        "y": digest(y),
        **{name: digest(value) for name, value in params.items()},
        "cv": f"{len(folds)} folds {digest(folds.pairs)}",
        **({"rungs": RUNGS} if own.get("resource") == SAMPLES else {}),
        "driven by": search.refit if isinstance(search.refit, str) else None,
        **{name: describe(own[name]) for name in sorted(own) if name not in FREE},
    }
