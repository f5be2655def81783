"""Knowledge: what is good for scikit-learn's estimators on many data sets."""

from sksearch.knowledge._known_points import NOTHING, Known, known_points, knows
from sksearch.knowledge._wish import Data

__all__ = ["NOTHING", "Data", "Known", "known_points", "knows"]
