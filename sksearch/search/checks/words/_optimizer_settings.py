"""Settings of scikit-optimize's optimizer, as settings of our Gaussian process.

A setting with its default value there asks for nothing; so does one that changes how
quickly a proposal is computed, but not which one. Another way to choose the next
configuration is a warning: the search finds its winner in its own way. A setting that
changes which configurations may be tried is an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sksearch._warn import warn
from sksearch.exceptions import SksearchWarning
from sksearch.search.checks.words._other_libraries import is_among
from sksearch.space import short

#: By setting: values that ask for nothing else, and why no other value is taken.
_ALIKE: dict[str, tuple[tuple[object, ...], str]] = {
    "base_estimator": (("GP", "gp"), "The model is a Gaussian process."),
    "acq_func": (("EI", "gp_hedge"), "Candidates have the best expected improvement."),
    "acq_func_kwargs": ((None, {}), "The acquisition function has no settings."),
    "acq_optimizer": (("auto", "lbfgs"), "The acquisition is maximised by gradients."),
    "acq_optimizer_kwargs": ((None, {}), "The maximisation has no settings."),
    "initial_point_generator": (("random", "sobol"), "First points are Sobol points."),
    "avoid_duplicates": ((True,), "No configuration is tried twice."),
    "space_constraint": ((None,), "All of the space is searched."),
}
#: Settings that only guide the choice of the next configuration.
_GUIDES = _ALIKE.keys() - {"space_constraint"}
#: Settings of the speed, of the memory, and of what the search sets itself.
_WITHOUT_EFFECT = ("n_jobs", "model_queue_size", "random_state")
#: Other surrogates, and the class to write.
_SURROGATES = {
    **dict.fromkeys(("RF", "ET", "GBRT"), "TPESearchCV(...)"),
    "DUMMY": "RandomizedSearchCV(...)",
}
#: Numbers of first points, which are `n_startup` here.
_FIRST_POINTS = ("n_initial_points", "n_random_starts")


def read_optimizer_settings(settings: Any) -> dict[str, Any] | None:
    """Return the value of ``sampler_params`` for one of ``optimizer_kwargs``.

    Raise TypeError if a setting of scikit-optimize has no counterpart, and is no mere
    guide.
    """
    if settings is None:
        return None
    if not isinstance(settings, Mapping):
        msg = f"The 'optimizer_kwargs' parameter must be a dict, got {short(settings)}."
        raise TypeError(msg)
    found: dict[str, Any] = {}
    for name, value in settings.items():
        if name in _FIRST_POINTS:
            found |= {} if value is None else {"n_startup": value}
        elif (name, value) == ("acq_func", "EIps"):
            found["per_second"] = True
        elif name not in _WITHOUT_EFFECT and not _asks_for_nothing(name, value):
            if name not in _GUIDES or _is_random(name, value):
                raise TypeError(_advice(name, value))
            warn(_advice(name, value), SksearchWarning)
    return found


def _asks_for_nothing(name: str, value: Any) -> bool:
    if name == "acq_optimizer_kwargs" and isinstance(value, dict):
        return not value.keys() - {"n_jobs"}
    return is_among(value, _ALIKE.get(name, ((), ""))[0])


def _is_random(name: str, value: Any) -> bool:
    """Tell whether a surrogate stands for random search, which learns nothing."""
    named = isinstance(value, str) and value.upper() == "DUMMY"
    return name == "base_estimator" and named


def _advice(name: str, value: Any) -> str:
    """Return the message for a setting without counterpart."""
    _, why = _ALIKE.get(name, ((), "It has no counterpart."))
    line = f"Leave {name!r} out."
    if name == "base_estimator" and isinstance(value, str):
        face = _SURROGATES.get(value.upper())
        line = f"Write {face}, or leave it out." if face else line
    return (
        f"The 'optimizer_kwargs' parameter has {name!r}: {short(value)}. {why} {line}"
    )
