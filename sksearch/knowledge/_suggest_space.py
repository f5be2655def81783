"""suggest_space: a ready-made space for an estimator, sized by the data."""

from __future__ import annotations

from typing import Any

from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.knowledge._data import Data
from sksearch.space import Choice, Option, has_params, in_place, short, uncovered

#: The name of the chosen estimator of a `Choice` in configurations.
CHOSEN = "estimator"


def suggest_space(estimator: Any, X: Any = None, y: Any = None) -> dict[str, Any]:
    """Return a ready-made space: the parameters worth tuning, with their ranges.

    There are spaces for the classifiers, regressors and usual transformers of
    scikit-learn, the scikit-learn interfaces of XGBoost, LightGBM and CatBoost, and
    skorch's networks, also inside a ``Pipeline``, ``ColumnTransformer``,
    ``FeatureUnion`` or another estimator. Ranges contain the settings of the estimator,
    so that the result of a search is not worse than these by its own score.

    Parameters
    ----------
    estimator : estimator or Choice
        The estimator to tune. Its settings decide which parameters the space has:
        ``SVC(kernel="linear")`` has no ``gamma``. In a `Choice`, each option without a
        space gets one. Parameters with ranges in the estimator itself are left out.
    X, y : array-like, default=None
        The data. No range of neighbours, columns or components exceeds them; only half
        of the rows count, as in the folds of ``cv=2``. Without data the space is for
        100 rows and 10 columns or more.

    Returns
    -------
    space : dict
        Parameter names with `Int`, `Float`, lists and `Choice`. Change it like any
        dict, and pass it to a search as ``param_distributions``.

    Raises
    ------
    SpaceError
        If there is no ready-made space, with the reason.
    SpaceTypeError
        If `estimator` is a class, or no estimator.

    See Also
    --------
    suggest_models : Several models with their spaces.

    Notes
    -----
    With ``param_distributions="auto"``, a search uses this space, for the data of
    ``fit``.

    The space leaves out parameters that only cost time (the number of trees of a
    forest), that change the task of the model (losses, ``class_weight``), or that are
    set to a value no range can contain.

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
    """Return the ready-made space of an estimator for data with these facts."""
    if isinstance(estimator, Choice):
        options = {
            label: _with_space(option, data)
            for label, option in zip(estimator.labels, estimator.options, strict=True)
        }
        return {CHOSEN: Choice(options)}
    _check(estimator)
    tuned = in_place(estimator)
    space, reasons = _walked(tuned.estimator, data)
    if not space:
        named = [f"{name}: {why}" for name, why in reasons.items()]
        why = "; ".join(named) or "no part of it has one"
        msg = (
            f"There is no ready-made space for {type(estimator).__name__} ({why}). "
            "Write one: a dict of names to values, such as {'C': Float(0.1, 10)}."
        )
        raise SpaceError(msg)
    return uncovered(space, tuned.ranges)


def _with_space(option: Option, data: Data) -> Option:
    """Return an option with its own space, or a ready-made one if it has none."""
    if option.sub_space or not has_params(option.value):
        return option
    if in_place(option.value).ranges:
        return option
    return Option(option.value, **_walked(option.value, data)[0])


def _walked(estimator: Any, data: Data) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the space of an estimator and its parts, and reasons for missing ones."""
    # Imported here, so that importing sksearch stays quick.
    from sksearch.knowledge._walk import walk

    walked = walk(estimator, data)
    return walked.space, walked.reasons


def _check(estimator: Any) -> None:
    if isinstance(estimator, type):
        name = estimator.__name__
        msg = f"estimator must be an estimator, got the class {name}. Write {name}()."
        raise SpaceTypeError(msg)
    if not has_params(estimator):
        msg = f"estimator must be an estimator or a Choice, got {short(estimator)}."
        raise SpaceTypeError(msg)
