"""The state of a running search: counts, the best so far, the seconds to go."""

from sksearch.engine.standing._pace import Pace
from sksearch.engine.standing._planned import Planned
from sksearch.engine.standing._standing import Best, Standing, Viewer

__all__ = ["Best", "Pace", "Planned", "Standing", "Viewer"]
