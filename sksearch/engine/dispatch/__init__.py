"""The order in which candidates begin, go to the workers and reach the sampler."""

from sksearch.engine.dispatch._deadlines import (
    UNORDERED,
    AsTheyCome,
    Deadlines,
    order_of,
    window_of,
)
from sksearch.engine.dispatch._dispatch import NO_CANDIDATE, Dispatch
from sksearch.engine.dispatch._kept_models import KeptModels
from sksearch.engine.dispatch._untold import Untold

__all__ = [
    "NO_CANDIDATE",
    "UNORDERED",
    "AsTheyCome",
    "Deadlines",
    "Dispatch",
    "KeptModels",
    "Untold",
    "order_of",
    "window_of",
]
