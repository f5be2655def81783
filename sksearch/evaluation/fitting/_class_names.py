"""Names of scikit-learn's classes, by which estimators are recognised.

Names are used since importing all the classes would be slow.
"""

from __future__ import annotations

from typing import Any

BOOSTING = {"HistGradientBoostingClassifier", "HistGradientBoostingRegressor"}
NETWORKS = {"MLPClassifier", "MLPRegressor"}


def sklearn_classes(model: Any) -> set[str]:
    """Return the names of scikit-learn's classes that a model is an instance of."""
    return {
        kind.__name__
        for kind in type(model).__mro__
        if kind.__module__.partition(".")[0] == "sklearn"
    }
