"""Support vector machines and other kernels."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.decomposition import KernelPCA
from sklearn.kernel_ridge import KernelRidge
from sklearn.semi_supervised import LabelSpreading
from sklearn.svm import SVC, SVR, NuSVC

from sksearch import Float, suggest_space
from sksearch.exceptions import SpaceError

X = np.random.default_rng(0).normal(size=(60, 5))


@pytest.mark.parametrize(
    ("kernel", "more"),
    [
        ("linear", []),
        ("rbf", ["gamma"]),
        ("poly", ["gamma", "degree", "coef0"]),
        ("sigmoid", ["gamma", "coef0"]),
        ("precomputed", []),
        (np.dot, []),
    ],
)
def test_a_kernel_has_its_parameters(kernel, more):
    assert list(suggest_space(SVC(kernel=kernel))) == ["C", *more]


def test_a_width_that_was_chosen_is_widened():
    assert suggest_space(SVC(gamma=3.0))["gamma"] == Float(1e-4, 3.0, log=True)


@pytest.mark.parametrize(
    ("estimator", "names"),
    [
        (KernelRidge(), ["alpha"]),
        (KernelRidge(kernel="laplacian"), ["alpha", "gamma"]),
        (KernelPCA(kernel="rbf"), ["n_components", "gamma"]),
        (LabelSpreading(kernel="knn"), ["alpha", "n_neighbors"]),
        (LabelSpreading(), ["alpha", "gamma"]),
    ],
)
def test_others(estimator, names):
    assert list(suggest_space(estimator, X)) == names


def test_the_target_has_a_unit():
    space = suggest_space(SVR(), X, 10 * np.tile([-1.0, 1.0], 30))

    assert space["C"] == Float(1.0, 1000.0, log=True)

    assert space["epsilon"] == Float(0.01, 5.0, log=True)


class TestNu:
    def test_balanced_classes(self):
        found = suggest_space(NuSVC(), X, np.arange(60) % 2)["nu"]

        assert found.low == 0.05

        assert found.high == 0.8

    def test_rare_classes(self):
        y = np.repeat([0, 1], [50, 10])

        # 5 and 25 of each in a half: nu may be a third.
        assert 0.2 < suggest_space(NuSVC(), X, y)["nu"].high < 1 / 3

    def test_unknown_classes(self):
        assert list(suggest_space(NuSVC(), X)) == ["gamma"]

        with pytest.raises(SpaceError, match="the classes bound nu"):
            suggest_space(NuSVC(kernel="linear"), X)
