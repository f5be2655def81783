"""Hyperparameter search for scikit-learn: change one word, keep the script."""

from importlib import import_module
from typing import TYPE_CHECKING

from sksearch._version import __version__

__all__ = [
    "BayesSearchCV",
    "CandidateRecord",
    "Categorical",
    "Choice",
    "EarlyStopping",
    "Float",
    "GPSampler",
    "GridSearchCV",
    "HalvingSearchCV",
    "Int",
    "OneStandardError",
    "Option",
    "OutOfFold",
    "RandomSampler",
    "RandomizedSearchCV",
    "ScoreEstimate",
    "SharedSteps",
    "StackingWeights",
    "TPESampler",
    "TPESearchCV",
    "__version__",
    "as_space",
    "candidate_estimator",
    "expand",
    "from_json",
    "load_history",
    "optional",
    "search_space_summary",
    "space_size",
    "suggest_models",
    "suggest_space",
    "to_json",
    "to_optuna",
]

#: All rooms, from the bottom upwards.
_ROOMS = (
    "exceptions",
    "space",
    "workers",
    "trials",
    "honesty",
    "racing",
    "samplers",
    "schedulers",
    "evaluation",
    "reports",
    "knowledge",
    "engine",
    "progress",
    "search",
    "ensemble",
    "callbacks",
    "plots",
)

if TYPE_CHECKING:
    from sksearch import callbacks as callbacks
    from sksearch import plots as plots
    from sksearch.engine import CandidateRecord
    from sksearch.ensemble import StackingWeights
    from sksearch.evaluation import EarlyStopping, OutOfFold, SharedSteps
    from sksearch.honesty import ScoreEstimate
    from sksearch.knowledge import suggest_models, suggest_space
    from sksearch.samplers import GPSampler, RandomSampler, TPESampler
    from sksearch.search import (
        BayesSearchCV,
        GridSearchCV,
        HalvingSearchCV,
        OneStandardError,
        RandomizedSearchCV,
        TPESearchCV,
        candidate_estimator,
        load_history,
        to_optuna,
    )
    from sksearch.space import (
        Categorical,
        Choice,
        Float,
        Int,
        Option,
        as_space,
        expand,
        from_json,
        optional,
        search_space_summary,
        space_size,
        to_json,
    )
else:

    def __getattr__(name: str) -> object:
        """Import a room, or a name from the lowest room that has it, when it is used.

        Worker processes need the lower half of the rooms only, and so start sooner.
        """
        if name in _ROOMS:
            return import_module(f"{__name__}.{name}")
        for room in _ROOMS if name in __all__ else ():
            found = import_module(f"{__name__}.{room}")
            if name in found.__all__:
                return globals().setdefault(name, getattr(found, name))
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        """List all names, also those that are not imported yet."""
        return sorted({*globals(), *__all__, *_ROOMS})
