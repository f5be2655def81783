"""Callbacks to import: rules that end a search."""

from sksearch.callbacks._below_noise import BelowNoise
from sksearch.callbacks._no_improvement import NoImprovement
from sksearch.callbacks._target_score import TargetScore

__all__ = ["BelowNoise", "NoImprovement", "TargetScore"]
