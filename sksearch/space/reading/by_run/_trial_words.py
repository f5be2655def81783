"""What to write for methods that the trial of a space function does not have."""

from __future__ import annotations

#: Begins each answer.
_HAS = "It has suggest_float, suggest_int and suggest_categorical."
#: The answer to an unknown name.
_RETURNS = (
    "The function returns the parameters to set; the search fits and scores them."
)
_FLOAT = "trial.suggest_float(name, low, high)"
_INT = "trial.suggest_int(name, low, high)"
_PRUNE = (
    "The search reports scores and stops hopeless candidates itself: write "
    "prune_folds=True, or HalvingSearchCV(...)."
)
_NOTES = "The function returns the parameters to set; callbacks take notes of a search."

#: Methods of trials in Optuna, and of hyperparameters in KerasTuner.
_ANSWERS = {
    "report": _PRUNE,
    "should_prune": _PRUNE,
    "set_user_attr": _NOTES,
    "set_system_attr": _NOTES,
    "Float": f"Write {_FLOAT}, with log=True for sampling='log'.",
    "Int": f"Write {_INT}, with log=True for sampling='log'.",
    "Choice": "Write trial.suggest_categorical(name, values).",
    "Boolean": "Write trial.suggest_categorical(name, [False, True]).",
    "Fixed": "Write the value itself.",
    "conditional_scope": "Write an if around the questions.",
}


def instead_of(method: str) -> str:
    """Return sentences on what to write for a method that a trial does not have."""
    return f"{_HAS} {_ANSWERS.get(method, _RETURNS)}"


def instead_of_item(name: object) -> str:
    """Return a sentence on what to write for ``config["C"]``, as in Ray Tune."""
    return (
        f"The trial of a space function is no dict, got trial[{name!r}]. Write "
        f"trial.suggest_float({name!r}, low, high), or pass the dict of ranges itself."
    )
