"""The rungs of a halving search."""

import numpy as np
import pytest
from scipy.stats import randint, uniform
from sklearn.model_selection import KFold, ShuffleSplit
from sklearn.svm import SVR

from sksearch.exceptions import SksearchWarning, SpaceExhaustedWarning
from sksearch.schedulers import (
    AsyncHalving,
    HalvingThenFull,
    Hyperband,
    SuccessiveHalving,
)
from sksearch.search.halving._halving_parameters import HalvingParameters
from sksearch.search.halving._read_rungs import read_rungs
from sksearch.search.plan import FitData
from sksearch.search.plan._read_space import read_space

MANY = {"C": uniform(1, 2)}
FEW = {"max_iter": [1, 2, 3, 4]}


def rungs(space, n=90, cv=None, verbose=0, **words):
    data = FitData(np.zeros((n, 1)), np.arange(n), cv or KFold(2), kind="regressor")
    asked = HalvingParameters(**words)
    return read_rungs(asked, read_space(SVR(), space), data, space, verbose=verbose)


@pytest.mark.parametrize(
    ("words", "least", "most", "n_required", "n_possible"),
    [
        ({}, 30, 90, 4, 2),
        ({"min_resources": "smallest"}, 4, 90, 3, 3),
        ({"min_resources": 10, "max_resources": 60, "n_candidates": 9}, 10, 60, 3, 2),
        ({"min_resources": "exhaust", "n_candidates": 9}, 10, 90, 3, 3),
        ({"resource": "max_iter", "max_resources": 27}, 1, 27, 4, 4),
    ],
)
def test_scikit_learns_attributes(words, least, most, n_required, n_possible):
    assert rungs(MANY, **words).attributes == {
        "min_resources_": least,
        "max_resources_": most,
        "n_required_iterations_": n_required,
        "n_possible_iterations_": n_possible,
    }


def test_a_parameter_that_no_candidate_gets_in_full():
    """The rungs are scikit-learn's, and a warning says what they leave out."""
    words = {"resource": "max_iter", "max_resources": 27, "n_candidates": 9}
    with pytest.warns(SksearchWarning, match=r"max_resources=27: the last rung has 9"):
        found = rungs(MANY, **words)

    assert found.attributes["min_resources_"] == 1

    assert rungs(MANY, min_resources="exhaust", **words).attributes == {
        "min_resources_": 3,
        "max_resources_": 27,
        "n_required_iterations_": 3,
        "n_possible_iterations_": 3,
    }


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ({}, SuccessiveHalving),
        ({"asynchronous": True}, AsyncHalving),
        ({"brackets": "hyperband"}, Hyperband),
        ({"brackets": 2}, Hyperband),
        ({"n_full": 3}, HalvingThenFull),
    ],
    ids=str,
)
def test_who_decides(words, kind):
    assert type(rungs(MANY, **words).scheduler) is kind


def test_more_candidates_after_several_brackets():
    with pytest.raises(ValueError, match="n_full=3 takes one bracket, got brackets=2"):
        rungs(MANY, n_full=3, brackets=2)


def test_a_distribution_is_repeated_as_often_as_asked_for():
    drawn = {"max_iter": randint(1, 4)}
    with pytest.warns(SpaceExhaustedWarning, match="only 3 .* They are repeated"):
        found = rungs(drawn, n_candidates=9)

    assert found.repeats

    assert found.scheduler.n_candidates == 9

    assert not rungs(drawn).repeats


def test_lists_are_not_repeated():
    with pytest.warns(SpaceExhaustedWarning, match="only 4 .* All of them"):
        found = rungs(FEW, n_candidates=9)

    assert not found.repeats

    assert found.scheduler.n_candidates == 4


def test_folds_that_differ_each_time():
    with pytest.raises(ValueError, match="consistent folds"):
        rungs(MANY, cv=ShuffleSplit(2))


def test_what_is_said(capsys):
    rungs(MANY, verbose=1, n_candidates=9)

    assert capsys.readouterr().out == "Candidates by n_samples: 9 with 30, 3 with 90\n"
