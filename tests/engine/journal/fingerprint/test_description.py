"""Tests of what makes a search the same one as before."""

import functools
import json
import pickle

import numpy as np
import pandas as pd
import pytest
from scipy.stats import loguniform
from sklearn.frozen import FrozenEstimator
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from sksearch import Categorical, Choice, EarlyStopping, Float, Int, Option
from sksearch.engine import describe, digest
from sksearch.space import Domain, Hyperparameter, Space, as_space

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


DOMAINS = {
    "floats": lambda: Float(1, 10, log=True),
    "integers": lambda: Int(1, 10, step=3),
    "values": lambda: Categorical(["a", 1, SVC]),
    "ordered values": lambda: Categorical([3, 1, 2], ordered=True),
    "options": lambda: Choice({"none": None, "svm": Option(SVC(), C=[1, 10])}),
    "a distribution": lambda: as_space({"x": loguniform(1, 10)}).hyperparameters[0],
    "a list": lambda: as_space({"x": [10, 1, 100]}).hyperparameters[0],
    "a tree": lambda: as_space({"x": [SVC(), None], "x__C": [1, 2]}),
}


def fill_caches(value):
    """Ask the parts of an object for all that they cache; return how many there are."""
    kind, n_caches = type(value), 0
    for name in dir(kind):
        if isinstance(getattr(kind, name), functools.cached_property):
            getattr(value, name)
            n_caches += 1
    parts = value if isinstance(value, tuple | list) else vars(value).values()
    inner = [p for p in parts if isinstance(p, Domain | Space | Hyperparameter | tuple)]
    return n_caches + sum(map(fill_caches, inner))


@pytest.mark.parametrize("name", DOMAINS)
def test_caches_do_not_count(name):
    value = DOMAINS[name]()
    before, pickled = describe(value), pickle.dumps(value)
    n_caches = fill_caches(value)
    assert describe(value) == before
    assert pickle.dumps(value) == pickled
    assert n_caches or name == "a distribution"


def test_digest_names_the_kind_and_the_shape():
    assert digest(np.zeros((2, 3))).startswith("ndarray of shape (2, 3) ")
    assert digest(None).startswith("NoneType ")
