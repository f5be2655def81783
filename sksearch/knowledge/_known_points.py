"""Known points: initial configurations from the table, for a user's space."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from sksearch.knowledge._data import Data
from sksearch.knowledge._learner import has_learner, learner_in, scales_target
from sksearch.knowledge._metrics import nearest_metrics
from sksearch.knowledge._portfolio import greedy_portfolio, relative
from sksearch.knowledge._table import Measured, Table, read_table
from sksearch.knowledge._wish import RowWish
from sksearch.space import (
    UNSET,
    DefineByRunSpace,
    FloatArray,
    Path,
    Realised,
    Settings,
    Space,
    closest_unit,
    paths,
    placed_point,
    plural,
    wished_point,
)

#: The most branches of a space that are searched for learners. Chosen by hand, as are
#: the next two: no measurement of other values is on record.
MAX_BRANCHES = 24
#: Penalty for a distance of a power of ten, in units of the median regret.
PER_DISTANCE = 0.1
#: Variance of a score at such a distance, where the scores of a set have variance 1.
DOUBT = 0.3
#: Points beyond one per learner. After some points a model fitted to their scores, and
#: to those of the table, does better than a fixed list
#: (benchmarks/results/experiments.md).
MORE = 3
#: Random points at which the learners of a define-by-run function are searched.
N_LOOKS = 32


class Known(NamedTuple):
    """Known points of a space, and the scores of all table rows of its learners."""

    points: list[dict[str, Any]]  # initial configurations, the best first
    learners: list[str]  # the learner of each point
    # (m, d): all configurations of the table that the space can express, as its rows.
    rows: FloatArray
    # (m, n_sets): their scores on each data set: 0 for its median, 1 for its best.
    scores: FloatArray
    # (m,): Additional noise variances of the scores. They grow with the distance
    # between a measured configuration and its row, if the space cannot express it
    # exactly.
    doubts: FloatArray

    @property
    def n_sets(self) -> int:
        """The number of data sets with scores."""
        return int(self.scores.shape[1])

    def __str__(self) -> str:
        counts = Counter(self.learners)
        parts = ", ".join(f"{n} of {name}" for name, n in counts.items())
        return (
            f"{plural(len(self.points), 'point')} ({parts}) measured on "
            f"{plural(self.n_sets, 'data set')}"
        )


#: For a space without a learner of the table.
NOTHING = Known([], [], np.empty((0, 0)), np.empty((0, 0)), np.empty(0))


class _Candidate(NamedTuple):
    """A configuration of the table, and its row in the space."""

    measured: Measured
    row: FloatArray
    distance: float


def known_points(
    space: Space,
    estimator: Any,
    most: int,
    *,
    task: str,
    scoring: str | None = None,
    data: Data | None = None,
    tried: Sequence[Mapping[str, Any]] = (),
) -> Known:
    """Return configurations of the space that are good on many data sets.

    They are chosen greedily from a table of measurements, across all learners of the
    space: each covers data sets on which the earlier ones are not good (Wistuba,
    Schilling and Schmidt-Thieme, "Sequential model-free hyperparameter tuning", ICDM
    2015).

    There are at most one per learner and `MORE` others, `most` in all, and none if no
    learner of the space is in the table. `task` names the table, `scoring` the scorer
    of the search (None for the estimator's own). The search will try the configurations
    `tried` anyway.
    """
    table = read_table(task)
    if most < 1 or not len(space):
        return NOTHING
    found = _distinct(space, _candidates(space, estimator, table, data or Data()))
    if not found:
        return NOTHING
    metrics = nearest_metrics(scoring, table.metrics)
    regrets = np.mean(
        [relative(np.array([c.measured.regrets[m] for c in found])) for m in metrics],
        axis=0,
    )
    distances = np.array([c.distance for c in found])
    before = {space.place(point).tobytes() for point in tried}
    at_hand = [i for i, c in enumerate(found) if c.row.tobytes() in before]
    k = min(most, MORE + len({c.measured.learner for c in found}))
    dear = regrets + PER_DISTANCE * distances[:, None]
    chosen = [found[i] for i in greedy_portfolio(dear, k, at_hand)]
    return Known(
        [placed_point(space, c.row) for c in chosen],
        [c.measured.learner for c in chosen],
        np.array([c.row for c in found]),
        1.0 - regrets,
        DOUBT * distances,
    )


def _distinct(space: Space, found: Iterable[_Candidate]) -> list[_Candidate]:
    """Return one candidate for each row, the nearest to its configuration."""
    candidates = sorted(found, key=lambda c: c.distance)
    rows = np.full((len(candidates), len(space)), np.nan)
    for row, candidate in zip(rows, candidates, strict=True):
        row[: len(candidate.row)] = candidate.row
    unique: dict[bytes, _Candidate] = {}
    for row, candidate in zip(space.snap(rows), candidates, strict=True):
        unique.setdefault(row.tobytes(), candidate._replace(row=row))
    return list(unique.values())


def _candidates(
    space: Space, estimator: Any, table: Table, data: Data
) -> Iterator[_Candidate]:
    """Yield the configurations of the table that a space can express."""
    settings = Settings(estimator)
    if isinstance(space, DefineByRunSpace):
        yield from _of_function(space, settings, table, data)
        return
    for forced in _branches(space, table):
        start = wished_point(space, settings, _no_wish, forced)
        found = learner_in(start.settings, table.learners)
        if found is None:
            continue
        learner, name = found
        own = _as_learned(start.settings, data)
        for measured in table.rows(name):
            wish = RowWish(measured, own)
            row, made, _ = wished_point(space, settings, wish, forced)
            yield _Candidate(measured, row, wish.distance(made, learner))


def _as_learned(settings: Settings, data: Data) -> Data:
    """Return the data as the learner sees it: an estimator around it may scale y."""
    scaled = any(map(scales_target, settings.estimators()))
    return replace(data, spread=1.0) if scaled else data


def _no_wish(*_: Any) -> Any:
    return UNSET


def _branches(space: Space, table: Table) -> list[Path]:
    """Return the paths of choices to different learners, or to different sub-spaces."""
    found: list[Path] = []
    for j, h in enumerate(space):
        values = getattr(h.domain, "values", ())
        if not h.hidden and not any(has_learner(v, table.learners) for v in values):
            continue
        for option in h.domain.distinct:  # type: ignore[attr-defined]
            found += [{**path, j: option} for path in paths(space.hyperparameters, j)]
    # Keep the deepest paths only: the path of a nested choice contains the outer one.
    outer = [a for a in found if not any(a.items() < b.items() for b in found)]
    return outer[:MAX_BRANCHES] or [{}]


def _of_function(
    space: DefineByRunSpace, settings: Settings, table: Table, data: Data
) -> Iterator[_Candidate]:
    """Yield the same for a define-by-run space, with learners found at random."""
    for name, template in _templates(space, settings, table).items():
        own = _as_learned(_set(settings, space.decode(template)), data)
        for measured in table.rows(name):
            wish = RowWish(measured, own)
            made = Realised(template, {})
            # The function's next questions may depend on its last answers.
            for _ in range(2):
                made = space.realise(_moved(space, made.row, wish))
            if made.error is not None:
                continue
            after = _set(settings, made.configuration)
            found = learner_in(after, table.learners)
            if found is not None and found[1] == name:
                yield _Candidate(measured, made.row, wish.distance(after, found[0]))


def _templates(
    space: DefineByRunSpace, settings: Settings, table: Table
) -> dict[str, FloatArray]:
    """Return a row for each learner that the function can choose, by its name."""
    found: dict[str, FloatArray] = {}
    for row in space.draw(N_LOOKS, np.random.default_rng(0)):
        made = space.realise(row)
        if made.error is None:
            learner = learner_in(_set(settings, made.configuration), table.learners)
            if learner is not None:
                found.setdefault(learner[1], made.row)
    return found


def _moved(space: Space, row: FloatArray, wish: RowWish) -> FloatArray:
    """Return a row with the wished values of its parameters."""
    row = row.copy()
    for j, h in enumerate(space):
        if j >= len(row) or np.isnan(row[j]):
            continue
        parameter = h.name.rpartition("__")[2]
        value = wish(h.domain, None, parameter)
        unit = None if value is UNSET else closest_unit(h.domain, value)
        if unit is not None:
            row[j] = unit
    return row


def _set(settings: Settings, configuration: Any) -> Settings:
    """Return a copy of settings with a configuration set."""
    own = settings.copy()
    for name, value in configuration.items():
        own.put(name, value)
    return own
