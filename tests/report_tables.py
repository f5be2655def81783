"""A table of results that no search has made, for tests of reports."""

from __future__ import annotations

import numpy as np

from sksearch.reports import Facts


def table_of(params, scores, **columns):
    """Return the columns of results over two folds."""
    scores = np.array(scores, dtype=float)
    filled = np.where(np.isnan(scores), -np.inf, scores)
    zeros = np.zeros(len(scores))
    return {
        "mean_fit_time": zeros + 0.5,
        "std_fit_time": zeros,
        "mean_score_time": zeros + 0.25,
        "std_score_time": zeros,
        "params": params,
        "split0_test_score": scores,
        "split1_test_score": scores,
        "mean_test_score": scores,
        "std_test_score": zeros,
        "rank_test_score": 1 + np.searchsorted(np.sort(-filled), -filled),
        **columns,
    }


def facts_of(params, **words):
    n = len(params)
    return Facts(
        **{
            "metric": "score",
            "kind_name": None,
            "kinds": ["SVC"] * n,
            "labels": [{}] * n,
            "trials": list(range(n)),
            "n_failed": [0] * n,
            **words,
        }
    )
