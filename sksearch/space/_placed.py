"""Placed, Answered, Realised: configurations together with their origin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sksearch.exceptions import SpaceError
from sksearch.space._domain import FloatArray

#: Stands in a row for a value that is still to be drawn.
DRAWN = -1.0


class MisfitError(SpaceError):
    """A configuration does not fit the space; `n_fitting` of its values do."""

    def __init__(self, message: str, n_fitting: int) -> None:
        super().__init__(message)
        self.n_fitting = n_fitting


class Placed(dict[str, Any]):
    """A configuration with its row, which tells equal options apart.

    The configuration lacks the values still to be drawn, for which the row, (d,), has
    `DRAWN`.
    """

    def __init__(self, configuration: Mapping[str, Any], row: FloatArray) -> None:
        super().__init__(configuration)
        self.row = row


class Answered(dict[str, Any]):
    """The result of a space function, with the answers that led to it.

    The configuration has the result, and values that the search has set in addition.
    `suggestions` are the answers, by the names that the function asked for.
    """

    def __init__(
        self, configuration: Mapping[str, Any], suggestions: Mapping[str, Any]
    ) -> None:
        super().__init__(configuration)
        self.suggestions = dict(suggestions)

    def __reduce__(self) -> tuple[Any, ...]:
        return Answered, (dict(self), self.suggestions)


@dataclass(frozen=True)
class Realised:
    """The configuration of a row, or the error that the row raises."""

    # (d,): the row, restricted to the questions of a define-by-run function.
    row: FloatArray
    # The values to set; after an error, the values known before it.
    configuration: Mapping[str, Any]
    # The answers that a define-by-run function got; None for other spaces.
    suggestions: Mapping[str, Any] | None = None
    error: Exception | None = None  # the exception that the user's code raised
