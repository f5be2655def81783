from sksearch.engine._batches import Batches


def test_quick_folds_travel_together():
    batches = Batches(n_splits=5)

    assert batches.size(0, n_jobs=2) == 1

    batches.tell(0, 0.002)

    assert batches.size(0, n_jobs=2) == 3  # a worker's share, though five would do

    assert batches.size(0, n_jobs=1) == 1

    assert batches.size(1, n_jobs=2) == 1

    batches.tell(0, 1.0)

    assert batches.size(0, n_jobs=2) == 1
