"""What was tried: trials, fold scores, the history."""

from sksearch.trials._history import History
from sksearch.trials._trial import FoldScore, Trial, TrialState

__all__ = ["FoldScore", "History", "Trial", "TrialState"]
