"""Rules of racing side by side, on the same folds, from what `racing_record.py` wrote.

    python benchmarks/racing.py RECORDS [--seeds 20] [--kind 1x10] [--json FILE]
        [--learners mlp,forest,boosting] [--apart]

Every rule sees the candidates one by one, in the random order of the seed, and each
candidate's folds in one order. By rule, over tables and seeds: the share of the fold
fits; how many times sooner, by the seconds of the fits, it has what the whole search
finds (capped where it never has it: then the time to its own end counts against it);
the share of runs whose winner is within a quarter of its standard error of the unraced
winner; and the test score that is lost, relative to the unraced winner's loss, on the
worst table and on the worst data set. The least share is that of a rule that knows
which candidates will be better than all before: these on all folds, others on one.
With `--apart`, each repetition of repeated folds is a table of its own.
"""

import argparse
import json
from functools import cache
from pathlib import Path

import numpy as np
from scipy.special import stdtrit

from sksearch.racing import FoldRace


class Ours:
    """The rule of the package."""

    def __init__(self, n_splits, rng, n_repeats, **words):
        repetitions = np.repeat(np.arange(n_repeats), n_splits // n_repeats)
        self.race = FoldRace(n_splits, repetitions, **words)

    def begin(self, number):
        self.standard = self.race.standard()
        return self.race.order(number)

    def lost(self, folds, scores):
        return self.standard is not None and self.standard.lost(folds, scores)

    def tell(self, folds, scores):
        self.race.tell(folds, scores)


class Shared:
    """What the other rules share: one random order of folds, and an incumbent."""

    def __init__(self, n_splits, rng):
        self.n_splits, self.folds = n_splits, rng.permutation(n_splits).tolist()
        self.rows = []

    def begin(self, number):
        done = [row for row in self.rows if np.isfinite(row).all()]
        self.best = max(done, key=np.mean, default=None)
        return self.folds

    def lost(self, folds, scores):
        return self.best is not None and self.rule(folds, np.asarray(scores))

    def tell(self, folds, scores):
        row = np.full(self.n_splits, np.nan)
        row[folds] = scores
        self.rows.append(row)


class Forgiving(Shared):
    """Bergman, Purucker and Hutter (2024): below the worst fold of the incumbent."""

    def rule(self, folds, scores):
        return scores.mean() < self.best.min()


class Aggressive(Shared):
    """The same authors: below the mean of the incumbent."""

    def rule(self, folds, scores):
        return scores.mean() < self.best.mean()


class Wilcoxon(Shared):
    """Optuna's WilcoxonPruner, p = 0.1, two steps before it begins."""

    def rule(self, folds, scores):
        differences = scores - self.best[folds]
        if len(folds) < 2 or not differences.any():
            return False
        if scores.mean() >= self.best[folds].mean():
            return False
        ranks = np.argsort(np.argsort(np.abs(differences))) + 1
        won = ranks[differences > 0].sum() + ranks[differences == 0].sum() / 2
        return np.mean(signed_ranks(len(folds)) <= won) < 0.1


@cache
def signed_ranks(n):
    """The sums of ranks of n differences without ties, or a sample of them."""
    rng = np.random.default_rng(0)
    signs = rng.integers(0, 2, (20_000, n)) if n > 12 else bits(n)
    return signs @ np.arange(1, n + 1)


def bits(n):
    """All choices among n."""
    return np.arange(2**n)[:, None] >> np.arange(n) & 1


class Anova(Shared):
    """R finetune's tune_race_anova: three folds, then each against the best.

    Its model of fold and candidate is fitted to the pair, whose test is the paired t.
    """

    def rule(self, folds, scores):
        differences = scores - self.best[folds]
        if len(folds) < 3 or differences.std() == 0:
            return False
        reach = stdtrit(len(folds) - 1, 0.95) * differences.std(ddof=1)
        reach /= np.sqrt(len(folds))
        return differences.mean() + reach < 0


RULES = {
    "none": None,
    "ours": Ours,
    "forgiving": Forgiving,
    "aggressive": Aggressive,
    "wilcoxon": Wilcoxon,
    "anova": Anova,
}


def replay(scores, seconds, rule, rng, words):
    """Return fold fits, the path of (seconds, best mean so far), and the winner."""
    n_splits = scores.shape[1]
    made = rule(n_splits, rng, **words) if rule else None
    clock, n_fits, best, winner, path = 0.0, 0, -np.inf, None, []
    for number, (row, took) in enumerate(zip(scores, seconds, strict=True)):
        order = made.begin(number) if made else list(range(n_splits))
        known = n_splits
        for j in range(1, n_splits):
            if made and made.lost(order[:j], row[order[:j]]):
                known = j
                break
        folds = order[:known]
        clock += took[folds].sum()
        n_fits += known
        if made:
            made.tell(folds, row[folds])
        if known == n_splits and row.mean() > best:
            best, winner = row.mean(), number
            path.append((clock, best))
    return n_fits, clock, path, winner


def compare(tables, seeds, words):
    """Return a row of figures by rule and table."""
    found = {rule: {} for rule in RULES}
    for name, (scores, seconds, test) in tables.items():
        runs = {rule: [] for rule in RULES}
        for seed in range(seeds):
            order = np.random.default_rng(seed).permutation(len(scores))
            S, T, Z = scores[order], seconds[order], test[order]
            _, _, path, first = replay(S, T, None, None, {})
            # When the whole search had its final score, and within what it counts.
            end, target = path[-1]
            error = S[first].std(ddof=1) / np.sqrt(S.shape[1])
            for rule, kind in RULES.items():
                rng = np.random.default_rng(1000 + seed)
                own = words if rule == "ours" else {}
                n_fits, clock, path, winner = replay(S, T, kind, rng, own)
                # One that misses goes on at its own pace: half as long again.
                sooner = next((t for t, s in path if s >= target), None)
                close = next((t for t, s in path if s >= target - error / 4), None)
                lost = (S[first].mean() - S[winner].mean()) / error
                runs[rule].append(
                    {
                        "share": n_fits / S.size,
                        "speed": T.sum() / clock,
                        "sooner": end / (sooner or 1.5 * clock),
                        "close": end / (close or 1.5 * clock),
                        "harmless": lost <= 0.25,
                        "lost": lost,
                        "test": (Z[first] - Z[winner]) / max(1 - Z[first], 1e-9),
                    }
                )
        for rule in RULES:
            keys = runs[rule][0]
            found[rule][name] = {
                k: float(
                    np.exp(np.mean([np.log(r[k]) for r in runs[rule]]))
                    if k in ("sooner", "close", "speed")
                    else np.mean([r[k] for r in runs[rule]])
                )
                for k in keys
            }
    return found


def apart(tables, n_repeats):
    """Return the repetitions of each table as tables of their own."""
    return {
        f"{name}-{i}": (
            *(np.split(x, n_repeats, axis=1)[i] for x in table[:2]),
            table[2],
        )
        for name, table in tables.items()
        for i in range(n_repeats)
    }


def least_share(tables, seeds):
    """Return the share of the fold fits of a rule that knows the means beforehand."""
    shares = []
    for scores, _, _ in tables.values():
        n, n_splits = scores.shape
        for seed in range(seeds):
            means = scores.mean(axis=1)[np.random.default_rng(seed).permutation(n)]
            n_better = len(np.unique(np.maximum.accumulate(means)))
            shares.append((n_better * n_splits + n - n_better) / scores.size)
    return np.mean(shares)


def load_tables(records, kind, learners=""):
    """Return scores, seconds and test scores by table."""
    tables: dict = {}
    for path in sorted(records.glob(f"*-{kind}-*.npz")):
        if learners and path.stem.split("-")[1] not in learners.split(","):
            continue
        with np.load(path) as f:
            parts = tables.setdefault(path.stem.split(f"-{kind}")[0], [])
            parts.append((f["scores"], f["seconds"], f["test"]))
    return {
        name: tuple(map(np.concatenate, zip(*parts, strict=True)))
        for name, parts in tables.items()
    }


def worst_set(rows):
    """Return the largest mean test loss on a data set."""
    by_set: dict = {}
    for name, row in rows.items():
        by_set.setdefault(name.split("-")[0], []).append(row["test"])
    return max(np.mean(values) for values in by_set.values())


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("records", type=Path)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--kind", default="1x10")
    parser.add_argument("--learners", default="")
    parser.add_argument("--apart", action="store_true")
    parser.add_argument("--error", type=float)
    parser.add_argument("--margin", type=float)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    words = {k: v for k in ("error", "margin") if (v := getattr(args, k)) is not None}
    n_repeats = int(args.kind.split("x")[0])
    tables = load_tables(args.records, args.kind, args.learners)
    if args.apart:
        tables, n_repeats = apart(tables, n_repeats), 1
    words["n_repeats"] = n_repeats
    found = compare(tables, args.seeds, words)
    print(f"{len(tables)} tables, {args.seeds} seeds, folds {args.kind}", end="; ")
    print(f"least share {least_share(tables, args.seeds):.3f}")
    print(f"{'rule':12}share  speed  sooner  close  harmless %  test loss %: ", end="")
    print("mean, worst table, worst set")
    for rule, rows in found.items():
        columns = {k: np.array([r[k] for r in rows.values()]) for k in rows[min(rows)]}
        geo = {
            k: np.exp(np.log(columns[k]).mean()) for k in ("speed", "sooner", "close")
        }
        print(
            f"{rule:12}{columns['share'].mean():5.3f}  {geo['speed']:5.2f}  "
            f"{geo['sooner']:6.2f}  {geo['close']:5.2f}  "
            f"{100 * columns['harmless'].mean():10.1f}  "
            f"{100 * columns['test'].mean():6.2f} {100 * columns['test'].max():6.2f} "
            f"{100 * worst_set(rows):6.2f}"
        )
    if args.json:
        args.json.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
