"""Trials, candidates, the scores of their folds, and the history of a search."""

from sksearch.trials._candidate import Candidate
from sksearch.trials._history import History
from sksearch.trials._trial import FoldScore, Trial, TrialState

__all__ = ["Candidate", "FoldScore", "History", "Trial", "TrialState"]
