"""Discriminant analysis, naive Bayes, partial least squares."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.cross_decomposition import CCA, PLSRegression
from sklearn.discriminant_analysis import (
    LinearDiscriminantAnalysis,
    QuadraticDiscriminantAnalysis,
)
from sklearn.naive_bayes import ComplementNB, MultinomialNB
from sklearn.pipeline import make_pipeline
from sklearn.svm import SVC

from sksearch import Choice, Float, Int, suggest_space
from sksearch.exceptions import SpaceError

X = np.ones((20, 5))


class TestLinear:
    def test_a_solver_with_shrinkage(self):
        found = suggest_space(LinearDiscriminantAnalysis())["solver"]

        assert found.values == ("svd", "lsqr")

        assert list(found.options[1].sub_space) == ["shrinkage"]

    def test_a_step_that_others_follow_keeps_its_solver(self):
        pipe = make_pipeline(LinearDiscriminantAnalysis(), SVC())

        assert list(suggest_space(pipe)) == ["svc__C", "svc__gamma"]

    def test_a_solver_that_was_chosen(self):
        model = LinearDiscriminantAnalysis(solver="lsqr")
        assert suggest_space(model)["shrinkage"].values[:2] == (None, "auto")

        model = LinearDiscriminantAnalysis(solver="eigen", shrinkage=0.5)
        assert suggest_space(model)["shrinkage"] == Choice(["auto", Float(0.01, 1.0)])

        with pytest.raises(SpaceError, match="no shrinkage"):
            suggest_space(LinearDiscriminantAnalysis(solver="eigen"))


def test_no_penalty_is_not_proposed():
    found = suggest_space(QuadraticDiscriminantAnalysis())

    assert found == {"reg_param": Float(1e-4, 0.9, log=True)}


def test_counts():
    assert list(suggest_space(MultinomialNB())) == ["alpha", "fit_prior"]

    assert list(suggest_space(ComplementNB())) == ["alpha", "norm", "fit_prior"]


def test_directions():
    assert suggest_space(PLSRegression(), X) == {"n_components": Int(1, 5)}

    assert suggest_space(CCA(), X, np.ones((20, 3))) == {"n_components": Int(1, 3)}

    with pytest.raises(SpaceError, match="so few data leave nothing to choose from"):
        suggest_space(CCA(), X, np.ones(20))
