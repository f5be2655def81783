"""Placed: a configuration with its row, and the error of one that has no place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sksearch.exceptions import SpaceError
from sksearch.space._domain import FloatArray

#: Stands in a row for a value that can only be drawn, and has not been yet.
DRAWN = -1.0


class MisfitError(SpaceError):
    """A configuration does not fit, though some of its values do."""

    def __init__(self, message: str, n_fitting: int) -> None:
        super().__init__(message)
        self.n_fitting = n_fitting


class Placed(dict[str, Any]):
    """A configuration with its row: which option is meant, what is still to be drawn.

    Parameters
    ----------
    configuration : dict of str to object
        Its values, without those that are still to be drawn.
    row : ndarray of shape (d,)
        Its point in the unit cube; `DRAWN` where a value is to be drawn.
    """

    def __init__(self, configuration: Mapping[str, Any], row: FloatArray) -> None:
        super().__init__(configuration)
        self.row = row
