import pytest

from sksearch.engine import window_of


@pytest.mark.parametrize(
    ("n_jobs", "n_splits", "window"),
    [(1, 1, 1), (1, 5, 1), (2, 5, 2), (5, 5, 2), (6, 5, 3), (8, 2, 5), (2, 1, 3)],
)
def test_window(n_jobs, n_splits, window):
    assert window_of(n_jobs, n_splits) == window

    assert window_of(n_jobs, n_splits, learns=False) == (
        4 * window if window > 1 else 1
    )
