"""Attributes that a search does not have, and where the same is found.

Some are those of other libraries' fitted searches, some are there after the fit or with
another `refit`, and some are attributes of the winner.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_STUDY = "Write to_optuna(search) for a study of Optuna."
_TABLE = "Write search.results_frame() for the table of all candidates."
_FIT = "Write search.fit(X, y)."

#: By the names of Optuna's, scikit-optimize's and old scikit-learn's searches, and of
#: what runs a search in Optuna, KerasTuner, Ray Tune, FLAML, hyperopt-sklearn and
#: sklearn-genetic-opt.
_FOUND = {
    "best_config": "Write search.best_params_.",
    "best_config_per_estimator": "Write search.leaderboard().",
    "best_estimator": "Write search.best_estimator_.",
    "best_index": "Write search.best_index_.",
    "best_loss": "Write search.best_score_, of which more is better.",
    "best_model": "Write search.best_estimator_.",
    "best_params": "Write search.best_params_.",
    "best_score": "Write search.best_score_.",
    "best_trial": "Write search.best_index_, or search.best_params_.",
    "best_trial_": "Write search.best_index_, or search.best_params_.",
    "best_value": "Write search.best_score_.",
    "cv_scores_": "Write search.cv_results_.",
    "get_best_hyperparameters": "Write search.top_params(3).",
    "get_best_models": "Write search.top_models(3, X, y).",
    "get_best_result": "Write search.best_params_, or search.best_estimator_.",
    "get_dataframe": _TABLE,
    "grid_scores_": "Write search.cv_results_.",
    "hof": "Write search.top_params(3).",
    "logbook": _TABLE,
    "n_trials_": "Write len(search.cv_results_['params']).",
    "optimize": _FIT,
    "optimizer_results_": _TABLE,
    "optimizers_": _TABLE,
    "results_summary": "Write search.leaderboard(), or search.results_frame().",
    "sample_indices_": "All rows are used. Write range(len(X)).",
    "search": _FIT,
    "search_space_summary": "Write search_space_summary(search.space_).",
    "study": _STUDY,
    "study_": _STUDY,
    "total_iterations": "Write search.n_iter.",
    "trials": _TABLE,
    "trials_": _TABLE,
    "trials_dataframe": _TABLE,
    "user_attrs_": _STUDY,
}
#: What a fit leaves, besides the winner.
_OF_FIT = ("cv_results_", "failures_", "multimetric_", "n_splits_", "scorer_")
#: What only a refitted search has.
_OF_REFIT = ("best_estimator_", "refit_time_")
_OF_WINNER = ("best_index_", "best_params_", "best_score_")


def where(state: Mapping[str, Any], name: str) -> str | None:
    """Return where an attribute that a search lacks is found; None if unknown."""
    if name in _FOUND:
        return _FOUND[name]
    if name.startswith("_"):
        return None
    if f"{name}_" in state:
        return f"Write search.{name}_."
    if name in (*_OF_FIT, *_OF_REFIT, *_OF_WINNER):
        return _when(state, name)
    winner = state.get("best_estimator_")
    steps = getattr(winner, "steps", None)
    last = steps[-1][1] if steps else None
    for model, place in ((winner, ""), (last, "[-1]")):
        if model is not None and hasattr(model, name):
            return f"The winner has it: write search.best_estimator_{place}.{name}."
    return None


def _when(state: Mapping[str, Any], name: str) -> str | None:
    """Return when a search has one of its attributes; None if this is unknown."""
    if "cv_results_" not in state:
        return "It is there after search.fit(X, y)."
    refit = state.get("refit")
    if name in _OF_REFIT and refit is False:
        return "With refit=False no model is fitted to all rows: set refit to True."
    if name in _OF_WINNER and refit is False and state.get("multimetric_"):
        return (
            "Several metrics have several winners: name the one that counts in refit."
        )
    if name == "best_score_" and callable(refit):
        return (
            "It is unknown by which score a function as refit chose: take it from row "
            "search.best_index_ of search.cv_results_."
        )
    return None
