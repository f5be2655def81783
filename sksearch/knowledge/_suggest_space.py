"""suggest_space: a ready-made space for an estimator, sized by the data."""

from __future__ import annotations

from typing import Any

from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.knowledge._data import Data
from sksearch.space import Choice, Option, has_params, short

#: What a configuration calls the estimator that a `Choice` between several has chosen.
CHOSEN = "estimator"


def suggest_space(estimator: Any, X: Any = None, y: Any = None) -> dict[str, Any]:
    """Return a ready-made space: what is worth tuning, and over which values.

    Knows the classifiers, regressors and usual transformers of scikit-learn, the
    scikit-learn interfaces of XGBoost, LightGBM and CatBoost, and skorch's networks;
    inside of a ``Pipeline``, ``ColumnTransformer``, ``FeatureUnion`` and of estimators
    around others, too. Ranges lie around the settings of the estimator: what a search
    finds is not worse by its own scores.

    Parameters
    ----------
    estimator : estimator or Choice
        What is to be tuned, with its settings. They say which parameters there are:
        ``SVC(kernel="linear")`` has no ``gamma``. Of a `Choice` each option gets a
        space that has none.
    X, y : array-like, default=None
        The data. With them no range asks for more than there is: neighbours, columns,
        components. Half of the rows count, as the folds of ``cv=2`` have. Without them
        the space is for 100 rows and 10 columns or more.

    Returns
    -------
    space : dict
        Names of parameters with `Int`, `Float`, lists and `Choice`: a dict like any
        other, to be changed, and given to a search as ``param_distributions``.

    Raises
    ------
    SpaceError
        If there is no ready-made space, with the reason.

    See Also
    --------
    suggest_models : Several models with their spaces.

    Notes
    -----
    ``param_distributions="auto"`` of a search is this space, for the data of ``fit``.

    Left alone are what only costs time (the number of trees of a forest), what changes
    the meaning of the model (losses, ``class_weight``), and what is set to something
    that no range holds.

    Examples
    --------
    >>> from sklearn.neighbors import KNeighborsClassifier
    >>> from sklearn.pipeline import make_pipeline
    >>> from sklearn.preprocessing import StandardScaler
    >>> from sklearn.svm import SVC
    >>> from sksearch import suggest_space
    >>> space = suggest_space(make_pipeline(StandardScaler(), SVC()))
    >>> space["svc__C"]
    Float(0.03, 300.0, log=True)
    >>> list(space)
    ['svc__C', 'svc__gamma']
    >>> X = [[0.0], [1.0], [2.0], [3.0], [4.0], [5.0]]
    >>> suggest_space(KNeighborsClassifier(), X)["n_neighbors"]
    Int(1, 2, log=True)
    """
    return suggest(estimator, Data.of(X, y))


def suggest(estimator: Any, data: Data) -> dict[str, Any]:
    """Return a ready-made space for data of which the facts are known.

    Parameters
    ----------
    estimator : estimator or Choice
        What is to be tuned.
    data : Data
        The facts.
    """
    if isinstance(estimator, Choice):
        options = {
            label: _with_space(option, data)
            for label, option in zip(estimator.labels, estimator.options, strict=True)
        }
        return {CHOSEN: Choice(options)}
    _check(estimator)
    space, reasons = _walked(estimator, data)
    if not space:
        named = [f"{name}: {why}" for name, why in reasons.items()]
        why = "; ".join(named) or "it holds nothing that has one"
        msg = (
            f"There is no ready-made space for {type(estimator).__name__} ({why}). "
            "Write one: a dict of names to values, such as {'C': Float(0.1, 10)}."
        )
        raise SpaceError(msg)
    return space


def _with_space(option: Option, data: Data) -> Option:
    """Return an option with a space, if it has none of its own."""
    if option.sub_space or not has_params(option.value):
        return option
    return Option(option.value, **_walked(option.value, data)[0])


def _walked(estimator: Any, data: Data) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what there is for an estimator and all that it holds, and why not more."""
    # The tables are read when they are needed: importing sksearch stays quick.
    from sksearch.knowledge._walk import walk

    walked = walk(estimator, data)
    return walked.space, walked.reasons


def _check(estimator: Any) -> None:
    if isinstance(estimator, type):
        name = estimator.__name__
        msg = (
            f"estimator is the class {name}, and an estimator is wanted. Write "
            f"{name}()."
        )
        raise SpaceTypeError(msg)
    if not has_params(estimator):
        msg = f"estimator must be an estimator or a Choice, got {short(estimator)}."
        raise SpaceTypeError(msg)
