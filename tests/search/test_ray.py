"""Tests of what only ray does: large data wait in its object store."""

import joblib
import numpy as np
import pandas as pd
import pytest
from sklearn.dummy import DummyClassifier

from sksearch import TPESearchCV

WORDS = {"n_iter": 4, "n_jobs": 2, "random_state": 0, "cv": 3}
SPACE = {"strategy": ["stratified", "prior", "uniform"], "random_state": [0, 1]}


@pytest.mark.backends
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::FutureWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_large_data(ray_cluster):
    X = np.arange(40_000.0).reshape(-1, 2)
    y = np.arange(len(X)) % 3 == 0
    for data in (X, pd.DataFrame(X)):
        expected = TPESearchCV(DummyClassifier(), SPACE, **WORDS).fit(data, y)
        with joblib.parallel_config(ray_cluster):
            found = TPESearchCV(DummyClassifier(), SPACE, **WORDS).fit(data, y)

        assert found.cv_results_["params"] == expected.cv_results_["params"]

        np.testing.assert_array_equal(
            found.cv_results_["mean_test_score"],
            expected.cv_results_["mean_test_score"],
        )
