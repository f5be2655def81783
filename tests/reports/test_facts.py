from sksearch.reports import counted


def test_counts_by_row():
    assert counted([1, 1, 3], 4) == [0, 2, 0, 1]

    assert counted([], 2) == [0, 0]
