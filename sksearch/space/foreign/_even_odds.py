"""check_even: refuses categories with uneven odds, which have no counterpart here."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sksearch.exceptions import SpaceError
from sksearch.space.values import short


def check_even(
    odds: Sequence[float] | None, values: Sequence[object], source: str
) -> None:
    """Raise SpaceError, with the line to write, if categories have uneven odds.

    Odds of None are even. `source` is the parameter and the library that they come
    from.
    """
    if odds is not None and not np.allclose(odds, np.mean(odds)):
        msg = (
            f"Categories have even odds here, and {source} is {short(list(odds))}. "
            f"Write {short(list(values))}, in which a category may be listed twice to "
            "make it twice as likely."
        )
        raise SpaceError(msg)
