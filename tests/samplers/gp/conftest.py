"""Matrices of the tests are small, as those of the sampler are."""

import pytest

from sksearch._blas import one_blas_thread


@pytest.fixture(autouse=True)
def without_threads():
    with one_blas_thread():
        yield
