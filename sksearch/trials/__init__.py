"""What was tried: trials, candidates, the scores of their folds, the history."""

from sksearch.trials._candidate import Candidate
from sksearch.trials._history import History
from sksearch.trials._trial import FoldScore, Trial, TrialState

__all__ = ["Candidate", "FoldScore", "History", "Trial", "TrialState"]
