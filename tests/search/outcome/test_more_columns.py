"""The columns that plain searches do not have."""

import numpy as np
import pytest

from sksearch.search.outcome._more_columns import more_columns
from sksearch.trials import Candidate, FoldScore, Trial


def candidate(number, n_rounds=None, **where):
    made = Candidate(
        Trial(number, {"a": number}, np.zeros(1)), 2, number=number, **where
    )
    for fold in (0, 1):
        made.folds[fold] = FoldScore(
            number,
            fold,
            test={"score": 1.0},
            train=None,
            fit_time=0.0,
            score_time=0.0,
            n_rounds=n_rounds,
        )
    return made


CANDIDATES = [
    candidate(0, 5, rung=0, resource=3, bracket=0),
    candidate(1, 7, rung=1, resource=9, bracket=1),
]


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ((), {}),
        (("iter", "n_resources"), {"iter": [0, 1], "n_resources": [3, 9]}),
        (
            ("iter", "n_resources", "bracket"),
            {"iter": [0, 1], "n_resources": [3, 9], "bracket": [0, 1]},
        ),
    ],
)
def test_where_candidates_were_tried(names, found):
    columns = more_columns(CANDIDATES, names, rounds=False)

    assert list(columns) == list(found)

    assert {name: column.tolist() for name, column in columns.items()} == found

    assert all(column.dtype == np.intp for column in columns.values())


def test_rounds_come_last():
    columns = more_columns(CANDIDATES, ("iter",), rounds=True)

    assert next(iter(columns)) == "iter"

    assert columns["mean_n_rounds"].tolist() == [5, 7]
