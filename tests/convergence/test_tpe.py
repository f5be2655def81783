"""Claims on the quality of proposals, over 20 seeds, by one-sided tests."""

import numpy as np
import pytest
from scipy.stats import wilcoxon

from sksearch import Choice, Float, Int, Option
from sksearch.samplers import RandomSampler, TPESampler

pytestmark = pytest.mark.convergence

SPACE = {
    "scale": ["standard", "minmax", "none"],
    "model": Choice(
        {
            "svm": Option(
                "svm",
                C=Float(1e-3, 1e3, log=True),
                kernel=Choice(
                    ["linear", Option("rbf", gamma=Float(1e-4, 10.0, log=True))]
                ),
            ),
            "forest": Option(
                "forest", depth=Int(2, 30), features=Float(0.05, 1.0), leaf=Int(1, 50)
            ),
            "nearest": Option("nearest", k=Int(1, 100, log=True)),
        }
    ),
}


def score(configuration):
    """Return a score with one best branch, and a penalty for each wrong setting."""
    c = configuration
    loss = 0.1 * (c["scale"] != "minmax")
    if c["model"] == "forest":
        loss += 0.3 + abs(c["depth"] - 12) / 30 + abs(c["features"] - 0.4)
        loss += abs(c["leaf"] - 3) / 50
    elif c["model"] == "nearest":
        loss += 0.4 + abs(np.log10(c["k"] / 9))
    else:
        loss += 0.1 * abs(np.log10(c["C"] / 30))
        if c["kernel"] == "rbf":
            loss += 0.2 * abs(np.log10(c["gamma"] / 0.02))
        else:
            loss += 0.3
    return -loss


def best_scores(kind, n_trials, n_pending=0):
    """Return the best score of each of 20 runs."""
    best = []
    for seed in range(20):
        sampler = kind(SPACE, random_state=seed)
        pending = []
        for _ in range(n_trials):
            pending.append(sampler.ask())
            if len(pending) > n_pending:
                trial = pending.pop(0)
                sampler.tell(trial, score(trial.configuration))
        best.append(sampler.history.incumbent.score)
    return np.array(best)


def test_tpe_beats_twice_as_many_random_trials_on_a_conditional_space():
    random, tpe = best_scores(RandomSampler, 100), best_scores(TPESampler, 50)

    assert wilcoxon(tpe, random, alternative="greater").pvalue < 0.01


def test_tpe_with_four_pending_trials_still_beats_random():
    random, tpe = best_scores(RandomSampler, 50), best_scores(TPESampler, 50, 4)

    assert wilcoxon(tpe, random, alternative="greater").pvalue < 0.01
