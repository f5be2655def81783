"""A claim on the process that learns from all rungs, over 10 seeds, one-sided."""

import numpy as np
import pytest
from scipy.stats import wilcoxon

from sksearch import Float
from sksearch.samplers import GPSampler, RandomSampler
from sksearch.schedulers import HalvingThenFull, Ladder, Sample, SuccessiveHalving

pytestmark = pytest.mark.convergence

SPACE = {f"x{i}": Float(0.0, 1.0) for i in range(5)}
LADDER = Ladder((1, 3, 9, 27), factor=3, n_candidates=27)


def curve(c, resource):
    """Return a loss that is 0 at its least with all resources.

    With few, it is greater, most where convergence is slow, and its least is elsewhere.
    """
    x = np.array(list(c.values()))
    left = 1.0 / resource - 1.0 / 27
    best = np.array([0.2, 0.7, 0.4, 0.6, 0.3]) + 0.15 * left
    slow = 0.5 + x[0]
    bumps = 0.05 * (1.0 - np.cos(6.0 * (x - best))).sum()
    return float(((x - best) ** 2).sum() + bumps + slow * left)


def regrets(kind, schedulers, cost):
    """Return the least loss with all resources, after so many full trainings."""
    found = []
    for seed in range(10):
        sampler, spent, best = kind(seed), 0.0, np.inf
        runs = schedulers()
        scheduler, trials = next(runs), []
        while spent < cost:
            decision = scheduler.next()
            if not hasattr(decision, "trial"):
                scheduler, trials = next(runs), []
                continue
            if isinstance(decision, Sample):
                trials.append(sampler.ask(resource=decision.resource))
            trial = trials[decision.trial]
            loss = curve(trial.configuration, decision.resource)
            scheduler.tell(decision.trial, decision.rung, -loss)
            sampler.tell(trial, -loss, resource=decision.resource)
            spent += decision.resource / 27
            best = min(best, loss if decision.resource == 27 else np.inf)
        found.append(best)
    return np.array(found)


def process(seed):
    return GPSampler(SPACE, random_state=seed, max_resource=27)


def test_better_than_halving_again_and_again():
    def runs():
        while True:
            yield SuccessiveHalving(LADDER)

    halving = regrets(lambda seed: RandomSampler(SPACE, random_state=seed), runs, 15)

    found = regrets(process, lambda: iter([HalvingThenFull(LADDER, 99)]), 15)

    assert wilcoxon(found, halving, alternative="less").pvalue < 0.01

    assert found.mean() < 0.5 * halving.mean()
