"""The contract runs over every face that sksearch exports."""

from __future__ import annotations

import pytest
from faces import BUDGETS, FACES, MORE_COLUMNS, QUICK_FACES, make_search


@pytest.fixture(
    params=[
        pytest.param(face, marks=[pytest.mark.slow] * (face not in QUICK_FACES))
        for face in FACES
    ],
    ids=lambda face: face.__name__,
)
def face(request):
    """Return a function that makes a search with few candidates and folds."""

    def make(estimator, space, **words):
        defaults = {"n_iter": 5, "cv": 2, "random_state": 0}
        return make_search(request.param, estimator, space, **{**defaults, **words})

    make.budget = BUDGETS.get(request.param.__name__, "n_iter")
    make.more_columns = MORE_COLUMNS.get(request.param.__name__, [])
    make.constant = "must yield consistent folds" * (make.budget == "n_candidates")
    return make
