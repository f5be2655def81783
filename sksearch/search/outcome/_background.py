"""Background of a diagnosis, besides the table: ranges, causes, the ending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sksearch._sklearn import Interval
from sksearch.evaluation import SINGLE
from sksearch.search.outcome._for_ensembles import candidate_estimator
from sksearch.search.outcome._skill import rows_worth, skill_of
from sksearch.search.selection import metric_among
from sksearch.space import outline_of


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
        **_of_rows(search),
    }
    if found.get("ranges") and winner is not None:
        _close(found["ranges"], search, winner)
    return found


def _of_rows(search: Any) -> dict[str, Any]:
    """Return facts about the rows, and the range of skill of each metric on them."""
    target = (getattr(search, "_for_reports", None) or {}).get("target", {})
    kept = getattr(search, "_test_parts", {})
    parts = kept.get("repetitions")
    scorers = search.scorer_
    if search.scoring is None:
        scorers = {SINGLE: None}
    elif not isinstance(scorers, dict):
        scorers = {SINGLE: scorers}
    skill = {name: skill_of(scorer, target) for name, scorer in scorers.items()}
    metric = metric_among(search.refit, list(scorers))
    return {
        "skill": {name: own for name, own in skill.items() if own},
        "n_test": rows_worth(scorers[metric], target),
        "repetitions": None if parts is None else parts.tolist(),
        "share": kept.get("share"),
    }


def causes_of(failures: Mapping[str, Sequence[Any]]) -> list[str]:
    """Return the last line of the traceback of each failed fold."""
    return [str(text).strip().splitlines()[-1][:200] for text in failures["traceback"]]


def _close(ranges: Mapping[str, Any], search: Any, row: int) -> None:
    """Mark range ends that are limits of the estimator's own parameter."""
    try:
        parts = candidate_estimator(search, row).get_params(deep=True)
    except Exception:  # noqa: BLE001 - limits are unknown if it cannot be built
        return
    for name, several in ranges.items():
        above, _, leaf = name.rpartition("__")
        owner = parts.get(above) if above else candidate_estimator(search, row)
        known = getattr(owner, "_parameter_constraints", {})  # of scikit-learn's
        declared = known.get(leaf, ()) if isinstance(known, dict) else ()
        limits = [limit for limit in declared if isinstance(limit, Interval)]
        for own in several:
            own["closed_low"] = any(limit.left == own["low"] for limit in limits)
            own["closed_high"] = any(limit.right == own["high"] for limit in limits)
