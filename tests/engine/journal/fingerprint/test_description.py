"""Tests of what makes a search the same one as before."""

import json

import numpy as np
import pandas as pd
import pytest
from scipy.stats import loguniform
from sklearn.frozen import FrozenEstimator
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from sksearch import Categorical, Choice, EarlyStopping, Float, Int, Option, as_space
from sksearch.engine import describe, digest

PAIRS = [
    (1, 1.5),
    ("a", "b"),
    (True, False),
    (float("nan"), float("inf")),
    ([1, 2], [2, 1]),
    ({"a": 1}, {"a": 2}),
    ({"a": 1}, {"b": 1}),
    (range(3), range(4)),
    (Float(0, 1), Float(0, 2)),
    (Float(1, 2), Float(1, 2, log=True)),
    (Int(1, 2), Float(1, 2)),
    (Categorical(["a", "b"]), Categorical(["a", "b"], ordered=True)),
    (Choice({"a": 1, "b": 2}), Choice({"a": 1, "c": 2})),
    (Choice([Option(SVC(), C=[1])]), Choice([Option(SVC(), C=[2])])),
    (loguniform(1, 2), loguniform(1, 3)),
    (EarlyStopping(3), EarlyStopping(4)),
    (SVC(), SVC(C=2)),
    tuple(FrozenEstimator(StandardScaler().fit([[n]])) for n in (1, 2)),
    (SVC(), LogisticRegression()),
    (
        make_pipeline(StandardScaler(), SVC()),
        make_pipeline(StandardScaler(), SVC(C=2.0)),
    ),
    (len, max),
    (SVC, LogisticRegression),
    (np.arange(3), np.arange(4)),
    (np.arange(3), np.arange(3.0)),
    (pd.DataFrame({"a": [1]}), pd.DataFrame({"b": [1]})),
]


@pytest.mark.parametrize("pair", PAIRS, ids=[str(i) for i in range(len(PAIRS))])
def test_differences_are_seen_and_json_can_hold_them(pair):
    one, other = (json.loads(json.dumps(describe(v), allow_nan=False)) for v in pair)
    assert one == describe(pair[0])
    assert one != other


def test_what_a_search_computes_for_itself_does_not_count():
    assert describe(Float(1, 10, log=True)) == {
        "Float": {"low": 1.0, "high": 10.0, "log": True, "step": None}
    }


DOMAINS = [
    Float(0, 1, step=0.5),
    Int(1, 9, log=True),
    Categorical([1, 2.5, "a"]),
    Categorical([1, 2, 3], ordered=True),
    Choice({"a": 1, "b": 2}),
    *(h.domain for h in as_space({"list": [1, 10], "dist": loguniform(1, 2)})),
]


@pytest.mark.parametrize("domain", DOMAINS, ids=repr)
def test_what_a_domain_has_computed_does_not_count(domain):
    before = describe(domain)

    for name in dir(domain):
        getattr(domain, name)

    assert describe(domain) == before


def test_digest_names_the_kind_and_the_shape():
    assert digest(np.zeros((2, 3))).startswith("ndarray of shape (2, 3) ")
    assert digest(None).startswith("NoneType ")
