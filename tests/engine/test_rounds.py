import numpy as np

from sksearch.engine import round_columns, rounds_of
from sksearch.trials import Candidate, FoldScore, Trial


def candidate(*rounds):
    made = Candidate(Trial(0, {}, np.zeros(0)), len(rounds))
    for i, n in enumerate(rounds):
        made.folds[i] = FoldScore(0, i, {"score": 1.0}, None, 1.0, 0.5, n_rounds=n)
    return made


def test_by_fold():
    assert rounds_of(candidate(3.0, None)) == [3.0, None]


def test_columns():
    columns = round_columns([candidate(3.0, 6.0), candidate(4.0, None)])

    assert list(columns) == ["split0_n_rounds", "split1_n_rounds", "mean_n_rounds"]

    np.testing.assert_array_equal(columns["split1_n_rounds"], [6.0, np.nan])

    np.testing.assert_array_equal(columns["mean_n_rounds"], [4.5, 4.0])


def test_none_at_all():
    columns = round_columns([candidate(None, None)])

    assert np.isnan([*columns.values()]).all()
