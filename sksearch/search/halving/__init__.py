"""What halving takes: a ladder, a resource to climb it with, the best on its top."""

from sksearch.search.halving._ladder import is_listed, smallest_sample
from sksearch.search.halving._options import CONSTRAINTS, SAMPLERS
from sksearch.search.halving._plan import make_plan
from sksearch.search.halving._resources import (
    EPOCHS,
    SAMPLES,
    read_resource,
)
from sksearch.search.halving._rungs import best_on_top, rung_columns, sizes_of
from sksearch.search.halving._useful import useful_sample

__all__ = [
    "CONSTRAINTS",
    "EPOCHS",
    "SAMPLERS",
    "SAMPLES",
    "best_on_top",
    "is_listed",
    "make_plan",
    "read_resource",
    "rung_columns",
    "sizes_of",
    "smallest_sample",
    "useful_sample",
]
