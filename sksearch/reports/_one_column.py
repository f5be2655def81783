"""OneColumn: names and estimator types that are one hyperparameter share a column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sksearch.reports._facts import Facts


class OneColumn:
    """Finds the column of a parameter, by ``linked`` in the background of facts."""

    def __init__(self, facts: Facts) -> None:
        self._of: dict[tuple[str, str | None], tuple[str, bool]] = {}
        for group in (facts.background or {}).get("linked") or ():
            kinds = {kind for _, kind in group}
            first, several = group[0][0], len(kinds) > 1 or None in kinds
            for name, kind in group:
                self._of[name, kind] = (first, several)
        self._kinds = facts.kinds

    def of(self, name: str, row: int) -> tuple[str, bool]:
        """Return the column of a parameter, and whether several types share it."""
        found = self._of.get((name, self._kinds[row]))
        return found or self._of.get((name, None), (name, False))

    def once(self, params: Mapping[str, Any], row: int) -> dict[str, Any]:
        """Return the parameters of a candidate, each hyperparameter once."""
        if not self._of:
            return dict(params)
        found: dict[str, Any] = {}
        for name, value in params.items():
            found.setdefault(self.of(name, row)[0], value)
        return found
