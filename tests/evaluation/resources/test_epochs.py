import numpy as np
import pytest
from sklearn.base import BaseEstimator
from sklearn.linear_model import SGDClassifier, SGDRegressor
from stand_ins import data

from sksearch.evaluation import Epochs, Evaluator, Folds

X, Y = data()


def fitted(estimator, n_epochs, y=Y, classes=None, **params):
    evaluator = Evaluator(estimator, None, Folds(()), None)
    Epochs(classes).give(evaluator, n_epochs).fitting.fit(estimator, (X, y), params)
    return estimator


@pytest.mark.parametrize("n_epochs", [1, 7])
def test_so_many_passes(n_epochs):
    assert fitted(SGDRegressor(), n_epochs).t_ == 1 + n_epochs * len(X)


class Network(BaseEstimator):
    """Trains as skorch's networks do."""

    def __init__(self, max_epochs=10):
        self.max_epochs = max_epochs

    def partial_fit(self, X, y=None, classes=None, **params):
        self.fit_loop(X, y, **params)

    def fit_loop(self, X, y=None, epochs=None, **params):
        n = self.max_epochs if epochs is None else epochs
        self.n_epochs_ = getattr(self, "n_epochs_", 0) + n
        self.params_ = params


def test_networks_that_make_several_passes_by_a_call():
    model = fitted(Network(), 7, classes=[0, 1], sample_weight=Y)

    assert (model.n_epochs_, list(model.params_)) == (7, ["sample_weight"])


def test_classes_that_are_not_there():
    model = fitted(SGDClassifier(), 2, classes=np.array([0, 1, 2]))

    assert model.classes_.tolist() == [0, 1, 2]


def test_parameters_of_fit():
    weights = np.where(np.arange(len(X)) < 20, 1.0, 0.0)
    one, other = (
        fitted(SGDRegressor(random_state=0), 3, y, sample_weight=weights)
        for y in (Y, np.where(weights > 0, Y, 99))
    )

    np.testing.assert_allclose(one.coef_, other.coef_)


@pytest.mark.parametrize("amounts", [[3, 3], [1, 4, 9]])
def test_the_passes_that_are_missing(amounts):
    fittings = [
        Epochs(np.unique(Y)).give(Evaluator(None, None, Folds(()), None), n).fitting
        for n in amounts
    ]
    model = SGDClassifier(random_state=0)
    fittings[0].fit(model, (X, Y), {})
    checkpoint = fittings[0].checkpoint(model, {})
    for fitting in fittings[1:]:
        checkpoint = fitting.go_on(checkpoint, (X, Y), {})
    expected = fitted(SGDClassifier(random_state=0), amounts[-1], classes=[0, 1])

    assert checkpoint.amount == amounts[-1]

    np.testing.assert_array_equal(checkpoint.model.coef_, expected.coef_)


def test_nobody_goes_back():
    many, few = (
        Epochs().give(Evaluator(None, None, Folds(()), None), n).fitting for n in (2, 1)
    )
    model = fitted(SGDRegressor(), 2)

    assert few.go_on(many.checkpoint(model, {}), (X, Y), {}) is None


def test_it_may_be_switched_off():
    assert (Epochs().goes_on, Epochs(goes_on=False).goes_on) == (True, False)
