"""Names that exist only once a list of steps or estimators is set.

In ``{"steps": [[...], [...]], "pca__n_components": [1, 2]}``, each list decides whether
the pipeline has a step ``pca``.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from sksearch.space._categorical import Listed
from sksearch.space._paths import compatible, paths
from sksearch.space._space import Space
from sksearch.space.values import has_params, unfitted

#: Greatest number of combinations of the lists that are checked.
MAX_WAYS = 500


def holds_estimators(value: Any) -> bool:
    """Tell whether a value is a list, or a list of tuples, of estimators."""
    return type(value) in (list, tuple) and any(
        has_params(part) or holds_estimators(part) for part in value
    )


def structural(space: Space, j: int) -> list[int]:
    """Return the axes whose lists decide whether the name of `j` exists."""
    axes, name = space.hyperparameters, space.hyperparameters[j].name
    return [
        i
        for i, h in enumerate(axes)
        if i != j
        and not (h.hidden or axes[j].hidden)
        and isinstance(h.domain, Listed)
        and name.startswith(_beside(h.name))
        and any(map(holds_estimators, h.domain.values))
    ]


def _beside(name: str) -> str:
    """Return the prefix that a name shares with its siblings."""
    return "".join(name.rpartition("__")[:2])


def ways(space: Space, j: int, above: list[int]) -> Iterator[dict[int, int]]:
    """Yield the combinations of options of some axes while `j` is active."""
    axes = space.hyperparameters
    seen: set[tuple[tuple[int, int], ...]] = set()
    for path in paths(axes, j):
        beside = [i for i in above if any(compatible(path, p) for p in paths(axes, i))]
        options = [[path[i]] if i in path else space.listed(i).distinct for i in beside]
        for chosen in itertools.product(*options):
            way = tuple(zip(beside, chosen, strict=True))
            if way not in seen and len(seen) < MAX_WAYS:
                seen.add(way)
                yield dict(way)


def set_up(space: Space, estimator: Any, way: dict[int, int]) -> Any:
    """Return a copy of an estimator with options set; ValueError if it refuses them."""
    own = {
        space.hyperparameters[i].name: unfitted(space.listed(i).values[option])
        for i, option in way.items()
    }
    return unfitted(estimator).set_params(**own)
