"""What was tried: trials, fold scores, the history; how much each trial may get."""

from sksearch.trials._as_ladder import as_ladder
from sksearch.trials._history import History
from sksearch.trials._ladder import Ladder
from sksearch.trials._trial import FoldScore, Trial, TrialState

__all__ = ["FoldScore", "History", "Ladder", "Trial", "TrialState", "as_ladder"]
