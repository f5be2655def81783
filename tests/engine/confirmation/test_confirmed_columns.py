import numpy as np

from sksearch.engine import confirmed_columns
from sksearch.trials import Candidate, FoldScore, Trial


def tried(number, *scores):
    folds = {
        i: FoldScore(number, i, {"score": score}, None, 0.0, 0.0)
        for i, score in enumerate(scores)
    }
    return Candidate(
        Trial(number, {}, np.zeros(1)), len(scores), number=number, folds=folds
    )


def test_scores_are_pooled_over_all_splits():
    candidates = [tried(0, 0.2, 0.4), tried(3, 0.5, 0.7)]
    columns = confirmed_columns(candidates, {3: [tried(9, 0.1, 0.3)]}, ["score"], 0.0)

    assert columns["n_confirmations"].tolist() == [0, 1]

    np.testing.assert_allclose(columns["mean_confirmed_score"], [np.nan, 0.4])

    expected = np.std([0.5, 0.7, 0.1, 0.3])
    np.testing.assert_allclose(columns["std_confirmed_score"], [np.nan, expected])
