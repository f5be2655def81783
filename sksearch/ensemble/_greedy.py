"""The method "greedy": members are added one by one, and may be added again.

The selection of Caruana, Niculescu-Mizil, Crew and Ksikes, "Ensemble selection from
libraries of models", ICML 2004.
"""

from __future__ import annotations

import numpy as np

from sksearch.ensemble._problem import Problem
from sksearch.ensemble._simplex import FloatArray, vertex

#: How many are added; weights are multiples of one by this at the finest.
N_ROUNDS = 50


def greedy_selection(problem: Problem) -> FloatArray:
    """Return the weights after the best round; the first one takes the best member."""
    m = problem.n_members
    counts = vertex(m, problem.best_member)
    rounds = [counts]
    for size in range(2, N_ROUNDS + 1):
        tried = counts + np.eye(m)
        counts = tried[problem.best_of(tried / size)]
        rounds.append(counts)
    weights = np.array(rounds) / np.arange(1, N_ROUNDS + 1)[:, None]
    return np.asarray(weights[problem.best_of(weights)])
