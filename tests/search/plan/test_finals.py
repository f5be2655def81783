import pytest
from sklearn.model_selection import TimeSeriesSplit
from stand_ins import Knob, data

from sksearch import Float, TPESearchCV
from sksearch.search.plan._finals import check_confirm, n_for_search

X, Y = data()
SPACE = {"level": Float(0.0, 1.0)}


def test_what_can_only_come_out_as_before_is_refused():
    search = TPESearchCV(Knob(), SPACE, n_iter=20, confirm=3, cv=TimeSeriesSplit(2))
    with pytest.raises(ValueError, match="needs fresh splits"):
        search.fit(X, Y)

    assert not hasattr(search, "cv_results_")


def test_without_other_splits_there_are_other_seeds():
    class Seeded(Knob):
        seeds = []  # noqa: RUF012

        def __init__(self, level=0.5, random_state=0):
            self.level, self.random_state = level, random_state

        def fit(self, X, y=None):
            self.seeds.append(self.random_state)
            return super().fit(X, y)

    search = TPESearchCV(
        Seeded(), SPACE, n_iter=8, confirm=2, cv=TimeSeriesSplit(2), random_state=0
    ).fit(X, Y)
    first, fresh = Seeded.seeds[:12], Seeded.seeds[12:-1]

    assert set(first) == {0}

    assert len(fresh) == 4
    assert len(set(fresh)) == 1
    assert 0 not in fresh

    assert search.best_estimator_.random_state == 0


def test_what_is_left_to_search_with():
    assert n_for_search(100, 5) == 90

    assert n_for_search(100, None) == n_for_search(100, 0) == 100


def test_too_few_are_refused_with_what_is_enough():
    with pytest.raises(ValueError, match=r"keeps 5 .* leaves 2 .* Use n_iter=8"):
        n_for_search(7, 3)

    assert n_for_search(8, 3) == 3


def test_there_must_be_a_choice():
    with pytest.raises(ValueError, match="nothing to choose between"):
        check_confirm(1)
