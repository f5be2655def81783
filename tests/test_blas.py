import numpy as np
import pytest
from threadpoolctl import threadpool_info

from sksearch._blas import one_blas_thread


def blas_threads():
    return [
        library["num_threads"]
        for library in threadpool_info()
        if library["user_api"] == "blas"
    ]


@pytest.mark.usefixtures("many_blas_threads")
def test_one_thread_within_and_as_many_as_before_afterwards():
    before = blas_threads()

    with one_blas_thread():
        assert np.linalg.norm(np.eye(2) @ np.eye(2)) > 1
        assert set(blas_threads()) <= {1}

    assert blas_threads() == before
