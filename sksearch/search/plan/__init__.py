"""The plan of a search: reads and checks all parameters before the first fit."""

from sksearch.search.plan._fit_data import FitData
from sksearch.search.plan._kept_folds import FoldKeeper, Splitter
from sksearch.search.plan._plan import EPOCHS, SAMPLES, Plan
from sksearch.search.plan._planning import Plans
from sksearch.search.plan._read_space import whole

__all__ = [
    "EPOCHS",
    "SAMPLES",
    "FitData",
    "FoldKeeper",
    "Plan",
    "Plans",
    "Splitter",
    "whole",
]
