"""How the weights of an ensemble come about: learned, or given."""

from sksearch.ensemble.learning._learn import Learned, Stack, learn
from sksearch.ensemble.learning._usable import method_for, score_of, usable_members
from sksearch.ensemble.learning._weights_given import check_weights, given_weights

__all__ = [
    "Learned",
    "Stack",
    "check_weights",
    "given_weights",
    "learn",
    "method_for",
    "score_of",
    "usable_members",
]
