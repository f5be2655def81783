"""Which columns of a table are one hyperparameter of the space."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sksearch.space._links import LinkedSpace
from sksearch.space._space import Condition, Space
from sksearch.space.reading.by_run import DefineByRunSpace
from sksearch.space.views._labels import option_labels

#: The name of a parameter, and the only estimator type that has it there; None if it is
#: there whatever the type.
Column = tuple[str, str | None]


def linked_columns(space: Space, kind_name: str | None) -> list[list[Column]]:
    """Return the columns of each hyperparameter that has several.

    There is one list for each hyperparameter with several names or estimator types. A
    column that several hyperparameters fill is left out. `kind_name` is the parameter
    that chooses the estimator type.

    Examples
    --------
    >>> from sklearn.linear_model import LogisticRegression
    >>> from sklearn.svm import SVC
    >>> from sksearch import Choice, Float, Option, as_space
    >>> from sksearch.space.views._linked_columns import linked_columns
    >>> models = {"svm": SVC(), "line": LogisticRegression()}
    >>> space = as_space(
    ...     {"m": Choice({k: Option(m, C=Float(0, 1)) for k, m in models.items()})}
    ... )
    >>> linked_columns(space, "m")
    [[('m__C', 'svm'), ('m__C', 'line')]]
    """
    if isinstance(space, DefineByRunSpace):
        return []
    groups: list[list[Column]] = []
    for j, h in enumerate(space):
        places = [(h.name, h.conditions)]
        if isinstance(space, LinkedSpace) and j in space.places:
            places = [(place.name, place.conditions) for place in space.places[j]]
        own = [
            (name, kind)
            for name, conditions in places
            for kind in _kinds(space, conditions, kind_name)
        ]
        groups.append([] if h.hidden else list(dict.fromkeys(own)))
    filled = Counter(column for group in groups for column in group)
    alone = ([c for c in group if filled[c] == 1] for group in groups)
    return [group for group in alone if _has_several(group, f"{kind_name}__")]


def _has_several(group: Sequence[Column], below: str) -> bool:
    """Tell whether columns have several names, or one name for several types."""
    names = {name for name, _ in group}
    kinds = {kind for _, kind in group}
    for_types = any(name.startswith(below) for name in names)
    return len(names) > 1 or (for_types and (len(kinds) > 1 or None in kinds))


def _kinds(
    space: Space, conditions: Sequence[Condition], kind_name: str | None
) -> list[str | None]:
    """Return the estimator types with which one of the conditions can hold."""
    if not conditions:
        return [None]
    found: list[str | None] = []
    for condition in conditions:
        parent = space.hyperparameters[condition.parent]
        beside = [
            label
            for h in space
            if h.name == kind_name and condition in h.conditions
            for label in option_labels(h.domain)
        ]
        if parent.name == kind_name and not parent.hidden:
            found.append(option_labels(parent.domain)[condition.option])
        else:
            found += beside or _kinds(space, parent.conditions, kind_name)
    return list(dict.fromkeys(found))
