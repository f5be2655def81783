"""fingerprint: what a search is asked for, which must not differ on resuming."""

from __future__ import annotations

import json
from collections.abc import Mapping
from numbers import Integral

import sklearn

from sksearch._version import __version__
from sksearch.engine import describe, described, digest, digest_before, holds_data
from sksearch.search.plan._fit_data import FitData
from sksearch.search.plan._plan import SAMPLES
from sksearch.search.selection import metric_of

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
    value and type, functions and classes of the user by their code. Of the data only a
    hash is kept. `old` asks for the fingerprint of the journal's first version, which
    has other hashes.
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
