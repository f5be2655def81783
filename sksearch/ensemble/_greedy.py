"""The method "greedy": members are added one by one, and may be added again.

The selection of Caruana, Niculescu-Mizil, Crew and Ksikes, "Ensemble selection from
libraries of models", ICML 2004.
"""

from __future__ import annotations

import numpy as np

from sksearch.ensemble._problem import Problem
from sksearch.ensemble._simplex import FloatArray, vertex

#: How many are added at most; weights are multiples of one by this at the finest.
N_ROUNDS = 50
#: It ends after this many rounds without a better score.
PATIENCE = 15


def greedy_selection(problem: Problem) -> FloatArray:
    """Return the weights after the best round; the first one takes the best member."""
    m = problem.n_members
    counts = vertex(m, problem.best_member)
    rounds = [counts]
    best, waited = problem.score(counts), 0
    for size in range(2, N_ROUNDS + 1):
        tried = counts + np.eye(m)
        counts = tried[problem.best_of(tried / size)]
        rounds.append(counts / size)
        score = problem.score(counts / size)
        waited = 0 if score > best else waited + 1
        best = max(best, score)
        if waited == PATIENCE:
            break
    found = np.array(rounds)
    return np.asarray(found[problem.best_of(found)])
