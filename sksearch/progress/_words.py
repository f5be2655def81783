"""Words: the texts of the live line and of the last line."""

from __future__ import annotations

import math
from collections.abc import Mapping

from sksearch.engine import Standing

#: Least and largest width of a bar.
NARROW, WIDE = 10, 30


def parts_of(standing: Standing, *, short: bool = False) -> list[str]:
    """Return the parts of the live line, the most important first."""
    done = f"{standing.n_finished}/{standing.n_total}"
    parts = [done if short else f"{done} candidates"]
    parts += _rung(standing, short=short)
    best = standing.best
    if best is None:
        parts.append("no score yet")
    else:
        named = f"best {number(best.score)} {best.label}".rstrip()
        parts.append(f"{named} at {clock(best.found)}")
    parts += [f"{standing.n_failed} failed"] * bool(standing.n_failed)
    gone, left = clock(standing.budget.elapsed), standing.seconds_to_go
    parts.append(f"{gone} gone")
    parts += [] if left is None else [f"{clock(left)} to go"]
    if standing.n_jobs:
        busy = f"{standing.n_busy}/{standing.n_jobs}"
        parts.append(f"{busy} busy" if short else f"{busy} workers busy")
    return parts


def _rung(standing: Standing, *, short: bool) -> list[str]:
    """Return the progress of the rungs, or of the confirmations after them."""
    n_repeats = standing.planned.n_repeats
    if n_repeats and standing.n_finished >= standing.n_total:
        return [f"confirming {standing.n_confirmed}/{n_repeats}"]
    rungs = sorted(standing.sizes)
    if len(rungs) < 2:
        return []
    if short:
        return [f"rung {standing.rung + 1}/{len(rungs)}"]
    each = " ".join(f"{standing.n_closed[i]}/{standing.sizes[i]}" for i in rungs)
    return [f"rungs {each}"]


def line(standing: Standing, width: float = math.inf) -> str:
    """Return the live line, cut to its most important parts if space is narrow."""
    text = ", ".join(parts_of(standing))
    if len(text) <= width:
        return text
    parts = parts_of(standing, short=True)
    while len(parts) > 1 and len(", ".join(parts)) > width:
        parts.pop()
    return ", ".join(parts)[: int(min(width, len(text)))]


def bar(standing: Standing, width: int) -> str:
    """Return a bar of at most `width` characters; empty if these are too few."""
    if width < NARROW + 3:
        return ""
    inside = min(width, WIDE) - 3
    full = int(inside * share_of(standing))
    return f"[{'#' * full}{'.' * (inside - full)}] "


def share_of(standing: Standing) -> float:
    """Estimate the share of the search that is done.

    It is the share of its seconds, or of its candidates while these are unknown.
    """
    left, elapsed = standing.seconds_to_go, standing.budget.elapsed
    if left is None or elapsed <= 0:
        return standing.n_finished / max(standing.n_total, 1)
    return elapsed / (elapsed + left)


def last_line(standing: Standing, reason: str, counts: Mapping[str, int]) -> str:
    """Return the line that ends a search."""
    more = [f"{counts[name]} {name}" for name in ("known", "failed") if counts[name]]
    if standing.n_pruned:
        more.append(f"{standing.n_pruned} pruned")
    brackets = f" ({', '.join(more)})" if more else ""
    text = (
        f"Search ended ({reason}): {counts['finished']} of {counts['planned']} "
        f"candidates{brackets} in {span(standing.budget.elapsed)}; "
    )
    best = standing.best
    if best is None:
        return f"{text}none has a score"
    label = f" ({best.label})" if best.label else ""
    return (
        f"{text}best {number(best.score)}{label}, candidate {best.candidate.number}, "
        f"found after {span(best.found)}"
    )


def number(score: float) -> str:
    """Return a score with five digits.

    Examples
    --------
    >>> from sksearch.progress._words import number
    >>> number(0.9345678), number(-1234.5678), number(float("nan"))
    ('0.93457', '-1234.6', 'nan')
    """
    return f"{score:.5g}"


def clock(seconds: float) -> str:
    """Format seconds as on a clock, with minutes or hours.

    Examples
    --------
    >>> from sksearch.progress._words import clock
    >>> clock(7.4), clock(83), clock(3600 + 62)
    ('0:07', '1:23', '1:01:02')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def span(seconds: float) -> str:
    """Format a duration.

    Examples
    --------
    >>> from sksearch.progress._words import span
    >>> span(0.52), span(83)
    ('0.5 s', '1:23')
    """
    return f"{seconds:.1f} s" if seconds < 60 else clock(seconds)
