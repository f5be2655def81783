"""suggest_models: a choice of the models worth trying first, with their spaces."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sksearch.exceptions import SpaceError
from sksearch.knowledge._data import Data
from sksearch.space import Choice, Option, did_you_mean, short

#: Values of `task`.
TASKS = ("classifier", "regressor")
#: Sparse columns of which a greater share is not 0 are made dense, for models that take
#: no others. Dense, emptier ones might not fit into memory.
SPARSE = 0.01
#: The steps before a model that needs scaled columns.
SCALED = ("dense", "fill", "clip", "scale")


def suggest_models(task: str, *, probabilities: bool = False) -> Choice:
    """Return a choice between the models worth trying, each with its space.

    The models are from scikit-learn, for up to some thousand rows of numbers. Missing
    values are imputed and columns scaled if a model needs it. In scaled columns,
    numbers beyond those of the training data count as the nearest of these, so that a
    row unlike all others has no extreme prediction. Only the ridge regression follows
    a trend further.

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


def _after(steps: Iterable[str], model: Any) -> Any:
    """Return a pipeline of some of the usual steps, and a model."""
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import MinMaxScaler, StandardScaler

    known = {
        # Of scikit-learn alone, so that the best model is read without this package.
        "dense": ColumnTransformer(
            [],
            remainder="passthrough",
            sparse_threshold=SPARSE,
            verbose_feature_names_out=False,
        ),
        "fill": SimpleImputer(strategy="median", keep_empty_features=True),
        # A mistyped number, 30 standard deviations away, makes a network predict three
        # times the largest target, and the folds need not have such a row.
        "clip": MinMaxScaler(clip=True),
        "scale": StandardScaler(),
    }
    return Pipeline([*((name, known[name]) for name in steps), ("model", model)])


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
    # Boosting takes categories of pandas, which no step before it may lose.
    return {
        "logistic": _after(SCALED, LogisticRegression(max_iter=1000)),
        "svm": _after(SCALED, SVC()),
        "neighbours": _after(SCALED, KNeighborsClassifier()),
        "forest": _after(["fill"], RandomForestClassifier()),
        "extra trees": _after(["fill"], ExtraTreesClassifier()),
        "boosting": HistGradientBoostingClassifier(),
        "network": _after(SCALED, network),
        "discriminant": _after(SCALED, LinearDiscriminantAnalysis()),
        "bayes": _after(["dense", "fill"], GaussianNB()),
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
        inner = _after(SCALED, model)
        return TransformedTargetRegressor(inner, transformer=StandardScaler())

    return {
        "ridge": _after(["dense", "fill", "scale"], Ridge()),
        "elastic net": scaled(ElasticNet(alpha=0.01)),
        "svm": scaled(SVR()),
        "neighbours": _after(SCALED, KNeighborsRegressor()),
        "forest": _after(["fill"], RandomForestRegressor()),
        "extra trees": _after(["fill"], ExtraTreesRegressor()),
        "boosting": HistGradientBoostingRegressor(),
        "network": scaled(MLPRegressor(tol=1e-3)),
    }
