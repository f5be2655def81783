"""What loggers write of a record."""

import math

import pytest
from sklearn.pipeline import make_pipeline
from sklearn.svm import SVC

from sksearch import CandidateRecord
from sksearch.callbacks._record_facts import kind_of_record, means_of, plain_params


def record(params=(), scores=(), score=0.5, **words):
    return CandidateRecord(
        3, dict(params), score, dict(scores), None, None, math.nan, 4, 1.0, **words
    )


def test_params_are_numbers_and_texts():
    params = {
        "a": True,
        "b": 1,
        "c": 0.5,
        "d": "x",
        "e": None,
        "f": (50, 20),
        "g": SVC(C=2),
        "h": SVC,
        "i": list(range(999)),
        "j": "word " * 999,
    }
    found = plain_params(params)
    long = [found.pop("i"), found.pop("j")]

    assert list(found.values()) == [
        True,
        1,
        0.5,
        "x",
        "None",
        "(50, 20)",
        "SVC",
        "SVC",
    ]

    assert list(map(len, long)) == [500, 500]


def test_means_are_finite():
    scores = {"a": [1.0, 3.0, math.nan], "b": [math.nan]}

    assert means_of(record(scores=scores, fit_time=0.25)) == {
        "score": 0.5,
        "fit_time": 0.25,
        "mean_a": 2.0,
        "std_a": 1.0,
    }

    assert means_of(record(score=math.nan)) == {}


@pytest.mark.parametrize(
    ("params", "kind"),
    [
        ({"clf": SVC(), "clf__C": 1}, "SVC"),
        ({"base": SVC(), "clf": make_pipeline(SVC())}, "Pipeline"),
        ({"C": 1}, ""),
    ],
)
def test_the_estimator_type(params, kind):
    assert kind_of_record(record(params)) == kind
