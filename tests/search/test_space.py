import pytest
from sklearn.naive_bayes import GaussianNB

from sksearch import Choice
from sksearch.search._slot import SLOT, Slot
from sksearch.search._space import read_points, read_space


def test_the_base_of_an_estimator_is_its_clone():
    estimator = GaussianNB(var_smoothing=0.25)
    space, base = read_space(estimator, {"var_smoothing": [0.25, 0.5]})

    assert base is not estimator

    assert base.get_params() == estimator.get_params()

    assert read_points("default", space, base) == [{"var_smoothing": 0.25}]

    assert read_points([{"var_smoothing": 0.5}], space, base) == [
        {"var_smoothing": 0.5}
    ]


def test_the_base_of_a_choice_is_a_slot():
    space, base = read_space(Choice([GaussianNB()]), None)

    assert isinstance(base, Slot)

    assert next(h.name for h in space if not h.hidden) == SLOT


@pytest.mark.parametrize("points", [None, (), []], ids=repr)
def test_no_points(points):
    space, base = read_space(GaussianNB(), {"var_smoothing": [0.25]})

    assert read_points(points, space, base) == []
