"""Members that are fitted already must be alike."""

import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.exceptions import NotFittedError
from sklearn.naive_bayes import GaussianNB

from sksearch import StackingWeights
from sksearch.ensemble.members._prefit import check_fitted_alike, check_target
from sksearch.ensemble.predictions import Target

X, Y = load_iris(return_X_y=True)


def fit(*members):
    names = "ab"[: len(members)]
    pairs = list(zip(names, members, strict=True))
    return StackingWeights(pairs, cv="prefit").fit(X, Y)


def test_not_fitted():
    with pytest.raises(NotFittedError, match="'b' is not fitted"):
        fit(GaussianNB().fit(X, Y), GaussianNB())


def test_other_features():
    with pytest.raises(ValueError, match="not fitted alike: n_features_in_"):
        fit(GaussianNB().fit(X, Y), GaussianNB().fit(X[:, :2], Y))


def test_other_classes():
    with pytest.raises(ValueError, match="not fitted alike: classes_"):
        fit(GaussianNB().fit(X, Y), GaussianNB().fit(X, Y + 1))


def test_classes_in_another_order_are_alike():
    one, other = GaussianNB().fit(X, Y), GaussianNB().fit(X, Y)
    other.classes_ = other.classes_[::-1]

    assert check_fitted_alike([("a", one), ("b", other)]) is None


def test_classes_that_no_member_knows():
    with pytest.raises(ValueError, match=r"not fitted to: 2. They know 0, 1"):
        fit(GaussianNB().fit(X[:100], Y[:100]))


def test_the_target_has_the_classes_of_the_members():
    target = Target.of(np.array([2, 0]), classifier=True)
    known = check_target(target, [("a", GaussianNB().fit(X, Y))])

    assert known.classes[0].tolist() == [0, 1, 2]

    assert (known.n_outputs, known.one_dimensional) == (1, True)


def test_the_target_of_regressors_stays():
    target = Target.of(np.array([2.0, 0.5]), classifier=False)

    assert check_target(target, [("a", GaussianNB())]) is target
