"""Weighted averages of models, with weights learned from out-of-fold predictions."""

from sksearch.ensemble._stacking_weights import StackingWeights

__all__ = ["StackingWeights"]
