"""How many columns leave a step."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from sklearn.decomposition import PCA
from sklearn.feature_selection import SelectPercentile
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import (
    FunctionTransformer,
    OneHotEncoder,
    PolynomialFeatures,
    StandardScaler,
)

from sksearch.knowledge import Data
from sksearch.knowledge._columns import after, beside

DATA = Data.of(np.ones((10, 4)))


@pytest.mark.parametrize(
    ("step", "least", "most"),
    [
        (StandardScaler(), 4, 4),
        (SimpleImputer(), 4, 8),
        (PolynomialFeatures(), 4, inf),
        (OneHotEncoder(), 4, inf),
        (OneHotEncoder(drop="first"), 0, inf),
        (SelectPercentile(), 0, 4),
        (PCA(), 0, inf),
        (FunctionTransformer(), 0, inf),
    ],
)
def test_after(step, least, most):
    data = after(step, {}, DATA)

    assert (data.columns, data.most_columns) == (least, most)

    assert data.X is None


def test_gaps_are_filled():
    assert not after(SimpleImputer(), {}, Data()).missing

    assert after(StandardScaler(), {}, Data()).missing


def test_beside():
    data = beside([DATA, after(PolynomialFeatures(), {}, DATA)], DATA)

    assert (data.rows, data.columns, data.most_columns) == (5, 8, inf)
