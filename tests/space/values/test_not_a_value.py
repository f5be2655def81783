"""What a range says when it is used as a value, and its copies."""

from __future__ import annotations

import copy
import operator
import pickle

import numpy as np
import pytest
from sklearn.base import clone, is_classifier
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import PCA
from sklearn.ensemble import VotingRegressor
from sklearn.linear_model import Ridge
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, SVR

from sksearch import Categorical, Choice, Float, Int, optional
from sksearch.exceptions import SpaceTypeError

X = np.arange(12.0).reshape(6, 2)
Y = np.arange(6.0)
RANGES = [Float(0.1, 1), Int(1, 3), Categorical([1, 2]), Choice([1, 2])]
BINARY = [operator.add, operator.mul, operator.truediv, operator.pow, operator.lt]


@pytest.mark.parametrize("domain", RANGES, ids=lambda domain: type(domain).__name__)
class TestUsedAsNumber:
    MESSAGE = r"is a search space, not a value\. Pass the estimator.*TPESearchCV"

    @pytest.mark.parametrize("function", [float, int, abs, round, operator.index])
    def test_of_one(self, domain, function):
        with pytest.raises(SpaceTypeError, match=self.MESSAGE):
            function(domain)

    @pytest.mark.parametrize("function", BINARY)
    @pytest.mark.parametrize("other", [2.0, np.float64(2.0), X], ids=type)
    def test_of_two(self, domain, function, other):
        with pytest.raises(SpaceTypeError, match=self.MESSAGE):
            function(domain, other)

    @pytest.mark.parametrize("other", [2.0, np.float64(2.0), X], ids=type)
    def test_on_the_right(self, domain, other):
        with pytest.raises(SpaceTypeError, match=self.MESSAGE):
            other * domain

    def test_in_an_array_of_numbers(self, domain):
        with pytest.raises(SpaceTypeError, match=self.MESSAGE):
            np.asarray(domain, dtype=float)


def test_the_message_names_the_range():
    with pytest.raises(SpaceTypeError, match=r"^Float\(0.1, 1.0, log=True\) is a sea"):
        float(Float(0.1, 1, log=True))


STEPS = {
    "last": lambda: Pipeline([("model", Choice(Ridge(), SVR()))]),
    "optional": lambda: Pipeline([("pca", optional(PCA())), ("model", Ridge())]),
    "columns": lambda: ColumnTransformer([("a", optional(StandardScaler()), [0])]),
    "vote": lambda: VotingRegressor([("a", Choice(Ridge(), SVR())), ("b", Ridge())]),
}


@pytest.mark.parametrize("make", STEPS.values(), ids=STEPS)
def test_in_the_place_of_a_step(make):
    with pytest.raises(SpaceTypeError, match=r"^(Choice|optional)\(.*search space"):
        make().fit(X, Y)


def test_a_pipeline_with_a_choice_can_be_shown():
    pipe = STEPS["last"]()

    assert "Choice" in pipe._repr_html_()

    assert "Choice([Ridge(), SVR()])" in repr(pipe)


def test_a_choice_has_the_methods_of_its_first_step_only():
    choice = Choice(PCA(), "passthrough")

    assert hasattr(choice, "transform")

    assert hasattr(Choice("passthrough", PCA()), "transform")

    assert not hasattr(Choice(SVC(), PCA()), "transform")

    assert not hasattr(choice, "predict")

    assert not hasattr(Choice(["a", "b"]), "fit")

    assert not hasattr(Float(0, 1), "fit")


def test_tags_are_those_of_the_first_step():
    assert is_classifier(Pipeline([("clf", Choice(SVC(), SVR()))]))

    assert not is_classifier(Pipeline([("clf", Choice(SVR(), SVC()))]))

    assert not hasattr(Choice([1]), "__sklearn_tags__")


@pytest.mark.parametrize("domain", RANGES, ids=lambda domain: type(domain).__name__)
def test_copies_are_itself(domain):
    assert copy.deepcopy(domain) is domain

    assert clone(domain) is domain

    assert clone(Ridge(alpha=domain)).alpha is domain

    assert pickle.loads(pickle.dumps(domain)) == domain


def test_one_object_stays_one_in_a_pickle():
    alpha = Float(0.1, 1)
    model = VotingRegressor([("a", Ridge(alpha=alpha)), ("b", Ridge(alpha=alpha))])
    (_, a), (_, b) = pickle.loads(pickle.dumps(clone(model))).estimators

    assert a.alpha is b.alpha
