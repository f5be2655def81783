"""Attributes of other libraries' fitted searches, and where the same is found here."""

from __future__ import annotations

_STUDY = "Write to_optuna(search) for a study of Optuna."
_TABLE = "Write search.results_frame() for the table of all candidates."

#: By the names of Optuna's, scikit-optimize's and old scikit-learn's searches.
_FOUND = {
    "best_trial_": "Write search.best_index_, or search.best_params_.",
    "cv_scores_": "Write search.cv_results_.",
    "grid_scores_": "Write search.cv_results_.",
    "n_trials_": "Write len(search.cv_results_['params']).",
    "optimizer_results_": _TABLE,
    "optimizers_": _TABLE,
    "sample_indices_": "All rows are used.",
    "study_": _STUDY,
    "total_iterations": "Write search.n_iter.",
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
