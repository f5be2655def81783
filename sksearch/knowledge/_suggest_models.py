"""suggest_models: a choice of the models worth trying first, with their spaces."""

from __future__ import annotations

from typing import Any

from sksearch.exceptions import SpaceError
from sksearch.knowledge._data import Data
from sksearch.space import Choice, Option, did_you_mean, short

#: Values of `task`.
TASKS = ("classifier", "regressor")


def suggest_models(task: str, *, probabilities: bool = False) -> Choice:
    """Return a choice between the models worth trying, each with its space.

    The models are from scikit-learn, for up to some thousand rows of numbers. Missing
    values are imputed and columns scaled if a model needs it.

    Parameters
    ----------
    task : {"classifier", "regressor"}
        The kind of models.
    probabilities : bool, default=False
        Whether to leave out classifiers without ``predict_proba`` (support vectors),
        which scores such as ``"neg_log_loss"`` need.

    Returns
    -------
    models : Choice
        Pass it to a search as its estimator, or as the values of the last step of a
        pipeline whose first steps turn other columns into numbers.

    Raises
    ------
    SpaceError
        If `task` is neither "classifier" nor "regressor".

    See Also
    --------
    suggest_space : The space of one estimator.

    Examples
    --------
    >>> from sksearch import TPESearchCV, suggest_models
    >>> models = suggest_models("classifier")
    >>> models.labels
    ('logistic', 'svm', 'neighbours', 'forest', 'extra trees', 'boosting', 'network',
    'discriminant', 'bayes')
    >>> search = TPESearchCV(models, n_iter=50)  # then search.fit(X, y)
    """
    if not isinstance(task, str) or task not in TASKS:
        names = " or ".join(map(repr, TASKS))
        msg = f"task must be {names}, got {short(task)}.{did_you_mean(task, TASKS)}"
        raise SpaceError(msg)
    models = _classifiers() if task == TASKS[0] else _regressors()
    from sksearch.knowledge._walk import walk

    return Choice(
        {
            label: Option(model, **walk(model, Data(missing=False)).space)
            for label, model in models.items()
            if not probabilities or hasattr(model, "predict_proba") or task == TASKS[1]
        }
    )


def _steps(*steps: tuple[str, Any], scale: bool = False) -> Any:
    """Return a pipeline that imputes, and optionally scales, before its last step."""
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import StandardScaler

    fill = SimpleImputer(strategy="median", keep_empty_features=True)
    scaler = [("scale", StandardScaler())] if scale else []
    return Pipeline([("fill", fill), *scaler, *steps])


def _classifiers() -> dict[str, Any]:
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
    from sklearn.ensemble import (
        ExtraTreesClassifier,
        HistGradientBoostingClassifier,
        RandomForestClassifier,
    )
    from sklearn.linear_model import LogisticRegression
    from sklearn.naive_bayes import GaussianNB
    from sklearn.neighbors import KNeighborsClassifier
    from sklearn.neural_network import MLPClassifier
    from sklearn.svm import SVC

    network = MLPClassifier(tol=1e-3)
    return {
        "logistic": _steps(("model", LogisticRegression(max_iter=1000)), scale=True),
        "svm": _steps(("model", SVC()), scale=True),
        "neighbours": _steps(("model", KNeighborsClassifier()), scale=True),
        "forest": _steps(("model", RandomForestClassifier())),
        "extra trees": _steps(("model", ExtraTreesClassifier())),
        "boosting": HistGradientBoostingClassifier(),
        "network": _steps(("model", network), scale=True),
        "discriminant": _steps(("model", LinearDiscriminantAnalysis()), scale=True),
        "bayes": _steps(("model", GaussianNB())),
    }


def _regressors() -> dict[str, Any]:
    from sklearn.compose import TransformedTargetRegressor
    from sklearn.ensemble import (
        ExtraTreesRegressor,
        HistGradientBoostingRegressor,
        RandomForestRegressor,
    )
    from sklearn.linear_model import ElasticNet, Ridge
    from sklearn.neighbors import KNeighborsRegressor
    from sklearn.neural_network import MLPRegressor
    from sklearn.preprocessing import StandardScaler
    from sklearn.svm import SVR

    def scaled(model: Any) -> Any:
        """Return a model with scaled columns and a scaled target."""
        inner = _steps(("model", model), scale=True)
        return TransformedTargetRegressor(inner, transformer=StandardScaler())

    return {
        "ridge": _steps(("model", Ridge()), scale=True),
        "elastic net": scaled(ElasticNet(alpha=0.01)),
        "svm": scaled(SVR()),
        "neighbours": _steps(("model", KNeighborsRegressor()), scale=True),
        "forest": _steps(("model", RandomForestRegressor())),
        "extra trees": _steps(("model", ExtraTreesRegressor())),
        "boosting": HistGradientBoostingRegressor(),
        "network": scaled(MLPRegressor(tol=1e-3)),
    }
