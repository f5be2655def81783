"""Racing: a candidate skips its remaining folds once it can no longer win."""

from sksearch.racing._fold_race import FoldRace
from sksearch.racing._standard import Standard

__all__ = ["FoldRace", "Standard"]
