"""Samplers: they propose configurations, also in a bare loop without estimators."""

from sksearch.samplers._base import Sampler
from sksearch.samplers._prior import OptimumPrior
from sksearch.samplers._random import RandomSampler
from sksearch.samplers.gp import GPSampler
from sksearch.samplers.tpe import TPESampler
from sksearch.samplers.trend import KnownScores

__all__ = [
    "GPSampler",
    "KnownScores",
    "OptimumPrior",
    "RandomSampler",
    "Sampler",
    "TPESampler",
]
