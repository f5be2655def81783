"""Names of classes, by which estimators are recognised.

Names are used since importing all the classes would be slow.
"""

from __future__ import annotations

from typing import Any

BOOSTING = {"HistGradientBoostingClassifier", "HistGradientBoostingRegressor"}
NETWORKS = {"MLPClassifier", "MLPRegressor"}


def classes_of(thing: Any) -> set[tuple[str, str]]:
    """Return library and name of the classes of an object, or of a class and bases."""
    kind = thing if isinstance(thing, type) else type(thing)
    return {(k.__module__.partition(".")[0], k.__name__) for k in kind.__mro__}


def sklearn_classes(model: Any) -> set[str]:
    """Return the names of scikit-learn's classes that a model is an instance of."""
    return {name for library, name in classes_of(model) if library == "sklearn"}
