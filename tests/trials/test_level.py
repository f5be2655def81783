import math

import numpy as np

from sksearch.trials import History


def history_of(*told):
    """Return a history of (number, score, resource)."""
    history = History()
    for number in range(1 + max(number for number, _, _ in told)):
        history.add({"x": number}, np.array([number / 10]))
    for number, score, resource in told:
        history.complete(number, score, float(number), resource)
    return history


HISTORY = [(0, 0.1, 1), (1, 0.2, 1), (2, 0.3, 1), (2, 0.5, 3), (1, math.nan, 3)]


def test_the_highest_resource_with_enough_scores():
    history = history_of(*HISTORY)

    for n_enough, rows, scores in [
        (0, [0.2, 0.1], [0.5, math.nan]),
        (1, [0.2, 0.1], [0.5, math.nan]),
        (2, [0.0, 0.1, 0.2], [0.1, 0.2, 0.3]),
        (9, [0.0, 0.1, 0.2], [0.1, 0.2, 0.3]),
    ]:
        found = history.told_arrays(1, n_enough)

        np.testing.assert_array_equal(found[0][:, 0], rows)
        np.testing.assert_array_equal(found[1], scores)
        np.testing.assert_array_equal(
            history.told_seconds(n_enough), 10 * np.array(rows)
        )


def test_arrays_grow():
    history = history_of(*HISTORY)
    history.told_arrays(1, 2)
    history.add({"x": 3}, np.array([0.3, 0.7]))
    history.complete(3, 0.4, resource=1)

    rows, scores = history.told_arrays(2, 2)

    np.testing.assert_array_equal(
        rows, [[0.0, np.nan], [0.1, np.nan], [0.2, np.nan], [0.3, 0.7]]
    )

    assert scores.tolist() == [0.1, 0.2, 0.3, 0.4]


def test_all_that_was_told_at_a_known_resource():
    history = history_of(*HISTORY, (3, 0.9, None), (4, math.nan, 7))

    rows, scores, resources = history.told_levels(1)

    assert history.resources == [1, 3]

    np.testing.assert_array_equal(rows[:, 0], [0.0, 0.1, 0.2, 0.2, 0.1])

    np.testing.assert_array_equal(scores, [0.1, 0.2, 0.3, 0.5, math.nan])

    assert resources.tolist() == [1, 1, 1, 3, 3]

    assert history.level_seconds().tolist() == [0, 1, 2, 2, 1]


def test_nothing_was_told_at_a_known_resource():
    history = history_of((0, 0.9, None))

    rows, scores, resources = history.told_levels(2)

    assert rows.shape == (0, 2)

    assert len(scores) == len(resources) == len(history.level_seconds()) == 0
