"""What a face has chosen."""

import numpy as np
import pytest
from sklearn.model_selection import KFold
from stand_ins import Knob

from sksearch.evaluation import Evaluator, Parameter, make_folds, nested_samples
from sksearch.samplers import RandomSampler
from sksearch.schedulers import Full, Ladder, SuccessiveHalving
from sksearch.search.plan._plan import Plan
from sksearch.search.plan._tuned import Tuned
from sksearch.space import as_space

X = np.zeros((40, 2))
FOLDS = make_folds(KFold(2), X, None, {})


def plan(levels, scheduler, **words):
    space = as_space({"level": levels})
    tuned = Tuned(Knob(), space, Knob())
    return Plan(tuned, RandomSampler(space), scheduler, {0: 3, 1: 1}, **words)


def full(n):
    return Full(Ladder((1,), n_candidates=n))


def halving(**words):
    ladder = Ladder((4, 12), factor=3, n_candidates=3)
    return plan([0.1, 0.2, 0.3], SuccessiveHalving(ladder), **words)


@pytest.mark.parametrize(
    ("levels", "n", "short"),
    [
        ([0.1, 0.2, 0.3], 3, False),
        ([0.1, 0.2, 0.3], 2, True),
        ([0.1, 0.2], 9, True),
        ([0.1], 9, True),
    ],
)
def test_so_few_candidates_that_nothing_is_gained_by_giving_up(levels, n, short):
    assert plan(levels, full(n)).is_short == short


def test_rungs_are_what_the_table_tells():
    assert not halving().by_rung

    assert halving(columns=("iter", "n_resources")).by_rung


def test_models_wait_where_they_can_go_on():
    assert halving(resource=Parameter("max_iter")).n_kept_models == {0: 3, 1: 1}

    assert halving(resource=Parameter("max_iter", goes_on=False)).n_kept_models == {}

    assert halving().n_kept_models == {}


def test_the_lowest_rung_has_its_share_of_the_folds():
    rows = nested_samples(FOLDS, 40, np.random.default_rng(0))
    lowest = halving(resource=rows).lowest(FOLDS)

    assert [len(train) for train, _ in lowest] == [2, 2]

    assert halving().lowest(FOLDS) is FOLDS


def test_only_the_top_rung_hands_over_predictions():
    whole = Evaluator(Knob(), None, FOLDS, None, return_oof=True)
    top_only = halving().top_only

    assert top_only.top == 12

    assert not top_only.give(whole, 4).return_oof

    assert top_only.give(whole, 12).return_oof
