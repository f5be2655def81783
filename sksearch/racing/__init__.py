"""Racing: a candidate whose folds say that it cannot win is not tried on the others."""

from sksearch.racing._fold_race import FoldRace
from sksearch.racing._standard import Standard

__all__ = ["FoldRace", "Standard"]
