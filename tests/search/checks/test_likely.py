"""Estimators as candidates will have them."""

import pytest
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.svm import SVC

from sksearch import Choice
from sksearch.search.checks._likely import MAX_OPTIONS, last_step, likely_estimators
from sksearch.search.plan._read_space import read_space

PIPE = make_pipeline(StandardScaler(), SVC())


def kinds(estimator, space):
    found = likely_estimators(read_space(estimator, space))
    return {type(last_step(estimator)) for estimator in found}


def test_the_users_own_comes_first():
    first, *others = likely_estimators(read_space(SVC(C=7), {"C": [1, 2]}))

    assert first.C == 7

    assert {model.C for model in others} == {1, 2}


def test_steps_that_the_space_puts_in():
    assert kinds(PIPE, {"svc": [SVC(), LogisticRegression()]}) == {
        SVC,
        LogisticRegression,
    }


def test_a_choice():
    assert kinds(Choice([SVC(), Ridge()]), None) == {SVC, Ridge}


@pytest.mark.parametrize(
    "space",
    [lambda t: {"C": t.suggest_float("C", 1, 2)}, {"gamma": list("abcdefghi")}],
    ids=["function", "many options"],
)
def test_nothing_where_some_may_be_missed(space):
    assert MAX_OPTIONS == 8

    assert kinds(SVC(), space) == set()


def test_the_last_step():
    svc = PIPE[-1]

    assert last_step(svc) is svc

    assert last_step(make_pipeline(MinMaxScaler(), PIPE)) is svc
