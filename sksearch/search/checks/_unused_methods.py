"""warn_of_unused_methods: methods of a user's subclass that no search here calls."""

from __future__ import annotations

from sksearch._warn import warn

#: Methods that scikit-learn's searches call, and what to do instead.
_INSTEAD = {
    "_run_search": (
        "A sampler proposes the candidates: pass one as sampler=, or list candidates "
        "in initial_points=."
    ),
    "_format_results": (
        "Override fit instead: call super().fit(X, y), then change self.cv_results_."
    ),
}


def warn_of_unused_methods(search: type) -> None:
    """Warn if a subclass overrides what only scikit-learn's own searches call."""
    for name, line in _INSTEAD.items():
        owner = next((kind for kind in search.__mro__ if name in vars(kind)), search)
        if owner.__module__.partition(".")[0] not in ("sklearn", "sksearch"):
            msg = f"{owner.__name__}.{name} is never called by this search. {line}"
            warn(msg, UserWarning)
