from sksearch.engine import Planned


def test_all_rungs_count():
    assert Planned({0: 9, 1: 3}, 5, {0: 1, 1: 3}).n_candidates == 12


def test_what_a_journal_keeps():
    planned = Planned({0: 9, 2: 3}, 5, {0: 1, 2: 9}, n_repeats=4, timeout=60.0)

    plain = planned.to_plain()

    assert plain == {"rungs": [[0, 9, 1], [2, 3, 9]], "repeats": 4, "timeout": 60.0}

    assert Planned.of_plain(plain, n_splits=5) == planned
