"""Attributes of other libraries' fitted searches, and where the same is found here."""

from __future__ import annotations

_STUDY = "Write to_optuna(search) for a study of Optuna."
_TABLE = "Write search.results_frame() for the table of all candidates."
_FIT = "Write search.fit(X, y)."

#: By the names of Optuna's, scikit-optimize's and old scikit-learn's searches, and of
#: what runs a search in Optuna, KerasTuner and Ray Tune.
_FOUND = {
    "best_params": "Write search.best_params_.",
    "best_trial": "Write search.best_index_, or search.best_params_.",
    "best_trial_": "Write search.best_index_, or search.best_params_.",
    "best_value": "Write search.best_score_.",
    "cv_scores_": "Write search.cv_results_.",
    "get_best_hyperparameters": "Write search.top_params(3).",
    "get_best_models": "Write search.top_models(3, X, y).",
    "get_best_result": "Write search.best_params_, or search.best_estimator_.",
    "get_dataframe": _TABLE,
    "grid_scores_": "Write search.cv_results_.",
    "n_trials_": "Write len(search.cv_results_['params']).",
    "optimize": _FIT,
    "optimizer_results_": _TABLE,
    "optimizers_": _TABLE,
    "results_summary": "Write search.leaderboard(), or search.results_frame().",
    "sample_indices_": "All rows are used. Write range(len(X)).",
    "search": _FIT,
    "search_space_summary": "Write search_space_summary(search.space_).",
    "study_": _STUDY,
    "total_iterations": "Write search.n_iter.",
    "trials": _TABLE,
    "trials_": _TABLE,
    "trials_dataframe": _TABLE,
    "user_attrs_": _STUDY,
}


def elsewhere(name: str) -> str | None:
    """Return a sentence on where something is found; None if it is no known name.

    Parameters
    ----------
    name : str
        The attribute that a search does not have.
    """
    return _FOUND.get(name)
