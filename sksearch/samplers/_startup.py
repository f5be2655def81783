"""The initial design: centres of branches, then Sobol points.

Notation
--------
choice : an axis whose value decides which other axes are active
centre : a row with all numbers in the middle of their ranges
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from sksearch.samplers._row_arrays import stack_rows
from sksearch.samplers._sobol import sobol_rows
from sksearch.space import FloatArray, Space

#: The most centres: about as many trials as a short search can spare. Further options
#: are left to the model.
MAX_CENTRES = 16


def startup_rows(
    space: Space,
    n: int,
    rng: np.random.Generator,
    before: Sequence[FloatArray] = (),
    *,
    are_known: bool = False,
) -> FloatArray:
    """Return the initial design: centres of branches, then Sobol points.

    The centre of a branch says more about its worth than a random point. On six tasks
    of realhpo with a choice among four or five learners, the best of their centres was
    worth 6 to 124 random configurations. With centres instead of the own settings of
    each learner, the process left .14 of the regret after 25 trials instead of .20.

    `n` includes the rows `before`, which are tried first. There are more if the centres
    of several branches and one Sobol point need more; 0 asks for none. If the rows
    before `are_known` to be good, their options need no centre.
    """
    if not n:
        return np.empty((0, len(space)))
    centres = centre_rows(space, before if are_known else ())
    n_left = n - len(before) - len(centres)
    n_spread = max(n_left, int(len(centres) > 1))
    spread = sobol_rows(space, n_spread, rng)
    return stack_rows([centres, spread])


def centre_rows(space: Space, known: Iterable[FloatArray] = ()) -> FloatArray:
    """Return centres that together cover all options of all choices.

    Options at the root come first, then those below them, in the order in which the
    user lists them. Independent choices share centres. Other categories take turns.
    Options of `known` rows, which are tried before, need no centre. There are at most
    `MAX_CENTRES`; without a choice one, or none if a row is known.
    """
    options = _Options(space)
    known = list(known)
    for row in known:
        options.take(row)
    rows: list[FloatArray] = []
    while len(rows) < MAX_CENTRES and (options.left or not (known or rows)):
        row = options.centre(len(rows))
        if not options.take(row) and rows:
            break  # the options left cannot be reached
        rows.append(row)
    return np.array(rows).reshape(len(rows), len(space))


class _Options:
    """The options of all choices of a space; `left` are those that no row has yet."""

    def __init__(self, space: Space) -> None:
        self._space = space
        self._choices = sorted({c.parent for h in space for c in h.conditions})
        self._of = {j: space.listed(j).distinct for j in self._choices}
        self.left = {(j, option) for j in self._choices for option in self._of[j]}

    def take(self, row: FloatArray) -> bool:
        """Mark the options of a row as covered; tell whether any of them is new."""
        found = {
            (j, self._space.option(j, row))
            for j in self._choices
            if not np.isnan(row[j])
        }
        is_new = not self.left.isdisjoint(found)
        self.left -= found
        return is_new

    def centre(self, i: int) -> FloatArray:
        """Return the i-th centre, with as many of the options left as possible."""
        point = np.full(len(self._space), 0.5)
        for j, n in enumerate(self._space.levels.tolist()):
            if j in self._of:
                options = self._of[j]
                left = [o for o in options if (j, o) in self.left]
                left = left or [o for o in options if self._leads_on(j, o)]
                point[j] = self._space.listed(j).unit((left or options)[0])
            elif n:
                point[j] = (i % n + 0.5) / n
        return np.asarray(self._space.complete(point[None])[0])

    def _leads_on(self, j: int, option: int) -> bool:
        """Tell whether any choice below an option has options left."""
        behind = [
            k
            for k in self._choices
            for c in self._space.hyperparameters[k].conditions
            if (c.parent, c.option) == (j, option)
        ]
        return any(
            (k, o) in self.left or self._leads_on(k, o)
            for k in behind
            for o in self._of[k]
        )
