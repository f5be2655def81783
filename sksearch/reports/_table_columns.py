"""The columns of a table for people: the best first, in plain values."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sksearch.reports._facts import Facts
from sksearch.reports._one_column import OneColumn
from sksearch.reports._short_names import short_names
from sksearch.space import label_of, plain, same_value

#: Stands for the missing value of an inactive hyperparameter.
INACTIVE: Any = type("Inactive", (), {"__repr__": lambda _: "<inactive>"})()
#: Names of the columns that are no hyperparameters.
RANK, CANDIDATE = "rank", "candidate"
N_FOLDS, N_FAILED = "n_folds", "n_failed_folds"
#: Scores of different rungs cannot be compared. If a single rung is needed, it is the
#: highest one with at least this many scores, so that the top tenth has at least two.
N_ENOUGH = 20


class Setting(NamedTuple):
    """A column of hyperparameters."""

    name: str  # the name of a parameter, or its name in a space function
    kind: str = ""  # the only estimator type that has it; empty if several have it


def best_first(table: Mapping[str, Any], facts: Facts) -> tuple[list[int], list[int]]:
    """Return the rows of a table, the best first, and the rank of each of them.

    With halving, higher rungs come first, as scores of different rungs cannot be
    compared. Rows without a score come last, and so do those of which a fold failed,
    whatever number stands for it.
    """
    metric, unearned = facts.metric, facts.unearned
    scores = np.asarray(table[f"mean_test_{metric}"], dtype=float)
    ranks = np.asarray(table[f"rank_test_{metric}"])
    rungs = np.asarray(table.get("iter", np.zeros(len(scores), dtype=int)))
    keys = [
        (math.isnan(score) or row in unearned, -int(rung), int(rank))
        for row, (score, rung, rank) in enumerate(
            zip(scores, rungs, ranks, strict=True)
        )
    ]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    found: list[int] = []
    for place, row in enumerate(order):
        same = place > 0 and keys[row] == keys[order[place - 1]]
        found.append(found[-1] if same else place + 1)
    return order, found


def on_one_rung(scored: NDArray[np.bool_], rungs: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which of the scored candidates can be compared: those of one rung."""
    levels = [scored & (rungs == rung) for rung in np.unique(rungs)]
    enough = [level for level in levels if level.sum() >= N_ENOUGH]
    return enough[-1] if enough else max(levels, key=np.sum, default=scored)


def columns_of(table: Mapping[str, Any], facts: Facts) -> dict[str, Any]:
    """Return the columns of a table, the best candidates first.

    Lists have `INACTIVE` for hyperparameters that a candidate does not have.
    """
    order, ranks = best_first(table, facts)
    settings = settings_of(table["params"], facts)
    rest = {
        name: _in_order(column, order)
        for name, column in table.items()
        if not name.startswith(("param", "split", "rank_test_"))
    }
    scores = [
        *_scores(facts.metric),
        *(n for n in rest if "_test_" in n or "_train_" in n),
    ]
    columns: dict[str, Any] = {RANK: np.array(ranks), CANDIDATE: np.array(order)}
    columns.update(
        {name: rest.pop(name) for name in dict.fromkeys(scores) if name in rest}
    )
    all_folds = np.full(len(order), n_splits_of(table, facts.metric))
    counts = {
        N_FOLDS: rest.pop(N_FOLDS, all_folds),
        N_FAILED: np.array(facts.n_failed, dtype=np.intp)[order],
    }
    names = names_of(settings, taken={*columns, *rest, *counts})
    for setting, values in settings.items():
        columns[names[setting]] = [values[row] for row in order]
    timed = {name: rest.pop(name) for name in list(rest) if name.endswith("_time")}
    return {**columns, **rest, **counts, **timed}


def _in_order(column: Any, order: Sequence[int]) -> Any:
    """Return the entries of a column in a given order."""
    mask = np.ma.getmaskarray(column)
    if mask.any():
        values = np.ma.getdata(column).tolist()
        return [INACTIVE if mask[row] else values[row] for row in order]
    return np.asarray(column)[list(order)]


def _scores(metric: str) -> list[str]:
    """Return the names of the first columns."""
    return [
        f"{what}_{which}_{metric}"
        for which in ("test", "train")
        for what in ("mean", "std")
    ]


def metrics_of(table: Iterable[str]) -> list[str]:
    """Return the names of the metrics in a table, in order."""
    return [name[10:] for name in table if name.startswith("mean_test_")]


def n_splits_of(table: Iterable[str], metric: str) -> int:
    """Return the number of folds in a table."""
    ending = f"_test_{metric}"
    splits = [n.removesuffix(ending) for n in table if n.endswith(ending)]
    return sum(n.startswith("split") and n[5:].isdigit() for n in splits)


def fold_scores(
    table: Mapping[str, Any], metric: str, which: str = "test"
) -> NDArray[np.float64]:
    """Return the scores of a table by row and fold; `which` is "test" or "train".

    Examples
    --------
    >>> from sksearch.reports import fold_scores
    >>> table = {"params": [{}], "split0_test_a": [1.0], "split1_test_a": [0.5]}
    >>> fold_scores({**table, "split0_test_my_test_a": [0.0]}, "a")
    array([[1. , 0.5]])
    """
    names = [f"split{i}_{which}_{metric}" for i in range(n_splits_of(table, metric))]
    columns = np.array([table[name] for name in names], dtype=float)
    return columns.T.reshape(len(table["params"]), len(names))


def settings_of(
    params: Sequence[Mapping[str, Any]], facts: Facts
) -> dict[Setting, list[Any]]:
    """Return the columns of hyperparameters, grouped by estimator type.

    The values are in the order of the rows, with labels instead of objects.
    """
    found: dict[Setting, list[Any]] = {}
    chooses = facts.kind_name
    several = len(set(facts.kinds)) > 1
    home = OneColumn(facts)
    for row, own in enumerate(_shown(params, facts)):
        for name, value in own.items():
            first, shared = home.of(name, row)
            below = several and not shared and first.startswith(f"{chooses}__")
            setting = Setting(first, facts.kinds[row] if below else "")
            column = found.setdefault(setting, [INACTIVE] * len(params))
            if column[row] is INACTIVE:
                column[row] = shown(value, facts.labels[row].get(name))
    order = dict.fromkeys(["", *facts.kinds])
    grouped = sorted(
        found, key=lambda s: (s.name != chooses, list(order).index(s.kind))
    )
    return {setting: found[setting] for setting in grouped}


def _shown(
    params: Sequence[Mapping[str, Any]], facts: Facts
) -> Iterable[Mapping[str, Any]]:
    """Yield the shown values of each candidate, including answers for a function."""
    if facts.suggestions is None:
        yield from params
        return
    asked = dict.fromkeys(name for own in facts.suggestions for name in own)
    repeated = {
        name
        for name in dict.fromkeys(name for own in params for name in own)
        if (name in asked or name.rpartition("__")[2] in asked)
        and all(
            _repeats(name, own, given)
            for own, given in zip(params, facts.suggestions, strict=True)
        )
    }
    for own, given in zip(params, facts.suggestions, strict=True):
        yield {
            **given,
            **{
                f"{name} (set)" if name in asked else name: value
                for name, value in own.items()
                if name not in repeated
            },
        }


def _repeats(name: str, own: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    """Tell whether a parameter of a candidate equals the answer of the same name."""
    if name not in own:
        return True
    asked = name if name in given else name.rpartition("__")[2]
    if asked not in given:
        return False
    return same_value(own[name], given[asked]) or label_of(own[name]) == given[asked]


def shown(value: Any, label: str | None) -> Any:
    """Return a value for a table: numbers and texts unchanged, labels for objects."""
    value = plain(value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if type(value) in (list, tuple):
        return type(value)(shown(part, None) for part in value)
    return label_of(value) if label is None else label


def names_of(settings: Iterable[Setting], taken: Iterable[str]) -> dict[Setting, str]:
    """Return the names of columns: ``C``, or ``svm.C`` if only one type has it."""
    listed, reserved = list(settings), set(taken)
    names: dict[Setting, str] = {}
    for kind in dict.fromkeys(setting.kind for setting in listed):
        own = [setting.name for setting in listed if setting.kind == kind]
        found = short_names(own, () if kind else reserved)
        for name, ending in found.items():
            names[Setting(name, kind)] = f"{kind}.{ending}" if kind else ending
    return names
