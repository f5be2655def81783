"""Tests of a search over a choice of estimators, as scikit-learn sees it."""

import pytest
from sklearn.base import clone, is_classifier, is_regressor
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LinearRegression
from sklearn.svm import SVC, SVR

from sksearch import Choice, TPESearchCV


class TestASearchOverAChoice:
    SEARCH = TPESearchCV(Choice([SVC(), SVC(C=2)]), n_iter=2)

    def test_it_is_what_its_first_option_is(self):
        assert is_classifier(self.SEARCH)

        assert is_regressor(TPESearchCV(Choice([SVR(), LinearRegression()])))

    def test_it_has_the_methods_of_its_first_option_which_want_a_fit(self):
        assert hasattr(self.SEARCH, "decision_function")

        assert not hasattr(self.SEARCH, "transform")

        with pytest.raises(NotFittedError):
            self.SEARCH.predict([[0.0]])

    def test_without_refit_it_has_none(self):
        assert not hasattr(clone(self.SEARCH).set_params(refit=False), "predict")

    def test_it_is_not_changed_by_those_who_look(self):
        choice = self.SEARCH.estimator

        assert self.SEARCH._representative().estimator is choice.values[0]

        assert self.SEARCH._unfitted().estimator is not choice.values[0]

        assert self.SEARCH.estimator is choice
