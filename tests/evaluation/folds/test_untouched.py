"""Data that stay as they are."""

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from sksearch.evaluation import untouched

X = np.asfortranarray(np.arange(6.0).reshape(3, 2))


@pytest.mark.parametrize(
    "data", [X, pd.DataFrame(X), csr_array(X)], ids=lambda value: type(value).__name__
)
@pytest.mark.parametrize(
    ("estimator", "changes"),
    [
        (make_pipeline(StandardScaler(copy=False), SVC()), True),
        (LinearRegression(copy_X=False), True),
        (make_pipeline(StandardScaler(), SVC()), False),
        (object(), False),
    ],
)
def test_a_copy_only_for_estimators_that_change_their_input(data, estimator, changes):
    found = untouched(estimator, data)

    assert (found is not data) == changes

    assert type(found) is type(data)

    if changes and isinstance(found, np.ndarray):
        found[:] = -1

        assert data[2, 1] == 5

        assert found.flags.f_contiguous


def test_other_data_are_handed_on():
    rows = [[1.0], [2.0]]

    assert untouched(StandardScaler(copy=False), rows) is rows
