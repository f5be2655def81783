"""Tests of where warnings point to."""

import pytest
from sklearn.utils.validation import check_array
from stand_ins import Knob, data

from sksearch import TPESearchCV
from sksearch._warn import warn
from sksearch.exceptions import SpaceExhaustedWarning


def test_points_to_the_caller():
    with pytest.warns(UserWarning, match="a word") as caught:
        warn("a word", UserWarning)

    assert caught[0].filename == __file__


class Warns:
    def __array__(self, *args, **words):
        warn("a word", UserWarning)
        return data()[0]


def test_stops_at_the_first_that_is_outside():
    with pytest.warns(UserWarning, match="a word") as caught:
        check_array(Warns())

    assert caught[0].filename == __file__


def test_points_past_scikit_learn():
    search = TPESearchCV(Knob(), {"level": [0.1, 0.2]}, n_iter=3)
    with pytest.warns(SpaceExhaustedWarning, match="only 2 config") as caught:
        search.fit(*data())

    assert caught[0].filename == __file__
