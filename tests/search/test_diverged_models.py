"""Scores so far off that their squares overflow, as those of diverged models.

Here a warning of numpy is an error, as in all tests.
"""

import numpy as np
import pytest
from stand_ins import Knob, data

from sksearch import Float, TPESearchCV
from sksearch.callbacks import BelowNoise

X, Y = data()


def off(sign, scale=1e304):
    """Return a scorer by which levels above 0.6 are far off."""

    def score(estimator, X, y):
        by_fold = 0.01 * np.sin(X[0, 0])
        if estimator.level > 0.6:
            return sign * scale * (1 + estimator.level + by_fold)
        return -estimator.level + by_fold

    return score


@pytest.mark.parametrize("sign", [-1, 1], ids=["worse", "better"])
@pytest.mark.parametrize(
    "words",
    [
        {"callbacks": BelowNoise()},
        {"prune_folds": True},
        {"confirm": 3},
        {"refit": "one_standard_error"},
    ],
    ids=lambda words: next(iter(words)),
)
def test_are_no_error_and_no_noise(words, sign):
    search = TPESearchCV(
        Knob(),
        {"level": Float(0, 1)},
        n_iter=24,
        cv=4,
        scoring=off(sign),
        random_state=0,
        **words,
    ).fit(X, Y)

    assert (search.best_params_["level"] > 0.6) == (sign > 0)

    assert not {"within_noise", "optimism"} & set(search.diagnosis().kinds)

    estimate = search.estimate_score()
    assert estimate.score == pytest.approx(search.best_score_)
    n_folds = search.cv_results_.get("n_folds", np.full(24, 4))
    assert (n_folds == 4).sum() > 2
