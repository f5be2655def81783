import pytest
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.neural_network import MLPClassifier
from stand_ins import Knob

from sksearch.evaluation.fitting import BOOSTING, NETWORKS, sklearn_classes


class Mine(HistGradientBoostingRegressor):
    pass


class MLPRegressor(Knob):
    """No network: only the name is the same."""


@pytest.mark.parametrize(
    ("model", "boosts", "is_network"),
    [
        (HistGradientBoostingRegressor(), True, False),
        (Mine(), True, False),
        (MLPClassifier(), False, True),
        (MLPRegressor(), False, False),
        ("passthrough", False, False),
    ],
)
def test_what_a_model_is(model, boosts, is_network):
    own = sklearn_classes(model)

    assert (bool(own & BOOSTING), bool(own & NETWORKS)) == (boosts, is_network)


def test_all_classes_of_scikit_learn_and_no_others():
    found = sklearn_classes(Mine())

    assert {"HistGradientBoostingRegressor", "BaseEstimator"} <= found

    assert not found & {"Mine", "object"}
