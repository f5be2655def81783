"""Grid: the cells for counting the values of one hyperparameter."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sksearch.space import Domain, Float, FloatArray, Int

#: Cells of a continuous range: Optuna's number, so that importances are the same.
N_CELLS = 50
#: The range of a distribution reaches to these quantiles, or to the values if farther.
TAILS = (0.005, 0.995)
#: If the scale of a positive range is unknown, it is logarithmic if its ends differ by
#: this factor. Three decades: nobody writes such a range on a linear scale.
LOG_RATIO = 1000.0


@dataclass(frozen=True)
class Grid:
    """Cells between two ends, or one for each listed value."""

    low: float  # low, high: the centres of the first and the last cell
    high: float
    n_cells: int
    log: bool = False  # whether they are equally wide on a logarithmic scale
    listed: bool = False  # whether each cell is a value without neighbours

    def cells(self, values: FloatArray) -> NDArray[np.intp]:
        """Return the cell of each value."""
        if self.n_cells < 2:
            return np.zeros(len(values), dtype=np.intp)
        low, high = self.low, self.high
        if self.log:
            values, low, high = np.log(values), math.log(low), math.log(high)
        place = (values - low) / (high - low) * (self.n_cells - 1)
        # The middle between two cells belongs to the lower one, as in Optuna.
        cells = np.ceil(place - 0.5).astype(np.intp)
        return np.clip(cells, 0, self.n_cells - 1)


def listed_grid(n: int) -> Grid:
    """Return a grid of listed values."""
    return Grid(0.0, max(n - 1.0, 0.0), n, listed=True)


def grid_of(domain: Domain | None, values: FloatArray) -> Grid:
    """Return the grid of a range of numbers; from tried values if it is unknown."""
    if isinstance(domain, Float | Int):
        low, high, log = float(domain.low), float(domain.high), domain.log
        if log and isinstance(domain, Int):
            n = math.ceil(math.log2(high - low + 1)) + 1
        else:
            n = int(min(domain.n_values, N_CELLS))
        return Grid(low, high, min(n, N_CELLS), log)
    low, high = float(values.min()), float(values.max())
    prior: Any = getattr(domain, "distribution", None)
    if hasattr(prior, "ppf"):
        ends = [float(end) for end in prior.ppf(TAILS)]
        low, high = min(low, ends[0]), max(high, ends[1])
    log = low > 0 and high / low >= LOG_RATIO
    whole = bool((values == np.rint(values)).all()) and not log
    n = N_CELLS if low < high else 1
    return Grid(low, high, int(min(n, high - low + 1)) if whole else n, log)


def is_number_column(values: Sequence[Any]) -> bool:
    """Tell whether all values are numbers, and not booleans."""
    kinds = {type(value) for value in values}
    return bool(kinds) and all(
        issubclass(kind, int | float | np.integer | np.floating) and kind is not bool
        for kind in kinds
    )
