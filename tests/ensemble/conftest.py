"""Losses that the tests of several methods share."""

import numpy as np
import pytest

from sksearch.ensemble.weights._losses import LogLoss, SquaredError
from sksearch.ensemble.weights._problem import Problem


def log_loss_of(n=80, m=5, seed=0):
    rng = np.random.default_rng(seed)
    return LogLoss(rng.beta(2, 1, size=(n, m)))


def squared_error_of(n=80, m=5, seed=0):
    rng = np.random.default_rng(seed)
    return SquaredError(rng.normal(size=(n, m)) * rng.uniform(0.5, 2, size=m))


@pytest.fixture(params=[log_loss_of, squared_error_of], ids=["log loss", "squares"])
def loss_of(request):
    return request.param


@pytest.fixture
def problem(loss_of):
    return Problem(loss_of())
