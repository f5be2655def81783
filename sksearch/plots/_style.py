"""One style for all pictures: colours, sizes, scales, panels."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from sksearch.plots.numbers import Axis, Branches

#: Colours that people with any colour vision can distinguish (Okabe and Ito, 2008),
#: without the yellow, which is pale on white.
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00")
#: Colour of further branches.
OTHERS = "#8C8C8C"
INCUMBENT = "#222222"
FAILED = "#B00020"
FAINT = "#BBBBBB"
#: Scores from low to high; a map that also works in grey.
SCORES = "viridis"
#: The most ticks with texts that fit beside each other.
MAX_TICKS = 12
#: Shorter logarithmic axes have too few powers of ten as ticks.
TWO_DECADES = 100.0
#: Longer texts of ticks are cut.
MAX_TEXT = 18
#: Scores that differ by less than this share are equal, but for rounding.
SAME = 1e-9


def pyplot() -> Any:
    """Return matplotlib.pyplot; ImportError with the command to install it."""
    try:
        return importlib.import_module("matplotlib.pyplot")
    except ImportError as error:
        msg = (
            "The pictures of sksearch.plots are drawn by matplotlib, which is not "
            "installed. Write: pip install 'sksearch[plots]', or pip install "
            "matplotlib."
        )
        raise ImportError(msg) from error


def colour_of(branch: int | None) -> str:
    """Return the colour of a branch; grey for none and beyond the palette."""
    if branch is None or not 0 <= branch < len(PALETTE):
        return OTHERS
    return PALETTE[branch]


def groups(branches: Branches) -> list[tuple[str, int, Any]]:
    """Return label, number and mask of each branch with candidates."""
    found = []
    for i, name in enumerate(told_apart(branches.names, 30)):
        mask = branches.members == i
        if mask.any():
            found.append((name, i, mask))
    return found


def shortened(text: str, width: int = MAX_TEXT) -> str:
    """Return a text, cut if it is long."""
    return text if len(text) <= width else f"{text[: width - 1]}…"


def shortened_name(name: str, width: int = MAX_TEXT) -> str:
    """Return the name of a hyperparameter, without its middle if it is long.

    Long names often begin alike.
    """
    if len(name) <= width:
        return name
    end = (width - 1) * 2 // 3
    return f"{name[: width - 1 - end]}…{name[-end:]}"


def told_apart(texts: Sequence[str], width: int = MAX_TEXT) -> list[str]:
    """Return texts, cut if they are long, so that different ones stay different."""
    for cut in (shortened, shortened_name):
        found = [cut(text, width) for text in texts]
        if len(set(found)) == len(set(texts)):
            return found
    numbers = {text: f" {i}" for i, text in enumerate(dict.fromkeys(texts), 1)}
    return [
        t if len(t) <= width else shortened(t, width - len(numbers[t])) + numbers[t]
        for t in texts
    ]


def tidy(ax: Any) -> None:
    """Remove the upper and right spines of an axes, and draw a faint grid."""
    ax.spines[["top", "right"]].set_visible(False)
    ax.grid(alpha=0.25, linewidth=0.6)
    ax.set_axisbelow(True)


def scale(ax: Any, axis: Axis, which: str = "x") -> None:
    """Set scale, limits and ticks of an axes for a hyperparameter."""
    set_ = {"x": (ax.set_xscale, ax.set_xlim, ax.set_xticks, ax.set_xlabel)}
    set_["y"] = (ax.set_yscale, ax.set_ylim, ax.set_yticks, ax.set_ylabel)
    set_scale, set_limits, set_ticks, set_label = set_[which]
    set_label(shortened_name(axis.label, 32))
    if axis.ticks:
        places, texts = thinned(axis.ticks)
        long = which == "x" and sum(map(len, texts)) > 24
        turned = {"rotation": 35, "ha": "right", "rotation_mode": "anchor"}
        set_ticks(places, texts, **(turned if long else {}))
        set_limits(-0.5, len(axis.ticks) - 0.5)
    elif axis.log:
        set_scale("log")
        wide = (axis.high / axis.low) ** 0.04
        set_limits(axis.low / wide, axis.high * wide)
        if axis.high / axis.low < TWO_DECADES:
            _tick_plainly(ax.xaxis if which == "x" else ax.yaxis)
    elif axis.low < axis.high:
        wide = 0.04 * (axis.high - axis.low)
        set_limits(axis.low - wide, axis.high + wide)


def _tick_plainly(own: Any) -> None:
    """Set ticks at 1, 2, 5, 10 and so on, without powers of ten."""
    ticker = importlib.import_module("matplotlib.ticker")
    own.set_major_locator(ticker.LogLocator(subs=(1, 2, 5)))
    own.set_major_formatter(ticker.FormatStrFormatter("%g"))
    own.set_minor_formatter(ticker.NullFormatter())


def thinned(ticks: Sequence[str]) -> tuple[list[int], list[str]]:
    """Return places and texts of at most `MAX_TICKS` ticks."""
    step = -(-len(ticks) // MAX_TICKS)
    places = list(range(0, len(ticks), step))
    return places, told_apart([ticks[i] for i in places])


def score_limits(ax: Any, scores: Any, which: str = "y") -> None:
    """Set limits so that good scores can be distinguished.

    Scores far below the others (below the first quartile by three times the
    interquartile range) would squeeze them into a line. They are cut off. If the upper
    three quarters are equal, the distance of the others from them stands for the range.
    """
    finite = np.asarray(scores)[np.isfinite(scores)]
    if not len(finite):
        return
    high = float(finite.max())
    least = SAME * max(abs(high), 1.0)
    first, third = np.quantile(finite, [0.25, 0.75])
    spread = third - first
    if spread <= least:
        below = first - finite[finite < first - least]
        spread = float(np.sort(below)[(len(below) - 1) // 2]) if len(below) else 0.0
    low = float(finite[finite >= first - 3.0 * spread].min())
    # Scores just below would be cut in halves.
    low = float(finite[finite >= low - 0.1 * (high - low)].min())
    room = 0.05 * (high - low) if high - low > least else 0.02 * max(abs(high), 0.5)
    limits = (low - room, high + room)
    (ax.set_ylim if which == "y" else ax.set_xlim)(*limits)


def mark_below(ax: Any, places: Any, scores: Any, colour: str) -> int:
    """Draw a triangle at the lower edge for each score below it; return how many."""
    below = np.asarray(scores) < ax.get_ylim()[0]
    n = int(below.sum())
    if n:
        ax.plot(
            np.asarray(places)[below],
            np.full(n, 0.02),
            linestyle="",
            marker="v",
            markersize=4,
            color=colour,
            alpha=0.75,
            transform=ax.get_xaxis_transform(),
        )
    return n


def score_norm(scores: Any) -> Any:
    """Return the colours of scores, most of them for the good ones."""
    low, high = float(np.quantile(scores, 0.1)), float(np.max(scores))
    if high - low <= SAME * max(abs(high), 1.0):
        low = high - 0.01 * max(abs(high), 1.0)
    return pyplot().Normalize(low, high)


def panels(ax: Any, n_rows: int, n_columns: int) -> Any:
    """Divide the area of an axes into a grid of axes; its own frame is hidden."""
    ax.set_axis_off()
    place = ax.get_subplotspec()
    if place is None:
        msg = "ax must be a subplot, as plt.subplots makes it, to be divided in panels."
        raise ValueError(msg)
    grid = place.subgridspec(n_rows, n_columns)
    axes = np.empty((n_rows, n_columns), dtype=object)
    for i in range(n_rows):
        for j in range(n_columns):
            axes[i, j] = ax.figure.add_subplot(grid[i, j])
            tidy(axes[i, j])
    return axes


def note(ax: Any, text: str, place: Any, away: tuple[int, int], **words: Any) -> None:
    """Write a small text at some points from a place."""
    points = {"xytext": away, "textcoords": "offset points", "fontsize": "small"}
    ax.annotate(text, place, **{**points, **words})


def star(ax: Any, x: float, y: float) -> None:
    """Mark the best candidate."""
    ax.scatter(x, y, marker="*", s=130, color=INCUMBENT, edgecolors="white", zorder=5)


def cross(ax: Any, x: Any, y: Any, label: str, **words: Any) -> None:
    """Mark failed or pruned candidates."""
    ax.plot(
        x,
        y,
        linestyle="",
        marker="x",
        markersize=5,
        color=FAILED,
        label=label,
        **words,
    )


def legend_beside(ax: Any, **words: Any) -> None:
    """Add a legend on the right of an axes."""
    ax.legend(
        **words,
        fontsize="small",
        frameon=False,
        loc="upper left",
        bbox_to_anchor=(1, 1),
    )


def legend_of_branches(ax: Any, branches: Branches) -> None:
    """Add a legend of colours on the right, if there is more than one branch."""
    handles = [
        pyplot().Line2D(
            [], [], color=colour_of(i), marker="o", linestyle="", label=name
        )
        for name, i, _ in groups(branches)
    ]
    if len(handles) > 1:
        legend_beside(ax, handles=handles)
