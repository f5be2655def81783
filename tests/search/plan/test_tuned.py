"""Tests of the tuned estimator with its space."""

from types import SimpleNamespace

import pytest
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from sksearch import Choice, Float, Option, as_space
from sksearch.evaluation import last_step, slotted
from sksearch.search.plan._read_space import read_space
from sksearch.search.plan._tuned import MAX_OPTIONS, Tuned

PIPE = make_pipeline(StandardScaler(), SVC())


@pytest.mark.parametrize(
    ("estimator", "space", "replaced"),
    [
        (PIPE, {"svc__C": [1, 2]}, False),
        (PIPE, {"svc": [SVC(), Ridge()]}, True),
        (PIPE, {"svc": Choice([SVC(), Ridge()])}, True),
        (PIPE, lambda _: {}, True),
        (Choice([SVC(), Ridge()]), {"estimator": Choice([SVC(), Ridge()])}, False),
    ],
    ids=["values", "list", "choice", "function", "a choice itself"],
)
def test_steps_may_be_replaced(estimator, space, replaced):
    base, slot = slotted(estimator)
    tuned = Tuned(estimator, as_space(space), base)

    assert tuned.is_replaced == replaced

    assert tuned.slot == slot


def kinds(estimator, space):
    found = read_space(estimator, space).likely_estimators()
    return {type(last_step(estimator)) for estimator in found}


def test_the_users_own_comes_first():
    first, *others = read_space(SVC(C=7), {"C": [1, 2]}).likely_estimators()

    assert first.C == 7

    assert {model.C for model in others} == {1, 2}


def test_steps_that_the_space_puts_in():
    assert kinds(PIPE, {"svc": [SVC(), LogisticRegression()]}) == {
        SVC,
        LogisticRegression,
    }


def test_a_choice():
    assert kinds(Choice([SVC(), Ridge()]), None) == {SVC, Ridge}

    many = Choice([*(SVC(C=c) for c in range(1, MAX_OPTIONS + 1)), Ridge()])
    assert kinds(many, None) == {SVC, Ridge}  # each option comes first


@pytest.mark.parametrize(
    "space",
    [lambda t: {"C": t.suggest_float("C", 1, 2)}, {"gamma": list("abcdefghi")}],
    ids=["function", "many options"],
)
def test_nothing_where_some_may_be_missed(space):
    assert MAX_OPTIONS == 8

    assert kinds(SVC(), space) == set()


def test_all_listed_values_are_shown_to_the_pool():
    shown = []
    pool = SimpleNamespace(check_value=lambda *what: shown.append(what))
    space = {"C": Float(0.1, 1), "clf": Choice({"a": Option(1, x=[3]), "b": "two"})}
    Tuned(SVC(), as_space(space), SVC()).check_sendable(pool)

    assert set(shown) == {("clf", 1), ("clf", "two"), ("x", 3)}
