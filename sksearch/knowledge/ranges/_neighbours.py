"""Ranges of neighbours and centroids."""

from __future__ import annotations

from sksearch.knowledge.ranges._setting import Found, Setting


def neighbours(s: Setting) -> Found:
    """Return the space of KNeighbors; 1 to 30 by Probst et al. 2019."""
    most = s.data.rows - 1
    found = {
        **s.whole("n_neighbors", 1, 40, log=True, most=most),
        **s.options("weights", ["uniform", "distance"]),
    }
    if s.own("metric") == "minkowski":
        found |= s.options("p", [2, 1])
    return found


def centroid(s: Setting) -> Found:
    """Return the space of NearestCentroid."""
    return s.number("shrink_threshold", 0.05, 2, log=True)


RULES = {
    "KNeighborsClassifier": neighbours,
    "KNeighborsRegressor": neighbours,
    "NearestCentroid": centroid,
}
