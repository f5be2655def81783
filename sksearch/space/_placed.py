"""A configuration and its row: one that is to be tried, and what came of a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Realised:
    """What a row stands for.

    Parameters
    ----------
    row : ndarray of shape (d,)
        The row, as a define-by-run function has followed it.
    configuration : dict of str to object
        The values to set; those that were known before an error.
    suggestions : dict of str to object or None, default=None
        What a define-by-run function was given; None for other spaces.
    error : Exception or None, default=None
        What the user's code has raised.
    """

    row: FloatArray
    configuration: Mapping[str, Any]
    suggestions: Mapping[str, Any] | None = None
    error: Exception | None = None
