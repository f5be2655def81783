"""The summary of a search as HTML: best score, winner, a small history.

It is shown below the diagram of scikit-learn. It inherits the text colour of the page,
so that it is readable on dark and on light.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape
from typing import Any

import numpy as np

from sksearch.reports._facts import Facts
from sksearch.reports._leaderboard import in_short
from sksearch.reports._table_columns import best_first, n_splits_of
from sksearch.space import FloatArray

#: Pixels of the history.
WIDTH, HEIGHT, MARGIN = 260, 64, 4
#: The axis begins at this quantile of the scores; worse ones are drawn at the bottom,
#: as they would squeeze the others.
LOWEST = 0.1
#: With more candidates, only every second, third ... is drawn.
MOST = 600


def summary_html(
    table: Mapping[str, Any],
    facts: Facts,
    row: int | None,
    interval: tuple[float, float] | None,
) -> str:
    """Return a summary of a search.

    `row` is the winner, None for the best. `interval` is that of the score on new data,
    None for the standard error.
    """
    means = np.array(table[f"mean_test_{facts.metric}"], dtype=float)
    if row is None:
        row = best_first(table, facts)[0][0]
    known = math.isfinite(means[row])
    means[sorted(facts.unearned - {row})] = math.nan
    lines = [_score(table, facts, row, interval) if known else _nothing(facts)]
    if known:
        lines.append(_winner(table, facts, row))
    lines.append(_counts(facts, len(means)))
    words = "".join(f"<div>{line}</div>" for line in lines)
    return (
        '<div class="sksearch-summary" style="display: flex; flex-wrap: wrap; '
        'align-items: center; gap: 1.2em; margin: 0.4em 0 0 0.6em">'
        f"<div>{words}</div>{_history(table, facts, means)}</div>"
    )


def _score(
    table: Mapping[str, Any],
    facts: Facts,
    row: int,
    interval: tuple[float, float] | None,
) -> str:
    mean = float(table[f"mean_test_{facts.metric}"][row])
    said = f"best {escape(facts.metric)} <b>{mean:.4g}</b>"
    if facts.metric == "score":
        said = f"best score <b>{mean:.4g}</b>"
    n = n_splits_of(table, facts.metric)
    if interval is not None:
        low, high = interval
        return f"{said}, on new data {low:.4g} to {high:.4g}"
    spread = float(table[f"std_test_{facts.metric}"][row])
    if n < 2 or not math.isfinite(spread):
        return said
    return f"{said} ± {spread / math.sqrt(n - 1):.2g} (standard error of {n} folds)"


def _nothing(facts: Facts) -> str:
    return f"no candidate has a {escape(facts.metric)}"


def _winner(table: Mapping[str, Any], facts: Facts, row: int) -> str:
    params = in_short(table, facts)[row]
    label = f"<b>{escape(facts.kinds[row])}</b>"
    return f"{label} {escape(params)}" if params else label


def _counts(facts: Facts, n: int) -> str:
    n_failed = sum(count > 0 for count in facts.n_failed)
    ending = (facts.background or {}).get("ending", {}).get("reason", "")
    parts = [f"{n} candidate{'s' if n != 1 else ''}"]
    parts += [f"{n_failed} failed"] * (n_failed > 0)
    parts += [f"ended: {escape(str(ending))}"] * bool(ending)
    return ", ".join(parts)


def _history(table: Mapping[str, Any], facts: Facts, means: FloatArray) -> str:
    """Return the scores in the order of the candidates, and the best so far."""
    rungs = np.asarray(table.get("iter", np.zeros(len(means))))
    scored = np.isfinite(means)
    if not scored.any():
        return ""
    low = float(np.quantile(means[scored], LOWEST))
    high = float(means[scored].max())
    x = MARGIN + (WIDTH - 2 * MARGIN) * np.arange(len(means)) / max(len(means) - 1, 1)
    shares = (
        np.clip((means - low) / (high - low), 0, 1) if high > low else 0 * means + 1
    )
    y = HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * shares
    step = -(-len(means) // MOST)
    drawn = [
        f'<circle cx="{x[i]:.1f}" cy="{y[i]:.1f}" r="1.8" '
        f'opacity="{0.6 if rungs[i] == rungs.max() else 0.25}"/>'
        for i in range(0, len(means), step)
        if scored[i]
    ]
    drawn += [
        f'<path d="M{x[i] - 2:.1f} {HEIGHT - 5}l4 4m0 -4l-4 4" stroke="#c33"/>'
        for i in np.flatnonzero(np.asarray(facts.n_failed) > 0)[:MOST]
    ]
    return (
        f'<svg width="{WIDTH}" height="{HEIGHT}" role="img" fill="currentColor" '
        f'aria-label="{escape(facts.metric)} by candidate">'
        f"<title>{escape(facts.metric)} by candidate, the line is the best so far"
        f"</title>{''.join(drawn)}{_line(x, y, means, rungs)}</svg>"
    )


def _line(x: FloatArray, y: FloatArray, means: FloatArray, rungs: Any) -> str:
    """Return the best score so far, on the highest rung so far, as a stepped line."""
    best, rung = -math.inf, -1
    path: list[str] = []
    for i, (score, level) in enumerate(zip(means, rungs, strict=True)):
        if not math.isfinite(score) or level < rung:
            continue
        if level > rung or score > best:
            best, rung = float(score), int(level)
            there = f"{x[i]:.1f}", f"{y[i]:.1f}"
            path.append("H{}V{}".format(*there) if path else "M{} {}".format(*there))
    path.append(f"H{x[-1]:.1f}")
    return f'<path d="{"".join(path)}" fill="none" stroke="#2a7ab0"/>'
