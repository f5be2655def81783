"""Knowledge: what is good for scikit-learn's estimators on many data sets."""

from sksearch.knowledge._known_points import Known, known_points, knows

__all__ = ["Known", "known_points", "knows"]
