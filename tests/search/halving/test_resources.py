"""What candidates get more of."""

import numpy as np
import pytest
from sklearn.ensemble import VotingRegressor
from sklearn.linear_model import Lasso, Ridge, SGDClassifier
from sklearn.model_selection import KFold
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from sksearch import Choice, Float, Int
from sksearch.evaluation import Epochs, Parameter, Samples
from sksearch.exceptions import ResourceError
from sksearch.search.halving._halving_parameters import HalvingParameters
from sksearch.search.halving._resources import (
    check_resource,
    counts_epochs,
    read_resource,
)
from sksearch.search.plan import FitData
from sksearch.search.plan._read_space import read_space
from sksearch.space import in_place

X, Y = np.zeros((30, 2)), np.arange(30) % 3
SGD = SGDClassifier()


class Counter(SGDClassifier):
    """Has a parameter of the name."""

    def __init__(self, epochs=3):
        super().__init__()
        self.epochs = epochs


def resource(name, **words):
    asked = HalvingParameters(resource=name, continue_fits=words.pop("goes_on", True))
    data = FitData(X, Y, KFold(3), kind="classifier")
    tuned = read_space(SGD, {"alpha": [0.1, 0.2]})
    return read_resource(asked, tuned, data, np.random.default_rng(0), **words)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("n_samples", Samples), ("epochs", Epochs), ("max_iter", Parameter)],
)
def test_kinds(name, kind):
    assert type(resource(name)) is kind


def test_a_parameter_is_set():
    assert resource("max_iter").parameters(7) == {"max_iter": 7}


@pytest.mark.parametrize("name", ["epochs", "max_iter"])
@pytest.mark.parametrize("goes_on", [True, False])
def test_models_go_on_if_they_may(name, goes_on):
    assert resource(name, goes_on=goes_on).goes_on == goes_on


def test_no_ensemble_can_fit_epochs():
    with pytest.raises(ResourceError, match="return_oof with resource='epochs'"):
        resource("epochs", return_oof=True)

    assert isinstance(resource("max_iter", return_oof=True), Parameter)


@pytest.mark.parametrize(
    ("name", "estimator", "found"),
    [
        ("epochs", SGD, True),
        ("epochs", Choice([SGD, SGD]), True),
        ("epochs", Counter(), False),
        ("max_iter", SGD, False),
    ],
)
def test_epochs_or_a_parameter(name, estimator, found):
    assert counts_epochs(name, estimator) == found


def test_epochs_of_what_has_no_partial_fit():
    with pytest.raises(ResourceError, match=r"estimator SVC: it has no partial_fit"):
        counts_epochs("epochs", SVC())

    net = make_pipeline(StandardScaler(), MLPClassifier())
    with pytest.raises(
        ResourceError, match="'n_samples', or resource='mlpclassifier__max_iter'"
    ):
        counts_epochs("epochs", net)


@pytest.mark.parametrize(
    ("name", "space", "message"),
    [
        ("C", {"C": Float(1, 2)}, "parameter C as the resource since it is part"),
        ("C", lambda _: {"C": 1.0}, "parameter C as the resource since it is part"),
        ("n_estimators", {"C": [1]}, "n_estimators which is not supported by .* SVC"),
    ],
)
def test_parameters_that_are_no_resource(name, space, message):
    with pytest.raises(ResourceError, match=message):
        check_resource(name, read_space(SVC(), space), space)


def test_a_parameter_that_is_one():
    space = [{"alpha": [1, 2]}, {"tol": [0.1]}]

    assert check_resource("max_iter", read_space(Ridge(), space), space) is None


def test_a_parameter_that_shares_a_range():
    times = Int(1, 9)
    both = VotingRegressor([("a", Lasso(max_iter=times)), ("b", Lasso(max_iter=times))])
    plain, ranges = in_place(both)

    with pytest.raises(ResourceError, match="parameter b__max_iter as the resource"):
        check_resource("b__max_iter", read_space(plain, {}, ranges), ranges)
