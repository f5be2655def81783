import inspect

import numpy as np
import pytest
from sklearn.model_selection import GridSearchCV, RandomizedSearchCV
from sklearn.model_selection._search import BaseSearchCV
from stand_ins import Knob, data

from sksearch import Float, TPESearchCV

OWN = {
    "cache",
    "window",
    "n_iter",
    "timeout",
    "callbacks",
    "confirm",
    "early_stopping",
    "fit_timeout",
    "initial_points",
    "n_repeats",
    "resplit",
    "resume",
    "prune_folds",
    "return_oof",
    "sampler",
    "sampler_params",
    "storage",
}


def defaults(face):
    return {
        name: parameter.default
        for name, parameter in inspect.signature(face).parameters.items()
    }


def test_it_is_a_search_to_scikit_learn():
    assert issubclass(TPESearchCV, BaseSearchCV)


@pytest.mark.parametrize("peer", [GridSearchCV, RandomizedSearchCV])
def test_defaults_are_those_of_scikit_learn(peer):
    ours, theirs = defaults(TPESearchCV), defaults(peer)

    for name in set(theirs) - {"param_grid", "param_distributions", "n_iter"}:
        if name == "error_score":
            assert np.isnan(ours[name])
        else:
            assert ours[name] == theirs[name], name


def test_there_are_no_more_parameters_than_are_known():
    expected = set(defaults(RandomizedSearchCV)) | OWN

    assert set(defaults(TPESearchCV)) == expected


def test_the_space_is_the_second_and_last_positional_parameter():
    parameters = list(inspect.signature(TPESearchCV).parameters.values())

    assert [p.name for p in parameters[:2]] == ["estimator", "param_distributions"]

    assert {p.kind for p in parameters[2:]} == {inspect.Parameter.KEYWORD_ONLY}


def test_fit_asks_for_no_metadata_of_its_own():
    """A named `groups` or `sample_weight` would make up a set_fit_request."""
    assert list(inspect.signature(TPESearchCV.fit).parameters) == [
        "self",
        "X",
        "y",
        "params",
    ]

    assert not hasattr(TPESearchCV, "set_fit_request")


def test_it_finds_what_a_grid_of_that_size_does_not():
    X, y = data()

    class Peak(Knob):
        def score(self, X, y=None):
            return -abs(self.level - 0.6180339)

    search = TPESearchCV(Peak(), {"level": Float(0, 1)}, n_iter=40, random_state=0)
    search.fit(X, y)

    assert abs(search.best_params_["level"] - 0.6180339) < 1 / 40
