"""Background of a diagnosis, besides the table: ranges, causes, the ending."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from numbers import Integral
from typing import Any

from sksearch._sklearn import Interval, RealNotInt
from sksearch.evaluation import SINGLE
from sksearch.search.honest import usual_metric
from sksearch.search.outcome._for_ensembles import candidate_estimator
from sksearch.search.outcome._skill import rows_worth, skill_of
from sksearch.search.selection import metric_among
from sksearch.space import outline_of

#: Parameters that count features: no more than a step is given.
OF_FEATURES = {"k", "max_features", "n_components", "n_features_to_select"}


def background_of(search: Any, kind_name: str | None) -> dict[str, Any]:
    """Return the background of a search for `sksearch.reports.Facts`.

    The search is fitted, or failed at the end. `kind_name` is the parameter that
    chooses the estimator type.
    """
    space = getattr(search, "space_", None)
    winner = getattr(search, "best_index_", None)
    found: dict[str, Any] = {
        "winner": None if winner is None else int(winner),
        "causes": causes_of(search.failures_),
        **({} if space is None else outline_of(space, kind_name)),
        "ending": {
            "reason": getattr(search, "end_reason_", ""),
            **getattr(search, "end_counts_", {}),
        },
        "resplit": bool(getattr(search, "resplit", False)),
        "confirmed": hasattr(search, "confirmed_score_"),
        "stand_ins": search._stand_ins(search._metric),  # noqa: SLF001
        "resource": getattr(search, "resource", None),
    }
    chosen = None if winner is None else _chosen(search, winner)
    if chosen is not None and found.get("ranges"):
        _limit(found["ranges"], chosen, getattr(search, "best_estimator_", chosen))
    return {**found, **_of_rows(search, chosen)}


def _chosen(search: Any, row: int) -> Any:
    """Return the unfitted estimator of a candidate; None if it cannot be built."""
    try:
        return candidate_estimator(search, row)
    except Exception:  # noqa: BLE001 - less is known then
        return None


def _of_rows(search: Any, chosen: Any) -> dict[str, Any]:
    """Return facts about the rows, and the range of skill of each metric on them."""
    target = (getattr(search, "_for_reports", None) or {}).get("target", {})
    kept = getattr(search, "_test_parts", {})
    parts = kept.get("repetitions")
    scorers = search.scorer_
    if search.scoring is None:
        scorers = {SINGLE: usual_metric(chosen)}
    elif not isinstance(scorers, dict):
        scorers = {SINGLE: scorers}
    skill = {name: skill_of(scorer, target) for name, scorer in scorers.items()}
    metric = metric_among(search.refit, list(scorers))
    return {
        "skill": {name: own for name, own in skill.items() if own},
        "n_test": rows_worth(scorers[metric], target),
        "folds": target.get("folds"),
        "repetitions": None if parts is None else parts.tolist(),
        "share": kept.get("share"),
    }


def causes_of(failures: Mapping[str, Sequence[Any]]) -> list[str]:
    """Return the last line of the traceback of each failed fold."""
    return [str(text).strip().splitlines()[-1][:200] for text in failures["traceback"]]


def _limit(ranges: Mapping[str, Any], chosen: Any, fitted: Any) -> None:
    """Add the limits of the estimator's own parameters to the ranges within them.

    `fitted` is the `chosen` estimator after the last fit, if there was one.
    """
    parts = chosen.get_params(deep=True)
    for name, several in ranges.items():
        above, _, leaf = name.rpartition("__")
        owner = parts.get(above) if above else chosen
        n_features = _n_features(fitted, above) if leaf in OF_FEATURES else None
        for own in several:
            low, high = own["low"], own["high"]
            whole = isinstance(low, int) and isinstance(high, int)
            limits = [*_intervals(owner, leaf, whole=whole)]
            if whole and n_features is not None:
                limits.append((None, n_features))
            least = [limit for limit, _ in limits if limit is not None]
            most = [limit for _, limit in limits if limit is not None]
            own["least"] = max((one for one in least if one <= low), default=None)
            own["most"] = min((one for one in most if one >= high), default=None)


def _n_features(fitted: Any, above: str) -> int | None:
    """Return how many features a fitted estimator, or a part of it, was given."""
    owner = fitted.get_params(deep=True).get(above) if above else fitted
    return getattr(owner, "n_features_in_", None)


def _intervals(owner: Any, name: str, *, whole: bool) -> Iterable[tuple[Any, Any]]:
    """Yield the limits of a parameter that an estimator of scikit-learn declares.

    A parameter may have one range of counts and another one of shares.
    """
    known = getattr(owner, "_parameter_constraints", {})
    other = RealNotInt if whole else Integral
    for constraint in known.get(name, ()) if isinstance(known, dict) else ():
        if isinstance(constraint, Interval) and constraint.type is not other:
            yield constraint.left, constraint.right
