"""Weighted averages of models, with weights learned on rows that they had not seen."""

from sksearch.ensemble._stacking_weights import StackingWeights

__all__ = ["StackingWeights"]
