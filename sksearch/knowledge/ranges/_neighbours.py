"""Ranges of neighbours and centroids."""

from __future__ import annotations

from sksearch.knowledge.ranges._setting import Found, Rule, Setting


def neighbours(s: Setting) -> Found:
    """Return the space of KNeighbors; 1 to 30 by Probst et al. 2019."""
    found = {
        **s.whole("n_neighbors", 1, 40, log=True, most=s.data.rows - 1),
        **s.options("weights", ["uniform", "distance"]),
    }
    if s.own("metric") == "minkowski":
        found |= s.options("p", [2, 1])
    return found


RULES: dict[str, Rule] = {
    "KNeighborsClassifier KNeighborsRegressor": neighbours,
    "NearestCentroid": lambda s: s.number("shrink_threshold", 0.05, 2, log=True),
}
