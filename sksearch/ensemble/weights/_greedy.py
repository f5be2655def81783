"""The method "greedy": members are added one by one, and may be added again.

The selection of Caruana, Niculescu-Mizil, Crew and Ksikes, "Ensemble selection from
libraries of models", ICML 2004.
"""

from __future__ import annotations

import numpy as np

from sksearch.ensemble.weights._problem import Problem
from sksearch.space import FloatArray

#: The most members added, so that weights have steps of 2 %. Chosen by hand.
N_ROUNDS = 50
#: It ends after this many rounds without a better score. Chosen by hand.
PATIENCE = 15


def greedy_selection(problem: Problem) -> FloatArray:
    """Return the weights after the best round; the first round adds the best member."""
    m = problem.n_members
    alone = np.eye(m)
    scores = problem.scores(alone)
    added = problem.best_of(alone, scores)
    counts, best, waited = alone[added], scores[added], 0
    rounds, reached = [counts], [best]
    for size in range(2, N_ROUNDS + 1):
        tried = counts + alone
        scores = problem.scores(tried / size)
        added = problem.best_of(tried / size, scores)
        counts, score = tried[added], scores[added]
        rounds.append(counts / size)
        reached.append(score)
        waited = 0 if score > best else waited + 1
        best = max(best, score)
        if waited == PATIENCE:
            break
    found = np.array(rounds)
    return np.asarray(found[problem.best_of(found, np.array(reached))])
