"""Tests of an ensemble in a notebook."""

import re

import numpy as np
from sklearn.base import clone
from sklearn.dummy import DummyClassifier
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.tree import DecisionTreeClassifier
from stand_ins import data

from sksearch import StackingWeights

X, Y = data()
MEMBERS = [
    ("bayes", GaussianNB()),
    ("guess", DummyClassifier(strategy="constant", constant=0)),
    ("tree", make_pipeline(DecisionTreeClassifier(max_depth=2, random_state=0))),
]
RULE = "{opacity: 0.35}"


def test_weights_stand_in_the_diagram():
    ensemble = StackingWeights(MEMBERS).fit(X, Y)
    ensemble.weights_ = np.array([0.75, 0.0, 0.25])
    page = ensemble._repr_html_()

    assert re.findall(r"(\w+: (?:no weight|weight [\d.]+))<", page) == [
        "bayes: weight 0.75",
        "guess: no weight",
        "tree: weight 0.25",
    ]

    container = re.search(r'<div id="([\w-]+)" ', page)[1]
    rules = re.findall(r"#(\S+) > \S+ > \S+ > \S+ > \S+:nth-child\((\d)\)", page)
    assert rules == [(container, "2")]

    assert page.count(RULE) == 1


def test_before_the_fit_there_are_names():
    page = clone(StackingWeights(MEMBERS))._repr_html_()

    assert ">guess<" in page

    assert "no weight<" not in page

    assert RULE not in page


def test_nothing_is_grey_if_all_have_weight():
    ensemble = StackingWeights(MEMBERS).fit(X, Y)
    ensemble.weights_ = np.array([0.5, 0.25, 0.25])

    assert RULE not in ensemble._repr_html_()
