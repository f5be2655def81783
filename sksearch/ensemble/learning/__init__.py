"""How the weights of an ensemble come about: learned, or given."""

from sksearch.ensemble.learning._learn import Learned, Stack
from sksearch.ensemble.learning._learn_usable import learn_usable
from sksearch.ensemble.learning._usable import score_of
from sksearch.ensemble.learning._weights_given import check_weights

__all__ = ["Learned", "Stack", "check_weights", "learn_usable", "score_of"]
