"""Make the tables of ``sksearch.knowledge`` from what ``measure.py`` has measured.

    python build.py RESULTS [RESULTS ...] --to FOLDER [--most 28] [--sets a,b]

Regret on a set: 0 for the best that was measured there with any learner, 1 for the
median. Sets that the first file does not know are left out, unless --sets names them:
not all learners were measured there. Of each learner those configurations are kept
that a portfolio over all sets and metrics would choose first, its own settings among
them.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from learners import LEARNERS
from measure import METRICS, configurations

from sksearch.knowledge._portfolio import greedy_portfolio, relative
from sksearch.knowledge._table import BEST, level_of

HEAD = """\
# Configurations of learners, and how they did on real data sets.
# Made by benchmarks/knowledge. A line: learner, configuration, and for each metric one
# digit per set, to base 36; "-" was not measured. Level n is a regret of
# 1.2 ** (n - 30), where 1 is that of the median over all learners on the set. The line
# "best" has the regret of the learner's best configuration behind the best of all
# learners, the other lines have theirs behind the learner's best.
"""


#: A learner that was measured on fewer sets is left out.
LEAST = 8


def read(paths):
    """Return {learner: {set: array of shape (n_configurations, n_metrics)}}."""
    found = {}
    for path in paths:
        for line in map(json.loads, path.read_text().splitlines()):
            scores = np.array(line["scores"], dtype=float)
            found.setdefault(line["learner"], {})[line["set"]] = scores
    return found


def kept(regrets, most):
    """Return which configurations of a learner to keep, in their order."""
    scaled = np.concatenate([relative(r) for r in regrets], axis=1)
    chosen = set(greedy_portfolio(scaled, most))
    # Too few on which a portfolio gains anything: those that are best on average.
    for i in np.argsort(scaled.mean(axis=1)).tolist():
        if len(chosen) < most:
            chosen.add(i)
    return sorted(chosen | {0})


def regrets_of(scores, ends):
    """Return regrets, an array of shape (n_metrics, n_configurations, n_sets)."""
    n_configs, n_metrics = next(iter(scores.values())).shape
    regrets = np.full((n_metrics, n_configs, len(ends)), np.nan)
    for j, (s, (best, median)) in enumerate(ends.items()):
        if s in scores:
            spread = np.maximum(best - median, 1e-9)
            regrets[:, :, j] = ((best - scores[s]) / spread).T
    return regrets


def line(name, config, regrets):
    """Return a line of the table, with regrets of shape (n_metrics, n_sets)."""
    return "\t".join([name, config, *("".join(map(level_of, r)) for r in regrets)])


def tables(found, most, only):
    """Return {"classifiers": text, "regressors": text}."""
    out = {}
    for task, is_classes in (("classifiers", True), ("regressors", False)):
        metrics = METRICS[is_classes]
        learners = [
            learner
            for learner in LEARNERS.values()
            if learner.is_classifier is is_classes
            and len(found.get(learner.key, ())) >= LEAST
        ]
        keys = [learner.key for learner in learners]
        sets = sorted({s for k in keys for s in found[k] if s in only})
        if not sets:
            continue
        ends = {}
        for s in sets:
            scores = np.concatenate([found[k][s] for k in keys if s in found[k]])
            ends[s] = np.nanmax(scores, axis=0), np.nanmedian(scores, axis=0)
        lines = [HEAD + "sets\t" + " ".join(sets), "metrics\t" + " ".join(metrics)]
        for name in dict.fromkeys(learner.name for learner in learners):
            parts = [learner for learner in learners if learner.name == name]
            configs = [c for learner in parts for c in configurations(learner)]
            regrets = np.concatenate(
                [regrets_of(found[learner.key], ends) for learner in parts], axis=1
            )
            best = np.fmin.reduce(regrets, axis=1)
            lines.append(line(name, BEST, best))
            for i in kept(regrets, most):
                config = json.dumps(configs[i], separators=(",", ":"))
                lines.append(line(name, config, regrets[:, i] - best))
        out[task] = "\n".join(lines) + "\n"
    return out


def main():
    """Write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("results", type=Path, nargs="+")
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--most", type=int, default=28)
    parser.add_argument("--sets", default="")
    a = parser.parse_args()
    first = {s for sets in read(a.results[:1]).values() for s in sets}
    only = set(a.sets.split(",")) if a.sets else first
    for task, text in tables(read(a.results), a.most, only).items():
        (a.to / f"{task}.tsv").write_text(text)
        print(task, len(text) // 1000, "kB", text.count("\n"), "lines")


if __name__ == "__main__":
    main()
