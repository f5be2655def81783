"""The plan of a search: reads and checks all parameters before the first fit."""

from sksearch.search.plan._finals import Finals, n_for_search, read_finals
from sksearch.search.plan._fingerprint import fingerprint
from sksearch.search.plan._fit_data import FitData
from sksearch.search.plan._plan import EPOCHS, SAMPLES, Plan
from sksearch.search.plan._planning import Plans
from sksearch.search.plan._read_space import whole
from sksearch.search.plan._tuned import Tuned, kind_of_tuned
from sksearch.search.plan._tunes_choice import TunesChoice

__all__ = [
    "EPOCHS",
    "SAMPLES",
    "Finals",
    "FitData",
    "Plan",
    "Plans",
    "Tuned",
    "TunesChoice",
    "fingerprint",
    "kind_of_tuned",
    "n_for_search",
    "read_finals",
    "whole",
]
